"""Home visits as the calendar shows them: those that are to be made, and those that were."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from cases import appointments
from cases.appointments import Appointment, Person
from homevisits.models import Visit, VisitStatus
from homevisits.models.choices import state_of
from homevisits.models.visit import VisitQuerySet
from homevisits.standing import standing_of
from school.models import User
from school.models.users import CALLED

SHOWN = (
    *("status", "outcome", "scheduled_for", "happened_at", "case__student__name"),
    *(f"case__counselor__{name}" for name in CALLED),
)


def planned_between(visits: VisitQuerySet, first: datetime, end: datetime) -> VisitQuerySet:
    """Return those of `visits` that are planned for the span, or were made in it."""
    to_come = Q(status=VisitStatus.SCHEDULED, scheduled_for__gte=first, scheduled_for__lt=end)
    made = Q(status=VisitStatus.RECORDED, happened_at__gte=first, happened_at__lt=end)
    return visits.filter(to_come | made)


def visits(user: User, first: datetime, end: datetime) -> Iterator[Appointment]:
    """Yield the visits that `user` may see; two queries."""
    found = planned_between(Visit.objects.visible_to(user), first, end).with_class_then()
    known = found.select_related("case__student", "case__counselor").only(*SHOWN).order_by()
    for visit in known.prefetch_related(Prefetch("visitors", User.objects.only(*CALLED))):
        counselor = visit.case.counselor
        state = state_of(visit.status, visit.scheduled_for, waits_for_approval=False)
        yield Appointment(
            at=visit.planned_at,
            what=_("Home visit"),
            whom=visit.case.student.name,
            group=visit.class_name or "",
            people=tuple(Person(one.pk, one.called) for one in visit.visitors.all()),
            url=visit.get_absolute_url(),
            standing=standing_of(visit, state),
            answers=Person(counselor.pk, counselor.called) if counselor else None,
        )


def register_all() -> None:
    appointments.register(visits)

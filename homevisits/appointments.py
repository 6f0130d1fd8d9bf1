"""Home visits as the calendar shows them: those that are to be made, and those that were."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cases import appointments
from cases.appointments import Appointment, Busy, Dated, Kind, Person
from homevisits.models import Visit, VisitStatus
from homevisits.models.choices import state_of
from homevisits.models.visit import A_VISIT, VisitQuerySet
from homevisits.standing import standing_of
from school.models import User
from school.models.users import CALLED

SHOWN = (
    *("status", "outcome", "scheduled_for", "happened_at", "case__student__name"),
    *(f"case__counselor__{name}" for name in CALLED),
)

FED = (VisitStatus.SCHEDULED, VisitStatus.RECORDED, VisitStatus.CANCELLED)
A_HOME_VISIT = _("home visit")


def planned_between(visits: VisitQuerySet, first: datetime, end: datetime) -> VisitQuerySet:
    """Return those of `visits` that are planned for the span, or were made in it."""
    to_come = Q(status=VisitStatus.SCHEDULED, scheduled_for__gte=first, scheduled_for__lt=end)
    made = Q(status=VisitStatus.RECORDED, happened_at__gte=first, happened_at__lt=end)
    return visits.filter(to_come | made)


def pairs_of(visits: VisitQuerySet, people: Collection[User]) -> list[tuple[int, int]]:
    """Return (visit, person) for those of `people` who go on one of `visits`."""
    named = Visit.visitors.through.objects.filter(user__in=people, visit__in=visits.order_by())
    return list(named.values_list("visit", "user"))


class Visits(Kind):
    name = "visit"

    def shown(self, user: User, first: datetime, end: datetime) -> Iterator[Appointment]:
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

    def concerned(self, user: User) -> Q:
        seen = Visit.objects.visible_to(user).order_by()
        goes = Visit.visitors.through.objects.filter(visit__in=seen)
        return Q(pk__in=goes.values("user")) | Q(pk__in=seen.values("case__counselor"))

    def busy(
        self, people: Collection[User], at: datetime, reader: User, but: models.Model | None
    ) -> Iterator[Busy]:
        """Yield the visits on which one of them goes; two queries."""
        near = Q(scheduled_for__gt=at - A_VISIT, scheduled_for__lt=at + A_VISIT)
        rows = Visit.objects.filter(near, status=VisitStatus.SCHEDULED)
        pairs = pairs_of(rows, people)
        known = rows.filter(pk__in={pk for pk, _who in pairs}).with_is_own(reader)
        others = {one.pk: one for one in known.select_related("case__student").order_by()}
        goes = {person.pk: Person(person.pk, person.called) for person in people}
        # One of them may have been cancelled since the pairs were read.
        for other, who in ((others[pk], who) for pk, who in pairs if pk in others):
            whom = other.case.student.name if other.is_own else ""
            yield Busy(goes[who], other.planned_at, A_HOME_VISIT, whom)

    def fed(self, person: User, since: datetime, at_most: int) -> Iterator[Dated]:
        """Yield the visits on which the person goes, or whose counselor they are; one query."""
        named = Visit.visitors.through.objects.filter(user=person).values("visit")
        own = Q(pk__in=named) | Q(case__counselor=person)
        planned = {"status__in": FED, "scheduled_for__gte": since}
        seen = Visit.objects.visible_to(person).filter(own, **planned)
        for visit in seen.order_by("scheduled_for", "pk")[:at_most]:
            assert visit.scheduled_for
            yield Dated(
                thing=visit,
                uid=f"kunjungan-{visit.pk}",
                at=visit.scheduled_for,
                word=pgettext("rung", "Home visit"),
                url=visit.get_absolute_url(),
                is_cancelled=visit.status == VisitStatus.CANCELLED,
            )


def register_all() -> None:
    appointments.register(Visits())

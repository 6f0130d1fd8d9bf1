"""Case conferences in the calendar: to those invited, and to the counselor of the case."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases import appointments
from cases.appointments import Appointment, Busy, Dated, Kind, Person
from school.models import User
from school.models.users import CALLED
from support.models import Conference, ConferenceStatus

S = ConferenceStatus
SHOWN = (
    *("status", "meets_at", "held_at", "case__student__name"),
    *(f"case__counselor__{name}" for name in CALLED),
)
INVITED = Prefetch("invited", User.objects.only(*CALLED))


def _whose(people: Iterable[User]) -> Q:
    """Return the filter for the conferences of people: as invited, as the case's counselor."""
    named = Conference.invited.through.objects.filter(user__in=people).values("conference")
    return Q(pk__in=named) | Q(case__counselor__in=people)


def _person(user: User) -> Person:
    return Person(user.pk, user.called)


class Conferences(Kind):
    name = "conference"

    def shown(self, user: User, first: datetime, end: datetime) -> Iterator[Appointment]:
        """Yield those that `user` may see; two queries."""
        when = Q(status=S.PLANNED, meets_at__gte=first, meets_at__lt=end)
        when |= Q(held_at__gte=first, held_at__lt=end)
        found = Conference.objects.visible_to(user).filter(when).with_class()
        known = found.select_related("case__student", "case__counselor").only(*SHOWN).order_by()
        for one in known.prefetch_related(INVITED):
            host = one.case.counselor
            yield Appointment(
                at=one.happens_at,
                what=_("Case conference"),
                whom=one.case.student.name,
                group=one.class_name or "",
                people=tuple(map(_person, one.invited.all())),
                url=one.get_absolute_url(),
                standing=one.standing,
                answers=_person(host) if host else None,
            )

    def concerned(self, user: User) -> Q:
        seen = Conference.objects.visible_to(user).order_by()
        named = Conference.invited.through.objects.filter(conference__in=seen)
        return Q(pk__in=named.values("user")) | Q(pk__in=seen.values("case__counselor"))

    def busy(
        self, people: Collection[User], at: datetime, reader: User, but: models.Model | None
    ) -> Iterator[Busy]:
        """Yield the conferences of each of them; three queries."""
        near = Conference.objects.near(at).filter(_whose(people))
        if isinstance(but, Conference):
            near = near.exclude(pk=but.pk)
        named = set(near.visible_to(reader).order_by().values_list("pk", flat=True))
        asked = {person.pk: person for person in people}
        for one in near.select_related("case__student").prefetch_related(INVITED):
            for pk in {user.pk for user in one.invited.all()} | {one.case.counselor_id}:
                if person := asked.get(pk or 0):
                    whom = one.case.student.name if one.pk in named else ""
                    yield Busy(_person(person), one.meets_at, _("case conference"), whom)

    def fed(self, person: User, since: datetime, at_most: int) -> Iterator[Dated]:
        """Yield those of the person by a word and a link that do not say of what; one query."""
        seen = Conference.objects.visible_to(person).filter(_whose([person]), meets_at__gte=since)
        for one in seen.order_by("meets_at", "pk")[:at_most]:
            yield Dated(
                thing=one,
                uid=f"pertemuan-{one.pk}",
                at=one.meets_at,
                word=_("Meeting"),
                url=reverse("home"),  # their own address says what they are
                is_cancelled=one.status == S.CANCELLED,
            )


def register_all() -> None:
    appointments.register(Conferences())

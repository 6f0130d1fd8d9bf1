"""The meetings to which summonses ask, as the calendar shows them."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases import appointments
from cases.appointments import Appointment, Busy, Dated, Kind, Person
from cases.models import Summons, SummonsStatus
from school.models import User, last_class
from school.models.users import CALLED
from school.standing import Standing
from workflow import clock
from workflow.addresses import address

SHOWN = (
    *("sequence", "status", "meets_at", "case__student__name"),
    *(f"case__counselor__{name}" for name in CALLED),
)
ENDED = {
    SummonsStatus.ATTENDED: Standing("done", "check2-circle", SummonsStatus.ATTENDED.label),
    SummonsStatus.NOT_ATTENDED: Standing(
        "review", "slash-circle", SummonsStatus.NOT_ATTENDED.label
    ),
}
COMING = Standing("summons", "envelope", _("Coming"))
WAITS = Standing("summons", "journal-text", _("No outcome yet"))


class Meetings(Kind):
    name = "meeting"

    def shown(self, user: User, first: datetime, end: datetime) -> Iterator[Appointment]:
        """Yield the meetings of summonses whose case `user` handles; one query."""
        then = last_class.of_semester("class_name", "case__student", "case__semester")
        rows = (
            Summons.objects.visible_to(user)
            .counting()
            .filter(meets_at__gte=first, meets_at__lt=end)
        )
        known = rows.annotated(class_name=then).select_related("case__student", "case__counselor")
        for summons in known.only(*SHOWN).order_by():
            case = summons.case
            host = case.counselor
            yield Appointment(
                at=summons.meets_at,
                what=_("Summons"),
                whom=case.student.name,
                group=getattr(summons, "class_name", None) or "",
                people=(Person(host.pk, host.called),) if host else (),
                url=address("cases:summons", summons.pk),
                standing=standing_of(summons),
            )

    def concerned(self, user: User) -> Q:
        seen = Summons.objects.visible_to(user).order_by()
        return Q(pk__in=seen.values("case__counselor"))

    def busy(
        self, people: Collection[User], at: datetime, reader: User, but: models.Model | None
    ) -> Iterator[Busy]:
        """Yield the meetings that wait for one of them as the counselor; two queries."""
        near = Summons.objects.meetings_near(at).filter(case__counselor__in=people)
        if isinstance(but, Summons):
            near = near.exclude(pk=but.pk)
        named = set(near.visible_to(reader).order_by().values_list("pk", flat=True))
        for summons in near.select_related("case__student", "case__counselor"):
            host, student = summons.case.counselor, summons.case.student
            if host:
                yield Busy(
                    Person(host.pk, host.called),
                    summons.meets_at,
                    _("meeting with parents"),
                    student.name if summons.pk in named else "",
                )

    def fed(self, person: User, since: datetime, at_most: int) -> Iterator[Dated]:
        """Yield those of the counselor by a word and a link that do not say of what; one query."""
        own = Summons.objects.visible_to(person).filter(case__counselor=person, meets_at__gte=since)
        for summons in own.order_by("meets_at", "pk")[:at_most]:
            yield Dated(
                thing=summons,
                uid=f"pertemuan-bk-{summons.pk}",
                at=summons.meets_at,
                word=_("Meeting"),
                url=reverse("home"),  # their own address says what they are
                is_cancelled=summons.status == SummonsStatus.WITHDRAWN,
            )


def standing_of(summons: Summons) -> Standing:
    """Return how the meeting of a summons stands now."""
    is_to_come = summons.meets_at > clock.now()
    return ENDED.get(SummonsStatus(summons.status), COMING if is_to_come else WAITS)


def register_all() -> None:
    appointments.register(Meetings())

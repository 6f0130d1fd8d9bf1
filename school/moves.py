"""When a student came, changed class and left: from which class to which, and who entered it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from school import wording
from school.models import ChangedRow, Enrolment, Student
from school.models.change import ChangeKind
from school.models.classes import EndReason
from workflow import clock
from workflow.errors import Text

GONE = (EndReason.LEFT, EndReason.GRADUATED)


@dataclass(frozen=True)
class Move:
    title: Text
    day: date
    """The first day in the new class; of who leaves, the last day."""
    was: str = ""
    now: str = ""
    by: str = ""
    """Who entered it, as long as that is kept."""


@dataclass(frozen=True)
class Leaving:
    """That a student leaves today or on a later day."""

    day: date
    """The last day."""
    change_id: int | None
    """The change that recorded it, if it is kept."""

    @property
    def said(self) -> Text:
        if self.day == clock.today():
            return _("The student’s leaving is recorded: today is the last day.")
        day = wording.full_day(self.day)
        return _("The student’s leaving is recorded: the last day is %(day)s.") % {"day": day}


def leaving_of(student: Student) -> Leaving | None:
    """Return that a student who is still there leaves; two queries at most."""
    stays = Enrolment.objects.from_today().filter(student=student, end_reason=EndReason.LEFT)
    stay = stays.order_by("starts_on").last()
    if stay is None or stay.ends_on is None:
        return None
    ended = _rows_of([stay]).filter(after__end_reason=EndReason.LEFT)
    return Leaving(stay.ends_on, ended.order_by("pk").values_list("change", flat=True).last())


def moves_of(student: Student) -> list[Move]:
    """Return what became of a student, the latest first; two queries."""
    stays = Enrolment.objects.filter(student=student).order_by("starts_on")
    listed = list(stays.select_related("school_class"))
    begun, ended = _entered(listed)
    found: list[Move] = []
    before: Enrolment | None = None
    for stay in listed:
        found.append(_beginning(stay, before, begun.get(stay.pk, "")))
        if stay.ends_on and stay.end_reason in GONE:
            found.append(_end(stay, stay.ends_on, ended.get(stay.pk, "")))
        before = stay
    return found[::-1]


def _beginning(stay: Enrolment, before: Enrolment | None, by: str) -> Move:
    now, day = stay.school_class.name, stay.starts_on
    if before is None or before.end_reason in GONE:
        return Move(ChangeKind.ARRIVAL.label, day, now=now, by=by)
    is_same_year = before.school_class.year_id == stay.school_class.year_id
    kind = ChangeKind.MOVE if is_same_year else ChangeKind.NEW_YEAR
    return Move(kind.label, day, before.school_class.name, now, by)


def _end(stay: Enrolment, day: date, by: str) -> Move:
    is_left = stay.end_reason == EndReason.LEFT
    title = ChangeKind.LEAVING.label if is_left else EndReason.GRADUATED.label
    return Move(title, day, was=stay.school_class.name, by=by)


def _rows_of(stays: Iterable[Enrolment]) -> QuerySet[ChangedRow]:
    """Return what changes wrote of the stays, as far as they are kept and not undone."""
    return ChangedRow.objects.filter(
        table=Enrolment._meta.label_lower,
        row_id__in=[stay.pk for stay in stays],
        change__undone_at=None,
    )


def _entered(stays: Iterable[Enrolment]) -> tuple[dict[int, str], dict[int, str]]:
    """Return who let each stay begin, and who let it end."""
    begun: dict[int, str] = {}
    ended: dict[int, str] = {}
    for row in _rows_of(stays).select_related("change__made_by").order_by("pk"):
        by, after = row.change.made_by.called, row.after or {}
        if "school_class_id" in after:
            begun[row.row_id] = by
        if after.get("end_reason"):
            ended[row.row_id] = by
    return begun, ended

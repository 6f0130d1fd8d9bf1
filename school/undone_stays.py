"""The days in classes and groups that the undoing of a change gives back or takes away."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from school.models import Enrolment, GroupMember
from school.models.change import Change, ChangedRow
from school.models.dated import Dated
from workflow.errors import Text

MODELS: dict[str, tuple[type[Dated], str]] = {
    "school.enrolment": (Enrolment, ""),
    "school.groupmember": (GroupMember, "group_id"),
}
"""Table → its model, and the column beside the student within which days may not overlap."""
ELSEWHERE = _("A student is in a class or group since, so this can no longer be undone.")


class Days(NamedTuple):
    """The days of a student in a class or a group; `last` is None until it ends."""

    student: int
    place: int
    first: date
    last: date | None

    def overlaps(self, other: "Days") -> bool:
        begins_before = self.last is None or other.first <= self.last
        return begins_before and (other.last is None or self.first <= other.last)


def taken_away(change: Change, table: str) -> tuple[list[Days], list[int]]:
    """Return the days in a class or a group that undoing takes away, and the ids of the rows."""
    place = "school_class_id" if table == "school.enrolment" else "group_id"
    rows = [row for row in change.rows.filter(table=table) if row.after and _moved(row, place)]
    standing = MODELS[table][0]._default_manager.in_bulk([row.row_id for row in rows])
    days = [_days(one, {}, place) for one in standing.values()]
    return days, [row.row_id for row in change.rows.filter(table=table)]


def arrivals(change: Change) -> list[Days]:
    """Return the days in a class of students whom the change brought, and did not just move."""
    rows = list(change.rows.filter(table="school.enrolment"))
    standing = Enrolment.objects.in_bulk([row.row_id for row in rows])
    moved = {
        days.student
        for row in rows
        if row.before
        for days in [_days(standing.get(row.row_id), row.before, "")]
    }
    given = [_days(standing[row.row_id], {}, "") for row in rows if row.before is None]
    return [days for days in given if days.student not in moved]


def is_somewhere_else(change: Change) -> Text:
    """Return why stays cannot be given back: the student is somewhere else on those days since."""
    for table, (model, within) in MODELS.items():
        rows = list(change.rows.filter(table=table))
        back = [row for row in rows if row.before]
        standing = model._default_manager.in_bulk([row.row_id for row in back])
        given = [_days(standing.get(row.row_id), row.before or {}, within) for row in back]
        of_students = {"student__in": {days.student for days in given}}
        others = model._default_manager.filter(**of_students).exclude(
            pk__in=[row.row_id for row in rows]
        )
        if _clash(given, (_days(one, {}, within) for one in others)):
            return ELSEWHERE
    return ""


def _moved(row: ChangedRow, place: str) -> bool:
    """Return whether the change made the row or put it in another place."""
    return row.before is None or place in row.before


def _clash(given: Iterable[Days], others: Iterable[Days]) -> bool:
    there: dict[tuple[int, int], list[Days]] = defaultdict(list)
    for days in others:
        there[days.student, days.place].append(days)
    return any(days.overlaps(other) for days in given for other in there[days.student, days.place])


def _days(row: Any, before: dict[str, Any], place: str) -> Days:
    """Return the days of a row, with the values of `before` where it has them."""

    def value(name: str) -> Any:
        return before[name] if name in before else getattr(row, name)

    return Days(
        value("student_id"),
        value(place) if place else 0,
        _day(value("starts_on")),
        _day(value("ends_on")),
    )


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value

"""The subjects of a class list: those with a recap, and who owes the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from recaps.models.class_list import ClassList
from recaps.models.recap import STANDING, Recap
from school.models import RecapPeriod, Subject, TeachingAssignment, User

Key = tuple[int, int]
"""Class id and period id."""
Held = dict[int, list[TeachingAssignment]]
"""Group id → its assignments."""


@dataclass(frozen=True)
class SubjectOfList:
    """One subject of the class: its recap, and who owes it on the due date."""

    subject: Subject
    teacher: User | None
    recap: Recap | None
    handed_over_at: datetime | None
    noted: int

    @property
    def is_in(self) -> bool:
        return self.handed_over_at is not None

    @property
    def is_nihil(self) -> bool:
        return self.is_in and not self.noted


@dataclass(frozen=True)
class SubjectsOfList:
    """All subjects of a class that are taught in a period or have a recap in it, by name."""

    lines: list[SubjectOfList]

    @property
    def came(self) -> list[SubjectOfList]:
        return [line for line in self.lines if line.is_in]

    @property
    def missing(self) -> list[SubjectOfList]:
        return [line for line in self.lines if not line.is_in]

    @property
    def last_came_at(self) -> datetime | None:
        return max((one.handed_over_at for one in self.came if one.handed_over_at), default=None)


def subjects_of(class_list: ClassList) -> SubjectsOfList:
    """Return the subjects of one list; two queries."""
    key = (class_list.school_class_id, class_list.period_id)
    return subjects_of_lists([key[0]], [class_list.period], class_list.as_of)[key]


def subjects_of_lists(
    class_ids: Iterable[int], periods: Sequence[RecapPeriod], as_of: datetime | None = None
) -> dict[Key, SubjectsOfList]:
    """Return the subjects of each class in each period; two queries however many they are.

    With `as_of`, the recaps as they stood at that moment.
    """
    classes = list(class_ids)
    taught = _taught(classes, periods)
    recaps: dict[Key, list[Recap]] = defaultdict(list)
    for recap in _recaps(classes, periods, as_of):
        recaps[recap.group.school_class_id, recap.period_id].append(recap)
    return {
        (class_id, period.pk): _of_list(taught[class_id], period, recaps[class_id, period.pk])
        for class_id in classes
        for period in periods
    }


def is_expected(assignment: TeachingAssignment, period: RecapPeriod) -> bool:
    """Return whether a class list expects the recap of what is taught by this assignment."""
    return assignment.overlaps(period.starts_on, period.ends_on)


def who_owes(assignments: Iterable[TeachingAssignment], due_on: date) -> User | None:
    """Return the teacher who holds the assignment on the due date, or else the last holder."""
    last = None
    on_the_day = None
    for assignment in assignments:
        last = assignment.teacher
        if assignment.holds_on(due_on):
            on_the_day = assignment.teacher
    return on_the_day or last


def _of_list(held: Held, period: RecapPeriod, recaps: list[Recap]) -> SubjectsOfList:
    taught: Held = {}
    for group, assignments in held.items():
        of_period = [one for one in assignments if is_expected(one, period)]
        if of_period:
            taught[group] = of_period
    by_group = {recap.group_id: recap for recap in recaps}
    came = [group for group, recap in by_group.items() if recap.status in STANDING]
    lines = [
        _line(taught.get(group, []), by_group.get(group), period.recap_due_on)
        for group in {*taught, *came}
    ]
    return SubjectsOfList(sorted(lines, key=lambda line: line.subject.name))


def _line(
    assignments: list[TeachingAssignment], recap: Recap | None, due_on: date
) -> SubjectOfList:
    """Return the line of a subject that is taught or has a recap."""
    subject = recap.subject if recap else assignments[0].subject
    teacher = who_owes(assignments, due_on)
    if recap is None or recap.status not in STANDING:
        return SubjectOfList(subject, teacher, recap, handed_over_at=None, noted=0)
    return SubjectOfList(subject, teacher, recap, recap.stood_at, recap.noted)


def _taught(class_ids: list[int], periods: Sequence[RecapPeriod]) -> dict[int, Held]:
    """Return class id → group id → its assignments of the periods, in order."""
    found: dict[int, Held] = defaultdict(dict)
    if not periods:
        return found
    first, last = min(p.starts_on for p in periods), max(p.ends_on for p in periods)
    held = TeachingAssignment.objects.between(first, last).filter(group__school_class__in=class_ids)
    assignments = held.select_related("group__subject", "teacher")
    for assignment in sorted(assignments, key=lambda one: (one.starts_on, one.pk)):
        of_class = found[assignment.group.school_class_id]
        of_class.setdefault(assignment.group_id, []).append(assignment)
    return found


def _recaps(
    class_ids: list[int], periods: Sequence[RecapPeriod], as_of: datetime | None
) -> QuerySet[Recap]:
    found = Recap.objects.filter(group__school_class__in=class_ids, period__in=periods)
    return found.select_related("group__subject").with_what_stands(as_of)

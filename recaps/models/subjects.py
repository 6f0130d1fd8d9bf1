"""The subjects of a class list: those with a recap, and who owes the others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recaps.models.class_list import ClassList
from recaps.models.recap import STANDING, Recap, RecapQuerySet
from school.models import RecapPeriod, TeachingAssignment, TeachingGroup, User
from school.models.groups import Spans, groups_of, member_spans
from school.models.users import CALLED

Key = tuple[int, int]
"""Class id and period id."""
Held = dict[TeachingGroup, list[TeachingAssignment]]
"""Group → its assignments, in order."""
NOBODY: Mapping[int, User] = {}
OF_GROUP = ("group__name", "group__school_class", "group__subject__name")
TAUGHT = (
    *("starts_on", "ends_on", *OF_GROUP, "teacher__phone"),
    *(f"teacher__{column}" for column in CALLED),
)
"""What a list shows of who teaches a group, and what a group's name follows from."""


@dataclass(frozen=True)
class SubjectOfList:
    """One subject of the class, or a group in it, and its recap."""

    group: TeachingGroup
    teacher: User | None
    """Who handed the recap over, where that was asked, or who owes it on the due date."""
    recap: Recap | None
    handed_over_at: datetime | None
    noted: int | None
    """How many students of the class it notes; None where that was not asked."""

    @property
    def name(self) -> str:
        return self.group.label

    @property
    def is_in(self) -> bool:
        return self.handed_over_at is not None

    @property
    def is_nihil(self) -> bool:
        return self.is_in and self.noted == 0


@dataclass(frozen=True)
class SubjectsOfList:
    """All subjects of a class that are taught in a period or have a recap in it, by name."""

    lines: list[SubjectOfList]

    @property
    def is_owed(self) -> bool:
        """Return whether the class owes the list.

        A list joins the recaps of its subjects: without any it joins nothing, and what the
        homeroom teacher knows becomes a case directly.
        """
        return bool(self.lines)

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
    """Return the subjects of one list, with who handed their recaps over.

    Two queries, and one more where somebody did who does not teach it in these days.
    """
    class_id, period = class_list.school_class_id, class_list.period
    taught = _taught([class_id], [period])
    found = _recaps([class_id], [period], class_list.as_of)
    recaps = list(found.with_noted_of(class_id, class_list.as_of))
    by = {one.teacher_id: one.teacher for held in taught.values() for one in held}
    others = {recap.stood_by for recap in recaps if recap.stood_by} - by.keys()
    by |= User.objects.only(*CALLED).in_bulk(others)
    return _of_list(taught, period, recaps, by)


def subjects_of_lists(
    class_ids: Iterable[int], periods: Sequence[RecapPeriod]
) -> dict[Key, SubjectsOfList]:
    """Return the subjects of each class in each period, without what their recaps note.

    Two queries however many they are; three if there is a group that is no class.
    """
    classes = list(class_ids)
    taught = _taught(classes, periods)
    recaps = {(recap.group_id, recap.period_id): recap for recap in _recaps(classes, periods)}
    groups = {group.pk: group for group in (*taught, *(r.group for r in recaps.values()))}
    are_whole = all(group.school_class_id for group in groups.values())
    spans = {} if are_whole else member_spans(classes)
    of_class = _by_class(groups, spans)
    found = {}
    for class_id in classes:
        for period in periods:
            there = [g for g in of_class[class_id] if concerns(g, class_id, period, spans)]
            held = {group: taught[group] for group in there if group in taught}
            came = [recaps[g.pk, period.pk] for g in there if (g.pk, period.pk) in recaps]
            found[class_id, period.pk] = _of_list(held, period, came)
    return found


def _by_class(groups: dict[int, TeachingGroup], spans: Spans) -> dict[int, list[TeachingGroup]]:
    """Return class id → the groups that ever have a member of it."""
    found: dict[int, list[TeachingGroup]] = defaultdict(list)
    for group in groups.values():
        if group.school_class_id is not None:
            found[group.school_class_id].append(group)
    for class_id, group_id in spans:
        if group_id in groups:
            found[class_id].append(groups[group_id])
    return found


def concerns(group: TeachingGroup, class_id: int, period: RecapPeriod, spans: Spans) -> bool:
    """Return whether a group has a member of a class on a day of a period."""
    if group.school_class_id is not None:
        return group.school_class_id == class_id
    found = spans.get((class_id, group.pk), ())
    return any(span.overlaps(period.starts_on, period.ends_on) for span in found)


def is_expected(assignment: TeachingAssignment, period: RecapPeriod) -> bool:
    """Return whether a class list expects the recap of what is taught by this assignment."""
    return assignment.overlaps(period.starts_on, period.ends_on)


def is_on_list(assignments: Iterable[TeachingAssignment], period: RecapPeriod, status: str) -> bool:
    """Return whether a class list has a subject: it is taught in the period, or its recap came.

    `assignments` are those of the group, `status` is that of its recap.
    """
    return status in STANDING or any(is_expected(one, period) for one in assignments)


def is_asked_for(
    group: TeachingGroup,
    assignments: Iterable[TeachingAssignment],
    period: RecapPeriod,
    spans: Spans,
) -> bool:
    """Return whether any class list expects the recap of a group, of which these are all
    assignments: somebody taught it, and it had a member, on a day of the period."""
    if not any(is_expected(one, period) for one in assignments):
        return False
    of_group = (found for (_class, pk), found in spans.items() if pk == group.pk)
    return group.school_class_id is not None or any(
        span.overlaps(period.starts_on, period.ends_on) for found in of_group for span in found
    )


def holds_when_due(assignments: Iterable[TeachingAssignment], period: RecapPeriod) -> bool:
    """Return whether one of a teacher's assignments holds on the due date.

    Then the teacher owes the recap, if it is asked for.
    """
    return any(one.holds_on(period.recap_due_on) for one in assignments)


def who_owes(assignments: Iterable[TeachingAssignment], due_on: date) -> User | None:
    """Return the teacher who holds the assignment on the due date, or else the last holder."""
    last = None
    on_the_day = None
    for assignment in assignments:
        last = assignment.teacher
        if assignment.holds_on(due_on):
            on_the_day = assignment.teacher
    return on_the_day or last


def _of_list(
    held: Held, period: RecapPeriod, recaps: Iterable[Recap], by: Mapping[int, User] = NOBODY
) -> SubjectsOfList:
    by_group = {recap.group: recap for recap in recaps}
    lines = []
    for group in {*held, *by_group}:
        taught, recap = held.get(group, []), by_group.get(group)
        if is_on_list(taught, period, recap.status if recap else ""):
            owing = _until_due(taught, period)
            lines.append(_line(group, owing, recap, period.recap_due_on, by))
    return SubjectsOfList(sorted(lines, key=lambda line: line.name))


def _until_due(
    assignments: list[TeachingAssignment], period: RecapPeriod
) -> list[TeachingAssignment]:
    """Return those of a group that is taught in the period up to the day its recap is due."""
    if not any(is_expected(one, period) for one in assignments):
        return []
    return [one for one in assignments if one.overlaps(period.starts_on, period.recap_due_on)]


def _line(
    group: TeachingGroup,
    assignments: list[TeachingAssignment],
    recap: Recap | None,
    due_on: date,
    by: Mapping[int, User],
) -> SubjectOfList:
    """Return the line of a group that is taught or has a recap."""
    teacher = who_owes(assignments, due_on)
    if recap is None or recap.status not in STANDING:
        return SubjectOfList(group, teacher, recap, handed_over_at=None, noted=0)
    teacher = by.get(recap.stood_by or 0, teacher)
    return SubjectOfList(group, teacher, recap, recap.stood_at, getattr(recap, "noted", None))


def _taught(class_ids: list[int], periods: Sequence[RecapPeriod]) -> Held:
    """Return the groups of classes with their assignments, from the periods until they are due."""
    found: Held = defaultdict(list)
    if not periods:
        return found
    first, last = _days(periods)
    due_on = max(period.recap_due_on for period in periods)
    held = TeachingAssignment.objects.between(first, due_on).filter(
        group__in=groups_of(class_ids, first, last)
    )
    assignments = held.select_related("group__subject", "teacher").only(*TAUGHT)
    for assignment in sorted(assignments, key=lambda one: (one.starts_on, one.pk)):
        found[assignment.group].append(assignment)
    return found


def _recaps(
    class_ids: list[int], periods: Sequence[RecapPeriod], as_of: datetime | None = None
) -> RecapQuerySet:
    if not periods:
        return Recap.objects.none()
    of_classes = groups_of(class_ids, *_days(periods))
    found = Recap.objects.filter(group__in=of_classes, period__in=periods)
    return found.select_related("group__subject").with_what_stands(as_of)


def _days(periods: Sequence[RecapPeriod]) -> tuple[date, date]:
    return min(p.starts_on for p in periods), max(p.ends_on for p in periods)

"""What the recaps that stand say of a class, a subject and a period, in numbers.

A line is a student on the recap of a group in a period. It belongs to the class of the group; in a
group that is no class, to the last class that the student was in on the days of the period.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from recaps.models import Entry, Sheet
from recaps.models.arithmetic import COUNTS
from recaps.models.indicators import INDICATORS, with_indicators_of_semesters
from school.models import Enrolment, Semester
from school.models.dated import overlaps
from school.models.groups import groups_of, memberships

OWN = "own"
"""Meetings of students with their own number, less those of the header."""
Numbers = Counter[str]
"""Indicator → lines for which it holds; count of an entry → its sum; OWN."""
Key = tuple[int, int, int | None]
"""Group, period and, of a group that is no class, student or class."""
NO_NUMBERS: Numbers = Counter()


class Standing(NamedTuple):
    """The header of a recap that stands, with its group and period."""

    group: int
    period: int
    semester: int
    starts_on: date
    ends_on: date
    school_class: int | None
    subject: str
    meetings: int


HEADER = (
    *("recap__group", "recap__period", "recap__period__semester"),
    *("recap__period__starts_on", "recap__period__ends_on"),
    *("recap__group__school_class", "recap__group__subject__name", "meetings"),
)


@dataclass(frozen=True)
class Told:
    """What one recap says of the students of a class."""

    recap: Standing
    classes: frozenset[int]
    lines: int
    numbers: Numbers

    @property
    def semester(self) -> int:
        return self.recap.semester

    @property
    def attendances(self) -> int:
        """Return the meetings of all lines together, each with its own number if it has one."""
        return self.lines * self.recap.meetings + self.numbers[OWN]


def told_in(semesters: Iterable[Semester], class_ids: Iterable[int]) -> list[Told]:
    """Return what the recaps of semesters say of the students of classes.

    Four queries however many they are.
    """
    classes = frozenset(class_ids)
    sheets = Sheet.objects.filter(
        stands=True,
        recap__period__semester__in={one.pk for one in semesters},
        recap__group__in=groups_of(classes),
    )
    recaps = [Standing(*row) for row in sheets.order_by("recap__period", "pk").values_list(*HEADER)]
    counted = _numbers(Entry.objects.filter(sheet__in=sheets))
    enrolled = _enrolled(recaps)
    class_of = _class_of(recaps)
    told = (
        _of_class(recap, recap.school_class, counted, enrolled)
        if recap.school_class is not None
        else _of_members(recap, counted, class_of)
        for recap in recaps
    )
    return [one for each in told for one in each if one.classes <= classes]


def _numbers(entries: QuerySet[Entry]) -> dict[Key, Numbers]:
    """Return the numbers of entries summed up; by student only in a group that is no class."""
    is_mixed = When(sheet__recap__group__school_class=None, then=F("student"))
    flags = {name: Count("pk", filter=Q(**{f"is_{name}": True})) for name in INDICATORS}
    sums = {f"sum_{name}": Sum(name) for name in COUNTS}
    own = Sum(F("meetings") - F("sheet__meetings"))
    by = ("sheet__recap__group", "sheet__recap__period", "of_student")
    rows = with_indicators_of_semesters(entries).annotate(of_student=Case(is_mixed)).values(*by)
    found = rows.annotate(**flags, **sums, own=own).order_by()
    names = (*INDICATORS, *COUNTS, OWN)
    return {
        (group, period, student): Counter(dict(zip(names, numbers, strict=True)))
        for group, period, student, *numbers in found.values_list(*by, *flags, *sums, OWN)
    }


def _enrolled(recaps: Sequence[Standing]) -> dict[tuple[int, int], int]:
    """Return class and period → how many students were in the class on a day of the period."""
    days = {recap.period: (recap.starts_on, recap.ends_on) for recap in recaps}
    if not days:
        return {}
    classes = {recap.school_class for recap in recaps if recap.school_class is not None}
    counts = {
        f"of_{pk}": Count("student", distinct=True, filter=overlaps(*span))
        for pk, span in days.items()
    }
    rows = Enrolment.objects.filter(school_class__in=classes).values("school_class")
    return {
        (class_id, period): number
        for class_id, *numbers in rows.annotate(**counts).values_list("school_class", *counts)
        for period, number in zip(days, numbers, strict=True)
    }


def _class_of(recaps: Sequence[Standing]) -> dict[tuple[int, int], dict[int, int]]:
    """Return group and period → the members of groups that are no class, with their class."""
    mixed: dict[int, list[Standing]] = defaultdict(list)
    for recap in recaps:
        if recap.school_class is None:
            mixed[recap.group].append(recap)
    found: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    if not mixed:
        return found
    for member in memberships(mixed):
        for recap in mixed[member.group]:
            if member.days.overlaps(recap.starts_on, recap.ends_on):
                found[recap.group, recap.period][member.student] = member.school_class
    return found


def _of_class(
    recap: Standing,
    class_id: int,
    counted: dict[Key, Numbers],
    enrolled: dict[tuple[int, int], int],
) -> Iterator[Told]:
    numbers = counted.get((recap.group, recap.period, None), NO_NUMBERS)
    lines = enrolled.get((class_id, recap.period), 0)
    yield Told(recap, frozenset({class_id}), lines, numbers)


def _of_members(
    recap: Standing, counted: dict[Key, Numbers], class_of: dict[tuple[int, int], dict[int, int]]
) -> Iterator[Told]:
    members = class_of.get((recap.group, recap.period), {})
    numbers: dict[int, Numbers] = defaultdict(Counter)
    for student, class_id in members.items():
        numbers[class_id].update(counted.get((recap.group, recap.period, student), NO_NUMBERS))
    for class_id, lines in Counter(members.values()).items():
        yield Told(recap, frozenset({class_id}), lines, numbers[class_id])

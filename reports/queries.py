"""Tables 2 and 3 of the paper as questions to the database: who counts, and how far each case went.

Each question is one query, however many classes there are; grades and totals are sums of classes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, CaseStatus, Rung
from school.models import Enrolment, SchoolClass, Semester, Student
from school.models.dated import holds_on
from workflow import clock

HUNDREDTH = Decimal("0.01")
DIGITS = re.compile(r"(\d+)")


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half up: 14.717 → 14.72, 0.125 → 0.13."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def percent(part: int, whole: int) -> Decimal:
    """`part` of `whole` in percent, rounded; 0.00 where there is nobody at all."""
    return rounded(Decimal(100 * part) / whole) if whole else Decimal("0.00")


@dataclass(frozen=True)
class Tally:
    """What Tables 2 and 3 say of a class, a grade or the school."""

    students: int = 0
    handled: Counter[Rung] = field(default_factory=Counter)
    """Rung → cases whose highest it is."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.students + other.students, self.handled + other.handled)

    @property
    def cases(self) -> int:
        """Each student once, at the highest rung: so Table 3 adds up to Table 2."""
        return self.handled.total()

    def at(self, rung: Rung | None) -> int:
        """Return the cases of a rung; of all without one."""
        return self.cases if rung is None else self.handled[rung]

    @property
    def rate(self) -> Decimal:
        """Cases in percent of students."""
        return percent(self.cases, self.students)


@dataclass(frozen=True)
class ClassRow:
    """A class in a semester. Of what `tally` counts, the viewer may open `seen` row by row."""

    label: str
    grade: str
    class_id: int | None
    tally: Tally
    seen: Tally


class _Counts:
    """What was counted, by semester and class."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int | None], Tally] = {}

    def add(self, semester_id: int, class_id: int | None, more: Tally) -> None:
        key = (semester_id, class_id)
        self.found[key] = self.found.get(key, Tally()) + more

    def tally(self, semester_id: int, class_id: int | None) -> Tally:
        return self.found.get((semester_id, class_id), Tally())

    def class_ids(self) -> set[int]:
        return {class_id for _semester, class_id in self.found if class_id}


def class_rows(semesters: Sequence[Semester], viewer: Any = None) -> dict[int, list[ClassRow]]:
    """Semester id → a row for each of its classes, also for one without students or cases.

    A case whose student was in no class of the semester stands in a last row of its own.
    """
    counted, seen = _Counts(), _Counts()
    _count_students(semesters, viewer, counted, seen)
    _count_cases(semesters, viewer, counted, seen)
    classes = _classes(semesters, counted.class_ids())
    return {
        semester.pk: [
            ClassRow(
                label, grade, key, counted.tally(semester.pk, key), seen.tally(semester.pk, key)
            )
            for label, grade, key in _keys(semester, classes, counted)
        ]
        for semester in semesters
    }


def _count_students(
    semesters: Sequence[Semester], viewer: Any, counted: _Counts, seen: _Counts
) -> None:
    """Those of each semester, once, in their last class of it; a list shows who is there today."""
    visible = Student.objects.visible_to(viewer) if viewer else Student.objects.none()
    listed = holds_on(clock.today()) & Q(student__in=visible.values("pk"))
    each = [
        Enrolment.objects.of_semester(semester)
        .annotate(semester=Value(semester.pk))
        .values("semester", "school_class")
        .annotate(number=Count("pk"), shown=Count("pk", filter=listed))
        for semester in semesters
    ]
    for row in each[0].union(*each[1:], all=True):
        counted.add(row["semester"], row["school_class"], Tally(row["number"]))
        seen.add(row["semester"], row["school_class"], Tally(row["shown"]))


def _count_cases(
    semesters: Sequence[Semester], viewer: Any, counted: _Counts, seen: _Counts
) -> None:
    """Those that count, in the student's last class of the semester, by rung."""
    shown = Case.objects.visible_to(viewer) if viewer else Case.objects.none()
    of_semesters: Any = Case.objects.counted().filter(semester__in=semesters).with_class()
    found = of_semesters.values("semester", "class_id", "rung").annotate(
        number=Count("pk"), shown=Count("pk", filter=Q(pk__in=shown.values("pk")))
    )
    for row in found:
        rung = Rung(row["rung"])
        for of, number in ((counted, row["number"]), (seen, row["shown"])):
            of.add(row["semester"], row["class_id"], Tally(handled=Counter({rung: number})))


def _classes(semesters: Sequence[Semester], counted: set[int]) -> list[SchoolClass]:
    """The classes of the semesters' years, and whichever else somebody was counted in."""
    years = {semester.year_id for semester in semesters}
    found = SchoolClass.objects.filter(Q(year__in=years) | Q(pk__in=counted))
    return sorted(found.select_related("year"), key=lambda row: (row.grade, natural(row.name)))


def natural(name: str) -> list[Any]:
    """So that X MIPA 2 stands before X MIPA 10."""
    return [int(part) if part.isdecimal() else part for part in DIGITS.split(name)]


def _keys(
    semester: Semester, classes: list[SchoolClass], counted: _Counts
) -> list[tuple[str, str, int | None]]:
    """Label, grade and id of each row of the semester."""
    keys: list[tuple[str, str, int | None]] = []
    for school_class in classes:
        if school_class.year_id == semester.year_id:
            keys.append((school_class.name, school_class.grade, school_class.pk))
        elif (semester.pk, school_class.pk) in counted.found:
            label = f"{school_class.name} ({school_class.year.label})"
            keys.append((label, school_class.grade, school_class.pk))
    if (semester.pk, None) in counted.found:
        keys.append((_("Without a class"), "", None))
    return keys


@dataclass(frozen=True)
class Resolved:
    """How many cases were resolved, and the median of days from opened to ended."""

    number: int = 0
    days: int | float | None = None


def resolved(semesters: Sequence[Semester]) -> dict[int, Resolved]:
    """Semester id → what became of its cases."""
    found = Case.objects.filter(semester__in=semesters, status=CaseStatus.RESOLVED)
    days: dict[int, list[int]] = {semester.pk: [] for semester in semesters}
    for semester_id, opened_at, ended_at in found.values_list("semester", "opened_at", "ended_at"):
        lasted = timezone.localdate(ended_at) - timezone.localdate(opened_at)
        days[semester_id].append(lasted.days)
    return {pk: Resolved(len(each), median(each) if each else None) for pk, each in days.items()}


@dataclass(frozen=True)
class Change:
    """From one semester to the next."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """In percent of what was before; None where that was nothing."""
        return percent(self.difference, self.before) if self.before else None


@dataclass(frozen=True)
class Comparison:
    """How cases, their rate and home visits changed. `points` is None where nobody was before."""

    cases: Change
    visits: Change
    points: Decimal | None


def compare(first: Tally, second: Tally) -> Comparison:
    """The change from `first` to `second`; points from the exact rates, then rounded."""
    points = None
    if first.students and second.students:
        rates = [Decimal(100 * tally.cases) / tally.students for tally in (first, second)]
        points = rounded(rates[1] - rates[0])
    return Comparison(
        cases=Change(first.cases, second.cases),
        visits=Change(first.at(Rung.HOME_VISIT), second.at(Rung.HOME_VISIT)),
        points=points,
    )

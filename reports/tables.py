"""Tables 2 and 3 of the paper: who counts in a semester, and how far each case went.

The database is asked three questions, however many classes there are; grades and the total are
sums of classes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cases.models import Case, Rung
from cases.models.case import KNOWN
from school.models import Enrolment, SchoolClass, Semester, User
from school.models.classes import GRADES, class_order
from school.models.dated import holds_on
from school.reach import NAME
from workflow import clock

GRADE, CLASS = "grade", "class"
HUNDREDTH = Decimal("0.01")

Key = tuple[int, int | None]
"""Semester id and class id; None for students of no class."""


def rounded(value: Decimal) -> Decimal:
    """Return `value` with two decimals, half up: 14.717 → 14.72, 0.125 → 0.13."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def percent(part: int, whole: int) -> Decimal:
    """Return `part` of `whole` in percent, rounded; 0.00 where there is nobody at all."""
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
        """Count each student once, at the highest rung: so Table 3 adds up to Table 2."""
        return self.handled.total()

    def at(self, rung: Rung | None) -> int:
        """Return the cases of a rung; of all without one."""
        return self.cases if rung is None else self.handled[rung]

    @property
    def rate(self) -> Decimal:
        """Return cases in percent of students."""
        return percent(self.cases, self.students)


@dataclass(frozen=True)
class Row:
    """A class, a grade or the whole school in a semester: what counts, and where that leads.

    A number leads to the rows behind it only where the viewer may open each of them (`seen`);
    else one would count fewer there than the number says.
    """

    semester: Semester
    label: str
    tally: Tally = field(default_factory=Tally)
    seen: Tally = field(default_factory=Tally)
    grade: str = ""
    class_id: int | None = None
    is_total: bool = False
    is_missing: bool = False
    """The semester has no such class, or none that the viewer sees."""

    def cases_url(self, rung: Rung | None = None) -> str:
        """Return the list of the cases that count, of one rung or of all; "" where it leads not."""
        if not self._opens(self.tally.at(rung), self.seen.at(rung)):
            return ""
        return self._counted if rung is None else f"{self._counted}&rung={rung.name}"

    @cached_property
    def _counted(self) -> str:
        return self._cases("counted")

    def resolved_url(self) -> str:
        is_open = self._opens(self.tally.cases, self.seen.cases)
        return self._cases("RESOLVED") if is_open else ""

    def students_url(self, current: Semester) -> str:
        """Return the list of students, which is today's: so of the current semester alone."""
        has_no_filter = self.grade and self.grade not in GRADES
        is_open = self._opens(self.tally.students, self.seen.students)
        if self.semester != current or not is_open or has_no_filter:
            return ""
        filters = urlencode(self._filter())
        return reverse("school:students") + (f"?{filters}" if filters else "")

    def _opens(self, number: int, seen: int) -> bool:
        is_a_list = self.is_total or self.grade or self.class_id
        return bool(is_a_list and number and seen == number)

    def _cases(self, status: str) -> str:
        filters = {"status": status, "semester": self.semester.code, **self._filter()}
        return f"{reverse('cases:cases')}?{urlencode(filters)}"

    def _filter(self) -> dict[str, str | int]:
        if self.class_id:
            return {"class": self.class_id}
        return {"grade": self.grade} if self.grade else {}


@dataclass(frozen=True)
class Report:
    """Both tables of a semester: Table 2 from students and cases, Table 3 from cases by rung."""

    semester: Semester
    by: str
    rows: list[Row]
    total: Row

    def row(self, label: str) -> Row:
        found = (row for row in self.rows if row.label == label)
        return next(found, Row(self.semester, label, is_missing=True))


def report(semester: Semester, by: str = GRADE) -> Report:
    return reports_of([semester], by)[0]


def reports_of(
    semesters: Sequence[Semester],
    by: str = GRADE,
    *,
    viewer: User | None = None,
    only: frozenset[int] | None = None,
) -> list[Report]:
    """Return a report for each semester; `only` shows the rows of these classes alone.

    The total is the school's even then. `viewer` is whose numbers lead to the rows behind them.
    """
    counted, seen = _tallies(semesters, viewer)
    classes = _classes(semesters, counted)
    found = []
    for semester in semesters:
        rows = list(_class_rows(semester, classes, counted, seen))
        shown = [row for row in rows if only is None or row.class_id in only]
        is_part = by == CLASS and only is not None
        total = _sum(rows, semester, _("Whole school") if is_part else _("Total"), is_total=True)
        found.append(Report(semester, by, shown if by == CLASS else _grades(rows), total))
    return found


def labels_of(reports: Sequence[Report]) -> list[str]:
    """Return the labels of all rows of the reports, each once, in the order of a single report."""
    rows = {row.label: row for each in reports for row in each.rows}
    ordered = sorted(rows.values(), key=lambda row: class_order(row.grade, row.label))
    return [row.label for row in ordered]


BY_CLASS_AND_RUNG = ("semester", "class_id", "rung")


def _sum(
    rows: Iterable[Row], semester: Semester, label: str, *, grade: str = "", is_total: bool = False
) -> Row:
    """Return one row that counts what `rows` count."""
    own = list(rows)
    tally = sum((row.tally for row in own), Tally())
    return Row(
        semester, label, tally, sum((row.seen for row in own), Tally()), grade, is_total=is_total
    )


def _grades(rows: list[Row]) -> list[Row]:
    """Return a row for each grade of the rows of classes, in their order."""
    return [
        _sum(
            (row for row in rows if row.grade == grade),
            rows[0].semester,
            grade or _("Without a grade"),
            grade=grade,
        )
        for grade in dict.fromkeys(row.grade for row in rows)
    ]


def _class_rows(
    semester: Semester,
    classes: list[SchoolClass],
    counted: dict[Key, Tally],
    seen: dict[Key, Tally],
) -> Iterator[Row]:
    """Yield a row for each class of the semester, also for one without students or cases.

    A case whose student was in no class of the semester stands in a last row of its own.
    """
    for one in classes:
        key = (semester.pk, one.pk)
        label = one.name if one.year_id == semester.year_id else f"{one.name} ({one.year.label})"
        if one.year_id == semester.year_id or key in counted:
            yield Row(semester, label, counted[key], seen[key], one.grade, one.pk)
    key_of_none = (semester.pk, None)
    if key_of_none in counted:
        yield Row(semester, _("Without a class"), counted[key_of_none], seen[key_of_none])


def _classes(semesters: Sequence[Semester], counted: Iterable[Key]) -> list[SchoolClass]:
    """Return the classes of the semesters' years, and whichever else somebody was counted in."""
    years = {semester.year_id for semester in semesters}
    used = {class_id for _semester_id, class_id in counted if class_id}
    found = SchoolClass.objects.filter(Q(year__in=years) | Q(pk__in=used))
    return sorted(found.select_related("year"), key=lambda one: class_order(one.grade, one.name))


def _tallies(
    semesters: Sequence[Semester], viewer: User | None
) -> tuple[dict[Key, Tally], dict[Key, Tally]]:
    """Return what counts, and what of it the viewer may open, by semester and class."""
    counted: dict[Key, Tally] = defaultdict(Tally)
    seen: dict[Key, Tally] = defaultdict(Tally)
    for semester, class_id, number, shown in _students(semesters, viewer):
        counted[semester, class_id] += Tally(number)
        seen[semester, class_id] += Tally(shown)
    for semester, last_class, rung, number, shown in _cases(semesters, viewer):
        counted[semester, last_class] += Tally(handled=Counter({Rung(rung): number}))
        seen[semester, last_class] += Tally(handled=Counter({Rung(rung): shown}))
    return counted, seen


def _students(
    semesters: Sequence[Semester], viewer: User | None
) -> Iterable[tuple[int, int, int, int]]:
    """Count those of each semester, once, in their last class of it; a list shows today's."""
    listed = holds_on(clock.today()) & NAME.where(viewer, "student")
    each = [
        Enrolment.objects.of_semester(semester)
        .annotate(semester=Value(semester.pk))
        .values("semester", "school_class")
        .annotate(number=Count("pk"), shown=Count("pk", filter=listed))
        .values_list("semester", "school_class", "number", "shown")
        for semester in semesters
    ]
    return each[0].union(*each[1:], all=True)


def _cases(
    semesters: Sequence[Semester], viewer: User | None
) -> Iterable[tuple[int, int | None, int, int, int]]:
    """Count those that count, in the student's last class of the semester, by rung."""
    of_semesters = Case.objects.counted().filter(semester__in=semesters).with_class()
    return (
        of_semesters.values(*BY_CLASS_AND_RUNG)
        .annotate(number=Count("pk"), shown=Count("pk", filter=KNOWN.flag(viewer)))
        .values_list(*BY_CLASS_AND_RUNG, "number", "shown")
    )

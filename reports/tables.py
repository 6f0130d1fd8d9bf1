"""Tables 2 and 3 of the paper: who counts in a semester, and how far each case went.

The database counts by grade or class, in three queries for any number of classes. The total is the
sum of the rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from urllib.parse import quote_plus

from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cases.models import Rung
from reports.counts import CaseCount, Counted, cases_counted, cases_read, students_counted
from reports.rates import percent
from school.grades import GRADES, place_of
from school.models import SchoolClass, Semester, User
from workflow.addresses import address

GRADE, CLASS = "grade", "class"
AFTER_ALL = 99_999
"""The place of the row without a class, after those of all classes."""

Key = tuple[int, int | str | None]
"""Semester id, and grade or class id as the tables show; None for students without one."""
Group = tuple[int | str | None, str, str, int | None, int]
"""A row's key beside the semester's id, its label, grade, class id and place among the rows."""


@dataclass
class Tally:
    """The counts of a class, a grade or the school in Tables 2 and 3."""

    students: int = 0
    handled: Counter[Rung] = field(default_factory=Counter)
    """Rung → cases for which it is the highest."""

    @classmethod
    def sum(cls, tallies: Iterable["Tally"]) -> "Tally":
        students, handled = 0, Counter[Rung]()
        for tally in tallies:
            students += tally.students
            handled.update(tally.handled)
        return cls(students, handled)

    @property
    def cases(self) -> int:
        """Return the number of cases: each counts once, at its highest rung."""
        return self.handled.total()

    def at(self, rung: Rung | None) -> int:
        """Return the cases of a rung, or all cases for None."""
        return self.cases if rung is None else self.handled[rung]

    @property
    def rate(self) -> Decimal:
        """Return cases in percent of students."""
        return percent(self.cases, self.students)


Tallies = dict[Key, Tally]


@dataclass(frozen=True)
class Row:
    """A class, a grade or the whole school in a semester: its counts and their links.

    A number links to its rows only if the viewer may open all of them (`seen`), since otherwise the
    list would show fewer.
    """

    semester: Semester
    label: str
    tally: Tally = field(default_factory=Tally)
    seen: Tally = field(default_factory=Tally)
    told: Counter[Rung] = field(default_factory=Counter)
    """Rung → cases of which the viewer may see how far they went."""
    grade: str = ""
    class_id: int | None = None
    place: int = 0
    query: str = ""
    """The semester and the class or grade in the address of a list, e.g. "semester=…&class=3"."""
    by: str = GRADE
    is_total: bool = False
    is_missing: bool = False
    """Whether the semester has no such class, or none that the viewer sees."""

    def cases_url(self, rung: Rung | None = None) -> str:
        """Return the address of the cases of a rung, or of all; "" if not all can be opened."""
        seen = self.seen.cases if rung is None else self.told[rung]
        if not self._opens(self.tally.at(rung), seen):
            return ""
        url = self._cases("counted")
        return url if rung is None else f"{url}&rung={rung.name}"

    def resolved_url(self) -> str:
        is_open = self._opens(self.tally.cases, self.seen.cases)
        return self._cases("RESOLVED") if is_open else ""

    def students_url(self) -> str:
        """Return the address of the students; "" if not all can be opened."""
        if not self._opens(self.tally.students, self.seen.students):
            return ""
        return f"{address('school:students')}?{self.query}"

    def _opens(self, number: int, seen: int) -> bool:
        is_a_list = self.is_total or self.class_id or self.grade in GRADES
        return bool(is_a_list and number and seen == number)

    def _cases(self, status: str) -> str:
        return f"{address('cases:cases')}?status={status}&{self.query}"


@dataclass(frozen=True)
class Report:
    """Both tables of a semester: Table 2 from students and cases, Table 3 from cases by rung."""

    semester: Semester
    by: str
    rows: list[Row]
    total: Row

    @cached_property
    def by_label(self) -> dict[str, Row]:
        return {row.label: row for row in self.rows}

    def row(self, label: str) -> Row:
        return self.by_label.get(label) or Row(self.semester, label, is_missing=True)


def report(semester: Semester, by: str = GRADE) -> Report:
    return reports_of([semester], by)[0]


def reports_of(
    semesters: Sequence[Semester],
    by: str = GRADE,
    *,
    viewer: User | None = None,
    only: frozenset[int] | None = None,
    cases: Iterable[Counted] | None = None,
) -> list[Report]:
    """Return a report for each semester; with `only`, it shows only the rows of these classes.

    The total is the school's, or that of `cases`, which are not counted anew if they were read
    already. Numbers link to the rows that `viewer` may open.
    """
    by_class = by == CLASS
    if cases is None:
        found_cases = cases_counted(semesters, viewer, by_class=by_class)
    else:
        found_cases = cases_read(cases, by_class=by_class)
    students = students_counted(semesters, viewer, by_class=by_class)
    counted, seen, told = _tallies(students, found_cases)
    groups = _classes(semesters, counted) if by == CLASS else _grades(semesters, counted)
    found = []
    for semester in semesters:
        rows = []
        query = urlencode({"semester": semester.code})
        for key, label, grade, of, place in groups[semester.pk]:
            at = semester.pk, key
            own = f"&class={of}" if of else f"&grade={quote_plus(grade)}" if grade else ""
            row = Row(
                *(semester, label, counted[at], seen[at], told[at], grade, of, place),
                f"{query}{own}",
                by,
            )
            rows.append(row)
        is_part = by == CLASS and only is not None
        shown = [row for row in rows if not is_part or row.class_id in (only or ())]
        found.append(Report(semester, by, shown, _total(semester, rows, query, is_part=is_part)))
    return found


def labels_of(reports: Sequence[Report]) -> list[str]:
    """Return the labels of all rows of the reports, each once, in the order of a single report."""
    each = [list(report.by_label) for report in reports]
    if all(labels == each[0] for labels in each):
        return each[0]
    rows = {label: row for report in reports for label, row in report.by_label.items()}
    return sorted(rows, key=lambda label: (rows[label].place, label))


def _total(semester: Semester, rows: list[Row], query: str, *, is_part: bool) -> Row:
    return Row(
        semester,
        _("Whole school") if is_part else _("Total"),
        Tally.sum(row.tally for row in rows),
        Tally.sum(row.seen for row in rows),
        sum((row.told for row in rows), Counter[Rung]()),
        query=query,
        is_total=True,
    )


def _grades(semesters: Sequence[Semester], counted: Tallies) -> dict[int, list[Group]]:
    """Return semester id → the grades of its year's classes and of all students who count."""
    classes = SchoolClass.objects.filter(year__in={semester.year_id for semester in semesters})
    of_years = set(classes.order_by().values_list("year", "grade").distinct())
    found: dict[int, list[Group]] = {}
    for semester in semesters:
        grades = {grade for year_id, grade in of_years if year_id == semester.year_id}
        grades |= {str(key or "") for semester_id, key in counted if semester_id == semester.pk}
        found[semester.pk] = [
            (grade or None, grade or _("Without a grade"), grade, None, place_of(grade))
            for grade in sorted(grades, key=lambda grade: (place_of(grade), grade))
        ]
    return found


def _classes(semesters: Sequence[Semester], counted: Tallies) -> dict[int, list[Group]]:
    """Return semester id → the classes of its year and other classes of students who count.

    Cases of students who were in no class in the semester have a last row.
    """
    years = {semester.year_id for semester in semesters}
    used = {key for _semester_id, key in counted if key}
    classes = SchoolClass.objects.filter(Q(year__in=years) | Q(pk__in=used)).values_list(
        "pk", "name", "grade", "place", "year", "year__label"
    )
    found: dict[int, list[Group]] = {semester.pk: [] for semester in semesters}
    for pk, name, grade, place, year_id, year in classes:
        for semester in semesters:
            if year_id == semester.year_id:
                found[semester.pk].append((pk, name, grade, pk, place))
            elif (semester.pk, pk) in counted:
                found[semester.pk].append((pk, f"{name} ({year})", grade, pk, place))
    for semester_id, groups in found.items():
        if (semester_id, None) in counted:
            groups.append((None, _("Without a class"), "", None, AFTER_ALL))
    return found


def _tallies(
    students: Iterable[tuple[int, int | str, int, int]], cases: Iterable[CaseCount]
) -> tuple[Tallies, Tallies, dict[Key, Counter[Rung]]]:
    """Return all counts, those that the viewer may open, and the cases whose rung they may see."""
    counted: Tallies = defaultdict(Tally)
    seen: Tallies = defaultdict(Tally)
    told: dict[Key, Counter[Rung]] = defaultdict(Counter)
    for semester, group, number, shown in students:
        key = semester, group or None
        counted[key].students += number
        seen[key].students += shown
    for semester, last_group, rung, number, shown, of_these in cases:
        key = semester, last_group or None
        counted[key].handled[Rung(rung)] += number
        seen[key].handled[Rung(rung)] += shown
        told[key][Rung(rung)] += of_these
    return counted, seen, told

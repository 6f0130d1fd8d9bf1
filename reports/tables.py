"""Tables 2 and 3 of a semester, by grade or by class, with their totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.queries import ClassRow, Tally, class_rows, natural
from school.models import Semester
from school.models.classes import GRADES

GRADE, CLASS = "grade", "class"
IN_ORDER = ("VII", "VIII", "IX", *GRADES)


@dataclass(frozen=True)
class Row:
    """A grade or a class: what counts, and what of it the viewer may open row by row."""

    label: str
    tally: Tally
    seen: Tally
    grade: str = ""
    class_id: int | None = None
    is_total: bool = False
    is_missing: bool = False
    """The semester has no such class, or none that the viewer sees."""


@dataclass(frozen=True)
class Report:
    """Both tables of a semester: Table 2 from students and cases, Table 3 from cases by rung."""

    semester: Semester
    by: str
    rows: list[Row]
    total: Row

    def row(self, label: str) -> Row:
        missing = Row(label, Tally(), Tally(), is_missing=True)
        return next((row for row in self.rows if row.label == label), missing)


def report(semester: Semester, by: str = GRADE) -> Report:
    return reports_of([semester], by)[0]


def reports_of(
    semesters: Sequence[Semester],
    by: str = GRADE,
    *,
    viewer: Any = None,
    only: frozenset[int] | None = None,
) -> list[Report]:
    """A report for each semester. `only`: the rows of these classes; the total is the school's."""
    rows = class_rows(semesters, viewer)
    return [_report(semester, by, rows[semester.pk], only) for semester in semesters]


def _report(
    semester: Semester, by: str, classes: list[ClassRow], only: frozenset[int] | None
) -> Report:
    tally = sum((row.tally for row in classes), Tally())
    seen = sum((row.seen for row in classes), Tally())
    is_part = by == CLASS and only is not None
    total = Row(_("Whole school") if is_part else _("Total"), tally, seen, is_total=True)
    rows = _by_class(classes, only) if by == CLASS else _by_grade(classes)
    return Report(semester, by, rows, total)


def _by_class(classes: list[ClassRow], only: frozenset[int] | None) -> list[Row]:
    ordered = sorted(classes, key=lambda row: _place(row.grade))
    return [
        Row(row.label, row.tally, row.seen, grade=row.grade, class_id=row.class_id)
        for row in ordered
        if only is None or row.class_id in only
    ]


def _by_grade(classes: list[ClassRow]) -> list[Row]:
    grades = sorted({row.grade for row in classes}, key=_place)
    rows = []
    for grade in grades:
        own = [row for row in classes if row.grade == grade]
        tally = sum((row.tally for row in own), Tally())
        seen = sum((row.seen for row in own), Tally())
        rows.append(Row(grade or _("Without a grade"), tally, seen, grade=grade))
    return rows


def labels_of(reports: Sequence[Report]) -> list[str]:
    """The labels of all rows of the reports, each once, in the order of a single report."""
    rows = {row.label: row for each in reports for row in each.rows}
    ordered = sorted(rows.values(), key=lambda row: (_place(row.grade), natural(row.label)))
    return [row.label for row in ordered]


def _place(grade: str) -> int:
    return IN_ORDER.index(grade) if grade in IN_ORDER else len(IN_ORDER)

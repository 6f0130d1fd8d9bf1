"""Tables 2 and 3 on a page: one semester or two side by side, with numbers that are links."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Rung
from reports.facts import address_of
from reports.grid import (
    NOTHING,
    PUBLIC,
    Cell,
    Column,
    Grid,
    Key,
    Line,
    Measure,
    Unit,
    Value,
    side_by_side,
)
from reports.tables import GRADE, Report, Row, labels_of
from school.models import Semester


def first_head(by: str) -> str:
    return pgettext("table", "Grade") if by == GRADE else pgettext("table", "Class")


def column_names(semesters: Sequence[Semester]) -> list[str]:
    """Return Sem 1 and Sem 2 of a year; semesters of two years as Genap 20/21 and Ganjil 21/22."""
    if _are_of_one_year(semesters):
        return [_("Sem %(term)s") % {"term": each.term} for each in semesters]
    return [f"{each.term_name} {_short(each.year.label)}" for each in semesters]


def _short(year: str) -> str:
    return "/".join(part[-2:] for part in year.split("/"))


def semester_names(semesters: Sequence[Semester]) -> list[str]:
    if len(semesters) > 1 and _are_of_one_year(semesters):
        return [_("Semester %(term)s") % {"term": each.term} for each in semesters]
    return [str(each) for each in semesters]


def _are_of_one_year(semesters: Sequence[Semester]) -> bool:
    return len({each.year_id for each in semesters}) == 1


def _columns_of(reports: Sequence[Report]) -> list[str]:
    return column_names([each.semester for each in reports])


def problem_rate(reports: Sequence[Report]) -> Grid:
    """Return Table 2, with the students only once if they are the same in both semesters."""
    students = Measure[Row](
        pgettext("table", "Students"),
        lambda row: _cell(row, row.tally.students, row.students_url(), PUBLIC),
    )
    rate = Measure[Row](
        pgettext("table", "Percent"),
        lambda row: _cell(row, row.tally.rate, key=_key(row)),
        Unit.PERCENT,
    )
    measures = [students, _cases(), rate]
    columns, lines = side_by_side(_columns_of(reports), measures, _rows(reports))
    if len(reports) > 1 and _have_same_students(reports):
        columns, lines = _with_students_once(reports, columns, lines)
    title = _("Table 2. Students with problems")
    return Grid("problem_rate", title, first_head(reports[0].by), columns, lines[:-1], lines[-1:])


def _with_students_once(
    reports: Sequence[Report], columns: list[Column], lines: list[Line]
) -> tuple[list[Column], list[Line]]:
    """Return the columns and lines with one number of students, as the paper prints them."""
    count = len(reports)
    names = _columns_of(reports)
    heads = [columns[0].over, *names, *(f"% {name}" for name in names)]
    kept = columns[count - 1 :]
    return (
        [Column(head, column.unit) for head, column in zip(heads, kept, strict=True)],
        [Line(line.label, line.cells[count - 1 :]) for line in lines],
    )


def _have_same_students(reports: Sequence[Report]) -> bool:
    return all(
        len({each.row(label).tally.students for each in reports}) == 1
        for label in labels_of(reports)
    )


def heads_of_problem_rate() -> list[str]:
    """Return the heads of Table 2 after the first."""
    return [
        pgettext("table", "Students"),
        pgettext("table", "With problems"),
        pgettext("table", "Percent"),
    ]


def heads_of_handling(rungs: Iterable[Rung]) -> list[str]:
    """Return the heads of Table 3 after the first."""
    return [pgettext("table", "With problems"), *(str(rung.head) for rung in rungs)]


def handling(reports: Sequence[Report]) -> Grid:
    """Return Table 3, with "Not yet handled" only if it is not zero."""
    measures = [_cases(), *(_cases(rung) for rung in rungs_shown(reports))]
    columns, lines = side_by_side(_columns_of(reports), measures, _rows(reports))
    title = _("Table 3. Handling of students with problems")
    return Grid("handling", title, first_head(reports[0].by), columns, lines[:-1], lines[-1:])


def _rows(reports: Sequence[Report]) -> list[tuple[str, list[Row]]]:
    """Return the label of each line, and its row in each report; the total is the last."""
    rows = [(label, [each.row(label) for each in reports]) for label in labels_of(reports)]
    return [*rows, (reports[-1].total.label, [each.total for each in reports])]


def _cases(rung: Rung | None = None) -> Measure[Row]:
    """Return the number of cases of a rung, or of all, with its link."""
    head = pgettext("table", "With problems") if rung is None else str(rung.head)
    return Measure(
        head, lambda row: _cell(row, row.tally.at(rung), row.cases_url(rung), _key(row, rung))
    )


def _key(row: Row, rung: Rung | None = None) -> Key:
    of_rung = [("rung", rung.name)] if rung else []
    return frozenset([*address_of(row).items(), *of_rung])


def _cell(row: Row, figure: Value, url: str = "", key: Key | None = None) -> Cell:
    return NOTHING if row.is_missing else Cell(figure, url, key)


def rungs_shown(reports: Sequence[Report]) -> list[Rung]:
    has_unhandled = any(each.total.tally.at(Rung.REVIEW) for each in reports)
    return [rung for rung in Rung if rung != Rung.REVIEW or has_unhandled]

"""Tables 2 and 3 on a page: one semester or two side by side, with numbers that are links."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Rung
from reports.tables import GRADE, Report, Row, labels_of
from school import wording

Cell = tuple[str, str]
"""A figure as text, and the address of its link or ""."""
Line = tuple[str, list[Cell]]
"""A label, and its cells."""


@dataclass(frozen=True)
class Grid:
    first_head: str
    heads: list[str]
    top: list[str] | None
    """Heads over `span` columns each, if there are two rows of heads."""
    span: int
    lines: list[Line]
    totals: list[Line]


def first_head(by: str) -> str:
    return pgettext("table", "Grade") if by == GRADE else pgettext("table", "Class")


def column_names(reports: Sequence[Report]) -> list[str]:
    """Return Sem 1 and Sem 2 of a year; semesters of two years as Genap 20/21 and Ganjil 21/22."""
    if _are_of_one_year(reports):
        return [_("Sem %(term)s") % {"term": each.semester.term} for each in reports]
    return [f"{each.semester.term_name} {_short(each.semester.year.label)}" for each in reports]


def _short(year: str) -> str:
    return "/".join(part[-2:] for part in year.split("/"))


def semester_names(reports: Sequence[Report]) -> list[str]:
    if len(reports) > 1 and _are_of_one_year(reports):
        return [_("Semester %(term)s") % {"term": each.semester.term} for each in reports]
    return [str(each.semester) for each in reports]


def _are_of_one_year(reports: Sequence[Report]) -> bool:
    return len({each.semester.year_id for each in reports}) == 1


def problem_rate(reports: Sequence[Report]) -> Grid:
    """Return Table 2, with the students only once if they are the same in both semesters."""
    are_same = _have_same_students(reports)

    def cells(rows: list[Row]) -> list[Cell]:
        students = [
            _cell(row, row.tally.students, row.students_url())
            for row in (rows[-1:] if are_same else rows)
        ]
        rates = [_cell(row, wording.figure(row.tally.rate)) for row in rows]
        return students + [_cases(row) for row in rows] + rates

    return _grid(reports, *_heads_of_problem_rate(reports, are_same), cells)


def _have_same_students(reports: Sequence[Report]) -> bool:
    return all(
        len({each.row(label).tally.students for each in reports}) == 1
        for label in labels_of(reports)
    )


def _heads_of_problem_rate(
    reports: Sequence[Report], are_same: bool
) -> tuple[list[str], list[str] | None]:
    """Return the heads of the columns, and those above them where there are two rows of heads."""
    words = heads_of_problem_rate()
    if len(reports) == 1:
        return words, None
    names = column_names(reports)
    if are_same:
        return [words[0], *names, *(f"% {name}" for name in names)], None
    return names * len(words), words


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
    shown = rungs_shown(reports)

    def cells(rows: list[Row]) -> list[Cell]:
        handled = [_cases(row, rung) for rung in shown for row in rows]
        return [_cases(row) for row in rows] + handled

    heads = heads_of_handling(shown)
    if len(reports) == 1:
        return _grid(reports, heads, None, cells)
    return _grid(reports, column_names(reports) * len(heads), heads, cells)


def _cases(row: Row, rung: Rung | None = None) -> Cell:
    """Return the number of cases of a rung, or of all, with its link."""
    return _cell(row, row.tally.at(rung), row.cases_url(rung))


def _cell(row: Row, figure: int | str, url: str = "") -> Cell:
    return (wording.NO_FIGURE if row.is_missing else str(figure), url)


def _grid(
    reports: Sequence[Report],
    heads: list[str],
    top: list[str] | None,
    cells: Callable[[list[Row]], list[Cell]],
) -> Grid:
    """Return the grid of the reports; `cells` makes a line from its rows of each semester."""
    return Grid(
        first_head(reports[0].by),
        heads,
        top,
        span=len(reports),
        lines=[
            (label, cells([each.row(label) for each in reports])) for label in labels_of(reports)
        ],
        totals=[(reports[-1].total.label, cells([each.total for each in reports]))],
    )


def rungs_shown(reports: Sequence[Report]) -> list[Rung]:
    has_unhandled = any(each.total.tally.at(Rung.REVIEW) for each in reports)
    return [rung for rung in Rung if rung != Rung.REVIEW or has_unhandled]

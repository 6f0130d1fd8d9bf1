"""A semester's Tables 2 and 3 for other programs: as data, and as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from cases.models import Rung
from reports.comparison import Change, compare
from reports.grids import first_head, heads_of_handling, heads_of_problem_rate
from reports.tables import Report, Row
from school.sheets.csv_text import safe

Cell = str | int
Line = dict[str, Cell]


class Table(TypedDict):
    rows: list[Line]
    total: Line


class Difference(TypedDict):
    difference: int
    percent: str | None


class Changed(TypedDict):
    """The change from the semester `since`, as the paper says it."""

    since: str
    cases: Difference
    home_visits: Difference
    points: str | None


def as_data(report: Report, before: Report | None = None) -> dict[str, str | Table | Changed]:
    """Return what `semester_report --format json` prints; rates are text, to keep each decimal.

    Of a semester with one `before` also the change.
    """
    data: dict[str, str | Table | Changed] = {
        "semester": report.semester.code,
        "by": report.by,
        "problem_rate": _table(report, _problem_rate),
        "handling": _table(report, _handling),
    }
    return data | {"change": _changed(before, report)} if before else data


def _changed(before: Report, report: Report) -> Changed:
    found = compare(before.total.tally, report.total.tally)
    return {
        "since": before.semester.code,
        "cases": _difference(found.cases),
        "home_visits": _difference(found.visits),
        "points": _text(found.points),
    }


def _difference(change: Change) -> Difference:
    return {"difference": change.difference, "percent": _text(change.percent)}


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure)


def _table(report: Report, line: Callable[[Row], Line]) -> Table:
    return {"rows": [line(row) for row in report.rows], "total": line(report.total)}


def _problem_rate(row: Row) -> Line:
    tally = row.tally
    return {
        "label": row.label,
        "students": tally.students,
        "cases": tally.cases,
        "rate": str(tally.rate),
    }


def _handling(row: Row) -> Line:
    tally = row.tally
    return {
        "label": row.label,
        "cases": tally.cases,
        **{rung.column: tally.at(rung) for rung in Rung},
    }


def as_csv(report: Report) -> str:
    """Return both tables, separated by an empty line; no cell can start a formula."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    for title, heads, line in (
        (_("Table 2. Students with problems"), heads_of_problem_rate(), _problem_rate),
        (_("Table 3. Handling of students with problems"), heads_of_handling(Rung), _handling),
    ):
        write([f"{title} ({report.semester.code})"])
        write([first_head(report.by), *heads])
        for row in (*report.rows, report.total):
            write([safe(cell) for cell in line(row).values()])
        if line is _problem_rate:
            write([])
    return text.getvalue()

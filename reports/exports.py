"""A semester's Tables 2 and 3 for other programs: as data, and as CSV for a spreadsheet."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Rung
from reports.grids import first_head, heads_of_handling, heads_of_problem_rate
from reports.tables import Report, Row

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_data(report: Report) -> dict[str, Any]:
    """The shape of `semester_report --format json`; rates are text, so none loses a decimal."""
    return {
        "semester": report.semester.code,
        "by": report.by,
        "problem_rate": _table(report, _problem_rate),
        "handling": _table(report, _handling),
    }


def _table(report: Report, line: Any) -> dict[str, Any]:
    return {"rows": [line(row) for row in report.rows], "total": line(report.total)}


def _problem_rate(row: Row) -> dict[str, Any]:
    tally = row.tally
    return {
        "label": row.label,
        "students": tally.students,
        "cases": tally.cases,
        "rate": str(tally.rate),
    }


def _handling(row: Row) -> dict[str, Any]:
    tally = row.tally
    return {
        "label": row.label,
        "cases": tally.cases,
        **{rung.column: tally.at(rung) for rung in Rung},
    }


def as_csv(report: Report) -> str:
    """Both tables under one another, an empty line between; no cell starts a formula."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    data = as_data(report)
    for title, heads, table in (
        (_("Table 2. Students with problems"), heads_of_problem_rate(), "problem_rate"),
        (_("Table 3. Handling of students with problems"), heads_of_handling(Rung), "handling"),
    ):
        write([f"{title} ({report.semester.code})"])
        write([first_head(report.by), *heads])
        for row in [*data[table]["rows"], data[table]["total"]]:
            write([safe(cell) for cell in row.values()])
        if table == "problem_rate":
            write([])
    return text.getvalue()


def safe(cell: Any) -> Any:
    """Text that a spreadsheet would calculate stays text."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return "'" + cell
    return cell

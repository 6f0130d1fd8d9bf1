"""What the pages of the reports and the command answer, beside the rows of `paper.md`."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client

from counseling.tests.year.school import School
from counseling.tests.year.tables import Row
from reports.grid import Grid
from reports.kinds import KINDS
from reports.tables import CLASS, GRADE

Said = dict[tuple[str, str, str], str]
"""Label, column and semester → the figure as the page says it."""
OF_ONE = re.compile(r"_(\d)$")
"""What the key of a table ends with that shows one of the semesters: its place among them."""
OF_NOTHING = {"0", "–"}
YEAR = "2024/2025"
TERMS = (("1",), ("2",), ("1", "2"))


class Reports:
    """The pages of the reports, in English, as the coordinator reads them."""

    def __init__(self, school: School) -> None:
        self.client = Client()
        self.client.force_login(school.person("Retno"))
        self.client.cookies["django_language"] = "en"
        self._grids: dict[tuple[str, ...], dict[str, Said]] = {}

    def page(self, slug: str, terms: Sequence[str], by: str) -> Any:
        """Return the context of the page of one semester, or of both side by side."""
        term = "both" if len(terms) > 1 else terms[0]
        answer = self.client.get(f"/laporan/{slug}", {"year": YEAR, "term": term, "by": by})
        assert answer.status_code == 200
        return answer.context

    def grids(self, terms: Sequence[str], by: str) -> dict[str, Said]:
        """Return key → the figures of each table on the pages of all kinds."""
        if (*terms, by) not in self._grids:
            tables = self.page("", terms, by)
            shown = [[tables["problem_rate"], tables["handling"]]]
            kinds = [kind for kind in KINDS if not kind.is_over_years]
            shown += [self.page(f"{kind.slug}/", terms, by)["content"].grids for kind in kinds]
            found: dict[str, Said] = {}
            for grid in (grid for grids in shown for grid in grids):
                found.setdefault(OF_ONE.sub("", grid.key), {}).update(_said(grid, terms))
            self._grids[*terms, by] = found
        return self._grids[*terms, by]

    def over_years(self) -> dict[str, Said]:
        """Return key → the figures of each table of all semesters."""
        kinds = [kind for kind in KINDS if kind.is_over_years]
        pages = [self.page(f"{kind.slug}/", ("1", "2"), GRADE)["content"].grids for kind in kinds]
        return {grid.key: _with_heads(grid, "") for grids in pages for grid in grids}


def _said(grid: Grid, terms: Sequence[str]) -> Said:
    if of_one := OF_ONE.search(grid.key):
        return _with_heads(grid, f"{YEAR}-{terms[int(of_one[1])]}")
    return {
        (label, column.over or column.head, _semester(terms, column.head)): text
        for label, cells in (*grid.said_lines, *grid.said_totals)
        for column, (text, _url) in zip(grid.columns, cells, strict=True)
    }


def _with_heads(grid: Grid, semester: str) -> Said:
    """Return the figures of a table whose upper heads name no semester."""
    return {
        (label, f"{column.over} {column.head}".strip(), semester): text
        for label, cells in (*grid.said_lines, *grid.said_totals)
        for column, (text, _url) in zip(grid.columns, cells, strict=True)
    }


def _semester(terms: Sequence[str], head: str) -> str:
    """Return the code of the semester of a column, which its head names if there are two."""
    return f"{YEAR}-{terms[0] if len(terms) == 1 else head.removeprefix('Sem ')}"


def differences(
    reports: Reports, heading: str, rows: list[Row], count: Counter[str]
) -> Iterable[str]:
    """Return what differs between a table on paper and the pages; `count` counts the figures."""
    if heading in OF_OTHERS:
        for row in rows:
            told = {name: text for name, text in row.items() if name not in OF_ROW}
            yield from _compared(heading, told, OF_OTHERS[heading](reports, row), count)
    if heading in KEYS:
        for key, heads in KEYS[heading].items():
            named = [{heads.get(name, name): cell for name, cell in row.items()} for row in rows]
            shown = [row | {UNHANDLED: ""} if _is_handled(rows, row) else row for row in named]
            yield from _on_pages(reports, key, shown, [*OF_ROW, *heads.values()], count)
    elif heading.startswith(OVER_YEARS):
        got = reports.over_years().get(heading, {})
        yield from _compared(heading, _told(rows, list(rows[0]), ("",), GRADE), got, count)
    elif heading not in {*OF_OTHERS, NO_PAGE}:
        yield from _on_pages(reports, heading, rows, list(rows[0]), count)


def _is_handled(rows: list[Row], of: Row) -> bool:
    """Return whether all cases of the semester are handled: then no page has the column."""
    return all(row["unhandled"] == "0" for row in rows if row["semester"] == of["semester"])


def _on_pages(
    reports: Reports, key: str, rows: list[Row], names: list[str], count: Counter[str]
) -> Iterable[str]:
    """Return what differs on the page of each semester and of both, by grade and by class."""
    for terms in TERMS:
        for by in (GRADE, CLASS):
            got = reports.grids(terms, by).get(key, {})
            told = _told(rows, names, terms, by)
            # Beside the other semester a semester has lines and columns of nothing.
            shown = {
                at: text
                for at, text in got.items()
                if at in told or len(terms) == 1 or text not in OF_NOTHING
            }
            yield from _compared(f"{key}, {terms}, {by}", told, shown, count)


def _told(rows: list[Row], names: list[str], terms: Sequence[str], by: str) -> Said:
    """Return the figures on paper of these semesters; an empty cell is not on the page."""
    return {
        (TOTALS.get(row["row"], row["row"]), name, row.get("semester", "")): text
        for row in rows
        if row.get("semester", "")[-1:] in terms and row.get("by", by) == by
        if len(terms) > 1 or not row.get("beside")
        for name, text in row.items()
        if text and name in names and name not in OF_ROW
    }


def _compared(at: str, told: Any, got: Any, count: Counter[str]) -> Iterable[str]:
    count[at.split(",", maxsplit=1)[0]] += len(told)
    for name in told.keys() | got.keys():
        if told.get(name) != got.get(name):
            yield f"{at}: {name}: on paper {told.get(name)!r}, got {got.get(name)!r}"


def _printed(row: Row) -> Any:
    """Return what `semester_report` prints of the semester, by grade or class."""
    out = StringIO()
    call_command("semester_report", row["semester"], "--by", row["by"], stdout=out)
    return json.loads(out.getvalue())


def _tables(reports: Reports, row: Row) -> Row:
    """Return the row as the command prints it."""
    printed: dict[str, Any] = {}
    for name, table in _printed(row).items():
        if name in {"problem_rate", "handling"}:
            lines = {each["label"]: each for each in table["rows"]} | {"total": table["total"]}
            printed |= lines[row["row"]]
    return {
        name.replace("_", " "): str(value) for name, value in printed.items() if name != "label"
    }


def _change(reports: Reports, row: Row) -> Row:
    found = _printed({"semester": f"{YEAR}-2", "by": GRADE})["change"]
    return {
        "cases": str(found["cases"]["difference"]),
        "cases %": str(found["cases"]["percent"]),
        "rate points": str(found["points"]),
        "home visits": str(found["home_visits"]["difference"]),
        "home visits %": str(found["home_visits"]["percent"]),
    }


def _figures(reports: Reports, row: Row) -> Row:
    cases, rate, visits, resolved = reports.page("", row["semester"][-1:], GRADE)["figures"]
    return {
        "cases": cases.value,
        "change of cases": cases.change,
        "rate": rate.value,
        "change of rate": rate.change,
        "visits": visits.value,
        "change of visits": visits.change,
        "resolved": resolved.value,
        "of these": resolved.note,
    }


def _months(reports: Reports, row: Row) -> Row:
    chart = reports.page("", row["semester"][-1:], GRADE)["months_graph"]
    return {"cases": dict(chart.rows).get(row["month"], ["not there"])[0]}


OF_ROW = ("by", "semester", "row", "month", "beside")
"""The columns that say of what a row of figures is, and whether only both semesters show it."""
OVER_YEARS = "years_"
UNHANDLED = "Not yet handled"
TOTALS = {"total": "Total"}
KEYS = {
    "Tables 2 and 3": {
        "problem_rate": {"students": "Students", "cases": "With problems", "rate": "Percent"},
        "handling": {
            "cases": "With problems",
            "unhandled": UNHANDLED,
            "contact": "WA/phone",
            "summons": "Summons",
            "home visit": "Visits",
        },
    }
}
"""The tables of a page whose figures stand together on paper, and what their columns are there."""
OF_OTHERS: dict[str, Callable[[Reports, Row], Row]] = {
    "Tables 2 and 3": _tables,
    "Change": _change,
    "Four figures": _figures,
    "New cases by month": _months,
}
NO_PAGE = "The cases"
ASKED = {
    *OF_OTHERS,
    *("problem_rate", "handling"),
    *("reasons_by_rung", "reasons_by_row", "causes_by_rung", "causes_by_row"),
    *("discipline_by_subject", "discipline_by_row", "class_lists_by_row"),
    *("participation_by_subject", "participation_by_row"),
    *("attendance_by_subject", "attendance_by_row"),
    *("resolved_by_rung", "resolved_by_row", "days_by_step", "days_by_rung"),
    *("relapses_by_row", "assistance_by_rung"),
    *("years_by_semester", "years_by_year", "years_by_grade"),
    *("load_by_counselor", "load_by_week", "counselors_by_week"),
}

"""The tables of a page, as a browser prints them: what print hides, and what a chart says."""

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from django.conf import settings

from counseling.tests.markup import VOID

HIDES = re.compile(r"([^{}]+)\{[^{}]*display: none")
CLASS = re.compile(r"\.([\w-]+)")
ONLY_ON_PAPER = "print-only"


@cache
def hidden_on_paper() -> frozenset[str]:
    """Return the classes that the stylesheet of print hides, with all that is in them."""
    css = (settings.BASE_DIR / "static/css/print.css").read_text(encoding="utf-8")
    inside = css[css.index("@media print") :]
    selectors = {one.strip() for rule in HIDES.findall(inside) for one in rule.split(",")}
    return frozenset(found[1] for one in selectors if (found := CLASS.fullmatch(one)))


@dataclass
class Drawn:
    """A table of a page: its name, its rows of heads and of figures, and where it stands."""

    name: str
    is_printed: bool
    is_only_on_paper: bool
    drawn_beside: list[str]
    """The texts of the chart in the same section."""
    heads: list[list[str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, set[str]]] = []
        self.tables: list[Drawn] = []
        self.chart: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, set((given.get("class") or "").split())))
        if tag == "section":
            self.chart = []
        elif tag == "text":
            self.chart.append("")
        elif tag == "table":
            around = set().union(*(classes for _tag, classes in self.open))
            is_printed = not around & hidden_on_paper()
            name = given.get("aria-label") or ""
            self.tables.append(Drawn(name, is_printed, ONLY_ON_PAPER in around, self.chart))
        elif tag == "tr" and self.tables:
            self._rows().append([])
        elif tag in {"td", "th"} and self.tables:
            self._rows()[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _classes in self.open}
        if "text" in tags:
            self.chart[-1] += data
        elif tags & {"td", "th"}:
            self._rows()[-1][-1] += data

    def _rows(self) -> list[list[str]]:
        is_head = any(tag == "thead" for tag, _classes in self.open)
        return self.tables[-1].heads if is_head else self.tables[-1].rows


def tables_of(html: str) -> list[Drawn]:
    """Return the tables of the page's main part."""
    reader = _Reader()
    reader.feed(html[html.index("<main") : html.index("</main>")])
    for table in reader.tables:
        for rows in (table.heads, table.rows):
            rows[:] = [[" ".join(cell.split()) for cell in row] for row in rows]
    return reader.tables

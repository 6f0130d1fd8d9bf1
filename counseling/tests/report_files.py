"""The figures of a report on its page, on paper and in its files, and where they differ."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import urlencode, urljoin

from counseling.tests.crawl import view_name
from counseling.tests.numbers import LISTS
from counseling.tests.printed import Drawn, tables_of
from reports.kinds import KINDS
from reports.permissions import may_read_by_class
from reports.tables import CLASS, GRADE
from reports.tests.files import sheets_of
from school.models import Semester, User
from workflow import clock

FIGURE = re.compile(r"[−-]?[\d.]+(,\d+)?")
NUMBER_LINK = re.compile(r'<td class="num"><a href="([^"]+)"')
FILE_LINK = re.compile(r'href="([^"?]+\?[^"]*format=csv)"')
Rows = list[list[Any]]


@dataclass(frozen=True)
class Page:
    url: str
    html: str


def addresses(user: User, *, most: int = 3) -> Iterator[str]:
    """Yield the addresses of the reports that `user` reads, by grade and class, as asked of them.

    Of `most` selections: the last semester, both of a year, the last beside the first.
    """
    begun = list(Semester.objects.filter(starts_on__lte=clock.today()).select_related("year"))
    begun.sort(key=lambda semester: semester.starts_on)
    first, last = begun[0], begun[-1]
    one = {"year": last.year.label, "term": last.term}
    both = {"year": first.year.label, "term": "both"}
    for slug in ("", *(f"{kind.slug}/" for kind in KINDS if kind.is_read_by(user))):
        for by in (GRADE, CLASS) if may_read_by_class(user) else (GRADE,):
            for asked in (one, both, one | {"beside": first.code})[:most]:
                yield f"/laporan/{slug}?{urlencode(asked | {'by': by})}"


def compared(client: Any, url: str) -> tuple[Page, int, list[str]]:
    """Return the page at `url`, how many figures were compared, and those that differ."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    page = Page(url, answer.content.decode())
    drawn = tables_of(page.html)
    printed = [table for table in drawn if table.is_printed]
    wrong = [*_hidden(drawn), *_without_rows(page)]
    link = FILE_LINK.search(page.html)
    if bool(link) != bool(printed):
        wrong.append("tables without files, or files without tables")
    if link:
        csv_url = urljoin(url, unescape(link[1]))
        wrong += _differences("CSV", printed, _csv_of(client, csv_url, printed))
        wrong += _differences("XLSX", printed, _xlsx_of(client, csv_url, printed))
    count = sum(len(row) - 1 for table in printed for row in table.rows)
    return page, count, [f"{url}: {one}" for one in wrong]


def _hidden(drawn: list[Drawn]) -> Iterator[str]:
    """Yield what paper alone says, and the rows of a folded table that paper does not say.

    Its chart must say them, or else, for bars too narrow for a number, a printed row of that label.
    """
    printed = [row for table in drawn if table.is_printed for row in table.rows]
    for table in drawn:
        if table.is_only_on_paper:
            yield f"{table.name}: stands on paper alone"
        for row in table.rows if not table.is_printed else ():
            beside = [[row[0], *table.drawn_beside], *printed]
            told = [_figures(other) for other in beside if other[0] == row[0]]
            if not any(_figures(row) <= figures for figures in told):
                yield f"{table.heads}: {row} is not on paper"


def _figures(row: list[str]) -> Counter[Any]:
    """Return the figures of a row that are not zero, each as often as it stands there."""
    return Counter(figure for cell in row[1:] if (figure := _figure(cell)))


def _without_rows(page: Page) -> Iterator[str]:
    """Yield the addresses that a number opens, and that are no list whose rows are counted."""
    for href in NUMBER_LINK.findall(page.html):
        if view_name(urljoin(page.url, unescape(href))) not in LISTS:
            yield f"a number opens {href}"


def _csv_of(client: Any, url: str, tables: list[Drawn]) -> list[tuple[str, Rows]]:
    text = client.get(url).content.decode("utf-8-sig")
    found: list[Rows] = [[]]
    for row in csv.reader(StringIO(text), delimiter=";"):
        if row:
            found[-1].append(row)
        else:
            found.append([])
    blocks = found[:-1]
    assert len(blocks) == len(tables), url
    return [(block[0][0], block[1:]) for block in blocks]


def _xlsx_of(client: Any, csv_url: str, tables: list[Drawn]) -> list[tuple[str, Rows]]:
    *sheets, _about = sheets_of(client.get(csv_url.replace("format=csv", "format=xlsx"))).values()
    return [(table.name, rows) for table, rows in zip(tables, sheets, strict=True)]


def _differences(kind: str, tables: list[Drawn], files: list[tuple[str, Rows]]) -> Iterable[str]:
    for table, (name, rows) in zip(tables, files, strict=True):
        if table.name != name:
            yield f"{kind}: {name!r} instead of {table.name!r}"
        count = len(table.heads)
        shown, filed = [table.heads[-1], *table.rows], [rows[count - 1], *rows[count:]]
        if len(shown) != len(filed):
            yield f"{kind}: {name}: {len(filed)} rows instead of {len(shown)}"
        for on_page, in_file in zip(shown, filed, strict=False):
            if [_figure(cell) for cell in on_page] != [_figure(cell) for cell in in_file]:
                yield f"{kind}: {name}: {in_file} instead of {on_page}"


def _figure(value: Any) -> Any:
    """Return a figure as a number, whether a page, CSV or workbook says it; None for none."""
    if value in {None, "", "–"}:
        return None
    if not isinstance(value, str):
        return Decimal(str(value))
    if FIGURE.fullmatch(value):
        return Decimal(value.replace(".", "").replace(",", ".").replace("−", "-"))
    return " ".join(value.split())

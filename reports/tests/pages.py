"""Helpers that read the page of a semester, and the figures of a report."""

import re
from typing import Any

from reports.grid import Value
from reports.kinds.base import Asked, ReportKind
from workflow.tests.browser_free import signed_in

URL = "/laporan/"


def page(user: Any, **params: str) -> str:
    response = signed_in(user).get(URL, params)
    assert response.status_code == 200
    return response.content.decode()


def links_in(html: str) -> dict[str, list[str]]:
    """Return the links of the numbers: path → the query strings of the links to it."""
    found: dict[str, list[str]] = {}
    for href in re.findall(r'<td class="num"><a href="([^"]+)"', html):
        path, _mark, query = href.replace("&amp;", "&").partition("?")
        found.setdefault(path, []).append(query)
    return found


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").split())


def figures_of(kind: ReportKind, asked: Asked) -> dict[str, dict[str, list[Value]]]:
    """Return key of a table → label of a line → its figures."""
    return {
        grid.key: {
            line.label: [cell.value for cell in line.cells] for line in (*grid.lines, *grid.totals)
        }
        for grid in kind.content(asked).grids
    }

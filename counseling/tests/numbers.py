"""The numbers of a page that are links, and the rows of the list that each opens."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from counseling.tests.crawl import IN_STATES, Found, view_name, walked
from school.models import User
from workflow.tests.browser_free import signed_in

LISTS = {
    "cases:cases",
    "cases:new",
    "homevisits:visits",
    "homevisits:progress_cases",
    "recaps:class_list_student",
    "reports:late",
    "school:students",
}
"""The pages whose rows a number may count."""
LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
TAGS = re.compile(r"<[^>]+>")
WORD = re.compile(r'<span class="word">.*?</span>', re.S)
"""The word beside a number in a card of a phone."""
KPI = re.compile(r"<b>(\d+)</b>")
COUNTED_LINE = re.compile(r"<b>[^<]*?\b(\d+) (?:kasus|siswa|kunjungan)\b")
HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.S)
HIDDEN = re.compile(r"(\d+) di antaranya")
MOST_PAGES = 20
MORE_PAGES = {
    **IN_STATES,
    "reports:semester": 12,
    "reports:running": 4,
    "homevisits:progress": 6,
    "cases:case": 4,
}


def pages_of_demo(user: User) -> list[Found]:
    """Return pages of the demo school, two of each URL name and more of lists and tables."""
    return walked(user, enough=2, more=MORE_PAGES | {"cases:case": 6})


@dataclass(frozen=True)
class Number:
    """A number that is a link, where it stands, and where it leads."""

    number: int
    url: str
    page: str


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def numbers_of(url: str, html: str) -> Iterator[Number]:
    """Yield the numbers of a page that open a list.

    A number is a link of digits alone, the figure of a card, or a line of home that counts.
    So dates, phone numbers and pages are none.
    """
    for href, inner in LINK.findall(main_of(html)):
        to = urljoin(url, unescape(href))
        if view_name(to) not in LISTS:
            continue
        text = TAGS.sub("", WORD.sub("", inner)).strip()
        found = KPI.search(inner) or COUNTED_LINE.search(inner)
        if text.isdecimal() or found:
            yield Number(int(text if text.isdecimal() else found[1]), to, url)


def headings_in(html: str) -> list[str]:
    """Return the headings that are seen; that of the progress of a file waits for its link."""
    main = html[: html.index("</main>")]
    return HEADING.findall(main.partition('id="file-progress"')[0])


def opened(client: Any, url: str) -> tuple[int, str]:
    """Return the rows of all pages of a list, and its headings in words."""
    rows, at, headings = 0, url, ""
    for _page in range(MOST_PAGES):
        response = client.get(at)
        assert response.status_code == 200, (at, response.status_code)
        html = response.content.decode()
        main = main_of(html)
        rows += main.count('<a class="name"') + len(response.context.get("entries", ()))
        rows += main.count('name="case"')
        if at == url:
            said = [TAGS.sub(" ", found) for found in headings_in(html)]
            headings = unescape(" ".join(" ".join(said).split()))
            rows += sum(map(int, HIDDEN.findall(TAGS.sub(" ", main))))
        following = re.search(r'rel="next" href="([^"]+)"', main)
        if not following:
            break
        at = urljoin(urlsplit(url).path, unescape(following[1]))
    return rows, headings


def numbers_for(pages: Iterable[Found]) -> dict[str, Number]:
    """Return address and number → where it stands, of all `pages`."""
    found: dict[str, Number] = {}
    for page in pages:
        for number in numbers_of(page.url, page.html):
            found.setdefault(f"{number.url} {number.number}", number)
    return found


def wrong(
    user: User, pages: Iterable[Found], *, most_of_a_page: int = 1000
) -> list[tuple[Number, int, str]]:
    """Return the numbers on `pages` that open to other rows for `user`, or to a list untitled."""
    client = signed_in(user)
    found: list[tuple[Number, int, str]] = []
    opened_of: Counter[str] = Counter()
    for number in numbers_for(pages).values():
        opened_of[number.page] += 1
        if opened_of[number.page] > most_of_a_page:
            continue
        rows, heading = opened(client, number.url)
        says = f"{number.number} " in heading or "of=" in number.url
        if rows != number.number or not says:
            found.append((number, rows, heading))
    return found

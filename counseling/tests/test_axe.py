"""Pages are for everyone: axe on every template, office and language, at phone size."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cases.tests.confirmed import confirmed
from counseling.tests.crawl import Found, pages_of
from counseling.tests.scenarios import feedback
from school.tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# All rules of axe. Pages for print are checked as they are on the screen.
RULES = {"resultTypes": ["violations"]}


def of_each_template(people: list[Any]) -> Iterator[tuple[Any, Found]]:
    """Yield each page in which a template is that was in none before, with who reaches it."""
    seen: set[str] = set()
    for user in people:
        for page in list(pages_of(user, enough=1, more={})):
            if not page.templates <= seen:
                seen |= page.templates
                yield user, page


def findings(page: Page, url: str) -> list[str]:
    """Return what axe finds in the page at `url`, and whether it scrolls sideways."""
    page.goto(url)
    violations = Axe().run(page, options=RULES).response["violations"]
    found = [
        f"{url}: {violation['id']} {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width[0] > width[1]:
        found.append(f"{url}: {width[0]} px wide on a screen of {width[1]}")
    return found


def test_each_template_has_no_finding_at_360_px(
    every_state_live: Cast, page_of: Callable[..., Page]
) -> None:
    others = {every_state_live.wali2, every_state_live.bk2}  # who see the same templates
    people = [one for one in every_state_live.everybody if one not in others]
    opened: dict[Any, Page] = {}
    stranger = page_of(None)
    open_to_all = ("/masuk/", feedback.ADDRESS, "/umpan-balik/", "/umpan-balik/terima-kasih/")
    found = [finding for url in open_to_all for finding in findings(stranger, url)]
    tried = len(open_to_all)
    for user, page in of_each_template(people):
        if user not in opened:
            opened[user] = page_of(user)
        found += findings(opened[user], page.url)
        tried += 1
    bk = every_state_live.bk
    browser = page_of(bk, client=confirmed(bk))
    for page in list(pages_of(bk, enough=1, more={}, behind="/catatan-rahasia/")):
        found += findings(browser, page.url)
        tried += 1
    print(f"axe: {tried} pages, {len(found)} findings")
    assert not found, "\n".join(found)


def test_a_sample_of_pages_has_no_finding_in_the_dark(
    every_state_live: Cast, page_of: Callable[..., Page]
) -> None:
    cast = every_state_live
    found: list[str] = []
    for user in (cast.guru, cast.wali, cast.bk, cast.principal):
        browser = page_of(user, color_scheme="dark")
        for page in list(islice(pages_of(user, enough=1, more={}), 4)):
            found += findings(browser, page.url)
    assert not found, "\n".join(found)


@pytest.mark.trust
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_every_office_has_no_finding(
    every_state_live: Cast,
    page_of: Callable[..., Page],
    language: str,
    scheme: str,
    record_property: Any,
) -> None:
    found: list[str] = []
    tried = 0
    for user in every_state_live.everybody:
        user.language = language
        user.save(update_fields=["language"])
        browser = page_of(user, color_scheme=scheme)
        for page in list(pages_of(user, enough=2, more={})):
            found += findings(browser, page.url)
            tried += 1
    record_property("pages under axe, in two languages, light and dark", tried)
    assert not found, "\n".join(found)

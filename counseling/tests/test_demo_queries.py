"""No page of the demo school needs more than 15 queries, home 18, the case page 25."""

from typing import Any

import pytest

from counseling.tests.crawl import pages_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.sqlite]

USUAL = 15
MORE = {"home": 18, "cases:case": 25}
OFFICES = ("guru1", "wali1", "bk1", "koordinator", "kepsek", "waka", "operator")


@pytest.mark.parametrize("username", OFFICES)
def test_no_page_of_an_office_asks_many_queries(demo_school: Any, username: str) -> None:
    user = demo_school.user(username)
    asked = {
        (page.name, page.url): page.queries
        for page in pages_of(user, enough=3, more={"cases:case": 6}, counting=True)
    }
    worst = sorted(asked.items(), key=lambda pair: -pair[1])[:3]
    print(f"{username}: {len(asked)} pages; most queries: {worst}")
    assert {page: n for page, n in asked.items() if n > MORE.get(page[0], USUAL)} == {}

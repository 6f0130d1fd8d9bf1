"""No page of the demo school needs more than 15 queries, but for those that ask of many things."""

from typing import Any

import pytest
from django.test import Client

from counseling.tests.crawl import Found
from counseling.tests.numbers import pages_of_demo
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.sqlite]

USUAL = 15
MORE = {
    "home": 28,  # one for each of the four kinds beside the ladder, three for reports of semesters
    "home_wide": 27,
    "reports:semester": 18,
    **dict.fromkeys(("reports:evaluation", "reports:write_evaluation"), 22),  # of each stage
    "reports:running": 31,  # one for each kind of step, and what recaps and class lists wait for
    "recaps:class_lists": 18,
    "homevisits:progress_print": 16,
    "cases:case": 25,
    "cases:cases": 20,  # one for each kind of step, on the ladder or beside it
    "cases:resolve": 16,  # one for each kind of step
    "student": 24,  # one for each kind of step in all semesters of the student
    "student_record": 24,
    "school:person": 18,
    "school:new_year_students": 17,
    "school:new_year_check": 16,
    "school:new_year_classes": 16,
}
OFFICES = (
    *("guru1", "koordinator", "kepsek", "operator"),
    *(pytest.param(who, marks=pytest.mark.trust) for who in ("wali1", "bk1", "waka")),
)


@pytest.mark.parametrize("username", OFFICES)
def test_no_page_of_an_office_asks_many_queries(demo_school: Any, username: str) -> None:
    user = demo_school.user(username)
    client = signed_in(user)
    asked = {(page.name, page.url): few(client, page) for page in pages_of_demo(user)}
    worst = sorted(asked.items(), key=lambda pair: -pair[1])[:3]
    print(f"{username}: {len(asked)} pages; most queries: {worst}")
    assert {page: n for page, n in asked.items() if n > limit(page[0])} == {}


def few(client: Client, page: Found) -> int:
    """Return how many queries the page asks; where those are many, once caches are warm."""
    is_few = page.queries <= limit(page.name)
    return page.queries if is_few else queries_of(client, page.url)


def limit(name: str) -> int:
    return MORE.get(name, USUAL)

"""Each report of the demo school says the same on its page, on paper, in CSV and in Excel."""

from collections.abc import Callable

import pytest

from counseling.tests.conftest import DemoSchool
from counseling.tests.numbers import wrong
from counseling.tests.printed import hidden_on_paper
from counseling.tests.report_files import Page, addresses, compared
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]

Record = Callable[[str, int], None]
READERS = ("koordinator", "kepsek", "bk1", "wali1", "waka")


def test_a_semester_says_the_same_on_page_paper_and_in_files(demo_school: DemoSchool) -> None:
    assert {"no-print", "tabs"} <= hidden_on_paper()
    figures, _pages = _walk(demo_school, "koordinator", most=1)
    assert figures > 100


@pytest.mark.trust
@pytest.mark.parametrize("who", READERS)
def test_each_report_says_the_same_and_each_number_opens_to_its_rows(
    who: str, demo_school: DemoSchool, record_property: Record
) -> None:
    figures, pages = _walk(demo_school, who)
    assert not wrong(demo_school.user(who), pages)
    record_property("figures of reports compared with paper, CSV and Excel", figures)
    record_property("figures of reports that differ", 0)


def _walk(school: DemoSchool, who: str, *, most: int = 3) -> tuple[int, list[Page]]:
    """Return how many figures the reports show that a person reads, and their pages."""
    user = school.user(who)
    client = signed_in(user)
    found = [compared(client, url) for url in addresses(user, most=most)]
    assert not [line for _page, _figures, lines in found for line in lines]
    return sum(figures for _page, figures, _lines in found), [page for page, *_rest in found]

"""Every page opens in a school that has people and nothing else: no semester, class or student."""

import pytest
from django.urls import NoReverseMatch, reverse

from counseling.tests.crawl import all_names
from school.models import AcademicYear, SchoolProfile
from school.roles import COORDINATOR, COUNSELOR, OPERATOR, PRINCIPAL, STUDENT_AFFAIRS
from school.tests import factories as make
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OFFICES = {
    "operator": OPERATOR,
    "counselor": COUNSELOR,
    "coordinator": COORDINATOR,
    "principal": PRINCIPAL,
    "student affairs": STUDENT_AFFAIRS,
    "no office": None,
}
OPENS = {200, 302, 403, 404, 405}
"""404 and 405: pages that exist for some people alone, and those that only take a POST."""


def addresses() -> list[str]:
    """Return the address of each page that needs no id."""
    found = []
    for name in sorted(all_names()):
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found


@pytest.mark.parametrize("office", OFFICES)
def test_every_page_opens_in_an_empty_school(office):
    client = signed_in(make.person(OFFICES[office]))
    client.raise_request_exception = False
    assert not SchoolProfile.objects.exists()
    assert not AcademicYear.objects.exists()
    opened = {url: client.get(url).status_code for url in addresses() if url != "/keluar/"}
    assert len(opened) > 30
    assert {url: status for url, status in opened.items() if status not in OPENS} == {}

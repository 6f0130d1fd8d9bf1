"""The progress report on a phone."""

import pytest

from cases.tests import factories as make
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_tables_of_the_progress_report_fit_a_phone_with_all_their_columns(page_of):
    cast = small_school()
    make.direct_case(cast, cast.students[0], confirmed=True)
    page = page_of(cast.bk)
    page.goto("/laporan/progres/")
    regions = page.locator(".scroll").all()
    assert len(regions) == 2
    assert [region.evaluate("one => one.scrollWidth - one.clientWidth") for region in regions] == [
        0,
        0,
    ]

"""Each number of the demo school that is a link opens to its rows, too."""

import pytest

from counseling.tests.conftest import DemoSchool
from counseling.tests.numbers import pages_of_demo, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]

MOST = 6
"""How many numbers of a page are opened: its first rows."""


@pytest.mark.parametrize("who", ["bk1", "koordinator", "kepsek", "wali1", "waka"])
def test_each_number_of_the_demo_school_opens_to_its_rows(
    who: str, demo_school: DemoSchool
) -> None:
    user = demo_school.user(who)
    assert not wrong(user, pages_of_demo(user), most_of_a_page=MOST)

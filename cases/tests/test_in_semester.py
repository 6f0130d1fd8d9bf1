"""The days of a semester keep its cases within them."""

import pytest

from cases.tests import factories as make
from school.in_semester import first_day_of
from school.tests.cast import small_school
from workflow import clock

pytestmark = pytest.mark.django_db


def test_a_semester_without_cases_may_begin_on_any_day():
    assert first_day_of(small_school(1).semester) is None


def test_a_semester_cannot_begin_after_its_first_case():
    cast = small_school(2)
    case = make.direct_case(cast)
    assert first_day_of(cast.semester) == clock.day_of(case.opened_at)

"""A recap period that has a recap: it is not deleted, and keeps its first day."""

import pytest

from recaps.models import Recap
from school.models import RecapPeriod
from school.school_years import Days
from school.tests.cast import small_school
from school.workflow.periods import change_period, delete_periods
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = small_school(1)
    Recap.objects.create(group=made.maths.group, period=made.period)
    return made


def test_it_is_not_deleted_and_neither_are_those_chosen_with_it(cast):
    with pytest.raises(NotNow) as why:
        delete_periods([cast.earlier_period, cast.period], by=cast.operator)
    assert "Sudah ada rekap" in str(why.value)
    assert RecapPeriod.objects.count() == 2


def test_it_keeps_its_first_day(cast):
    days = Days(cast.earlier_period.ends_on, cast.period.ends_on)
    cast.earlier_period.delete()
    with pytest.raises(NotNow):
        change_period(cast.period, days, by=cast.operator, read_at=1)


def test_its_last_day_can_be_changed(cast):
    days = Days(cast.period.starts_on, cast.semester.ends_on)
    change_period(cast.period, days, by=cast.operator, read_at=1)
    cast.period.refresh_from_db()
    assert cast.period.ends_on == cast.semester.ends_on

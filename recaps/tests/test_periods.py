"""A recap period that has a recap: it is not deleted, and keeps its first day."""

import pytest

from recaps.models import Recap
from recaps.queries.outstanding import outstanding_for
from recaps.tasks import waiting
from school.models import RecapPeriod
from school.school_years import Days
from school.tests.cast import small_school
from school.workflow.periods import (
    begin_recaps,
    change_period,
    delete_periods,
    recaps_usually_from,
)
from workflow import clock
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


def test_recaps_do_not_begin_after_it(cast):
    cast.period.ends_on = cast.period.starts_on
    cast.period.save(update_fields=["ends_on"])
    with pytest.raises(NotNow) as why:
        begin_recaps(cast.semester, clock.today(), by=cast.operator)
    assert "Sudah ada rekap" in str(why.value)
    assert RecapPeriod.objects.count() == 2


def test_with_it_a_new_semester_has_all_of_its_months(cast):
    assert recaps_usually_from() is None
    Recap.objects.all().delete()
    assert recaps_usually_from() == clock.today()


def test_of_months_before_recaps_count_nobody_owes_anything(cast):
    Recap.objects.all().delete()
    early = str(cast.earlier_period)

    def asked():
        lines = [
            task.more + task.group for user in (cast.guru, cast.wali) for task in waiting(user)
        ]
        lists = [str(one.period) for one in outstanding_for(cast.coordinator, cast.semester)]
        return [said for said in (*lines, *lists) if early in said]

    assert len(asked()) > len(waiting(cast.wali)) > 0
    begin_recaps(cast.semester, cast.period.starts_on, by=cast.operator)
    assert asked() == []

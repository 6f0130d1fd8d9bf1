"""School days: in October 2021 Maulid Nabi is on the 19th and 20th, the 16th is a Saturday."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from school.days import Calendar, Holiday, calendar_of
from school.models import Policy, RecapPeriod
from school.tests.factories import PolicyFactory, RecapPeriodFactory, SemesterFactory

MAULID = Holiday(date(2021, 10, 19), date(2021, 10, 20), "Maulid Nabi")
SIX_DAYS = calendar_of(("7",), (MAULID,))
FIVE_DAYS = calendar_of(("6", "7"), (MAULID,))


def october(day: int) -> date:
    return date(2021, 10, day)


@pytest.mark.parametrize(
    ("calendar", "day", "why"),
    [
        (FIVE_DAYS, 15, ""),
        (SIX_DAYS, 16, ""),
        (FIVE_DAYS, 16, "Sabtu"),
        (SIX_DAYS, 17, "Minggu"),
        (SIX_DAYS, 18, ""),
        (SIX_DAYS, 19, "Maulid Nabi"),
        (SIX_DAYS, 20, "Maulid Nabi"),
        (SIX_DAYS, 21, ""),
    ],
)
def test_a_day_is_free_by_its_weekday_or_a_holiday(calendar: Calendar, day: int, why: str) -> None:
    assert str(calendar.why_free(october(day))) == why
    assert calendar.is_school_day(october(day)) is (why == "")


@pytest.mark.parametrize(("day", "moved_to"), [(15, 15), (16, 18), (17, 18), (19, 21), (20, 21)])
def test_a_free_day_moves_to_the_next_school_day(day: int, moved_to: int) -> None:
    assert FIVE_DAYS.on_or_after(october(day)) == october(moved_to)


@pytest.mark.parametrize(
    ("day", "count", "found"), [(14, 0, 14), (14, 1, 15), (14, 2, 18), (14, 3, 21), (17, 1, 18)]
)
def test_the_nth_school_day_after_a_day(day: int, count: int, found: int) -> None:
    assert FIVE_DAYS.after(october(day), count) == october(found)


def test_the_school_days_of_a_span() -> None:
    assert FIVE_DAYS.between(october(14), october(21)) == [october(n) for n in (14, 15, 18, 21)]


def test_a_calendar_without_any_school_day_answers_the_day_itself() -> None:
    never = calendar_of(tuple("1234567"), ())
    assert never.on_or_after(october(14)) == october(14)


@pytest.mark.django_db
def test_holidays_are_kept_in_order_of_their_days() -> None:
    later = Holiday(date(2021, 12, 25), date(2021, 12, 25), "Hari Raya Natal")
    policy = PolicyFactory(semester=SemesterFactory(policy=None), holidays=[later, MAULID])
    policy.refresh_from_db()
    assert policy.holidays == (MAULID, later)
    assert Policy.objects.get().calendar is policy.calendar


@pytest.mark.parametrize(
    "holiday",
    [Holiday(october(20), october(19), "Maulid Nabi"), Holiday(october(19), october(19), " ")],
)
def test_a_holiday_has_a_name_and_does_not_end_before_it_begins(holiday: Holiday) -> None:
    with pytest.raises(ValidationError):
        Policy._meta.get_field("holidays").clean((holiday,), None)


def test_a_due_date_that_falls_on_no_school_day_moves_to_the_next_one() -> None:
    policy = Policy(free_weekdays=["6", "7"], holidays=(MAULID,))
    assert policy.due(october(14), 1) == october(15)
    assert policy.due(october(14), 2) == october(18)
    assert policy.due(october(14), 5) == october(21)


@pytest.mark.django_db
def test_recap_and_list_are_due_on_school_days() -> None:
    """The recap is due five days after 11 October; the list three days after the recap."""
    semester = SemesterFactory(
        starts_on=october(1), ends_on=october(31), policy__free_weekdays=["7"]
    )
    Policy.objects.update(holidays=(MAULID,))
    RecapPeriodFactory(semester=semester, starts_on=october(1), ends_on=october(12))
    period = RecapPeriod.objects.get()
    assert (period.recap_due_on, period.list_due_on) == (october(18), october(21))

"""The rules of dates: the semester, today, what an act follows from, what can be planned."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from school.dates import (
    Ground,
    act_day,
    act_moment,
    not_before,
    not_frozen,
    planned_day,
    promised_day,
    rests_on,
    wished_day,
)
from school.forms.when import kindly
from school.tests import factories as make
from workflow import clock
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db

TODAY = date(2021, 10, 6)
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))
FIRST_DAY = date(2021, 7, 12)


@pytest.fixture(autouse=True)
def it_is_noon():
    with clock.still_at(NOON), translation.override("en"):
        yield


def semester():
    return make.SemesterFactory(starts_on=FIRST_DAY, ends_on=date(2021, 12, 18))


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (FIRST_DAY, None),
        (TODAY, None),
        (FIRST_DAY - timedelta(days=1), "before the semester began"),
        (TODAY + timedelta(days=1), "in the future"),
    ],
)
def test_the_day_of_an_act_lies_between_the_first_day_of_its_semester_and_today(day, word):
    if word is None:
        assert act_day(semester(), day) == day
        return
    with pytest.raises(NotNow, match=word):
        act_day(semester(), day)


def test_a_semester_takes_acts_after_its_last_day_too():
    over = make.SemesterFactory(starts_on=FIRST_DAY, ends_on=TODAY - timedelta(days=9))
    assert act_day(over, TODAY) == TODAY


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (None, NOON),
        (NOON, NOON),
        (clock.day_start(FIRST_DAY), clock.day_start(FIRST_DAY)),
        (clock.day_start(FIRST_DAY) - timedelta(seconds=1), "before the semester began"),
        (NOON + timedelta(seconds=1), "The time is in the future"),
        (NOON + timedelta(days=1), "The date is in the future"),
    ],
)
def test_the_moment_of_an_act_is_now_unless_typed_and_never_to_come(moment, expected):
    if isinstance(expected, datetime):
        assert act_moment(semester(), moment) == expected
        return
    with pytest.raises(NotNow, match=expected):
        act_moment(semester(), moment)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_an_act_lies_not_before_what_it_rests_on(days, holds):
    for first in (TODAY, NOON):
        when = first + timedelta(days=days)
        if holds:
            assert not_before(when, first, "too early") == when
            continue
        with pytest.raises(NotNow, match="too early"):
            not_before(when, first, "too early")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "6 October 2021 at 12:00"), ("id", "6 Oktober 2021 pukul 12.00")],
)
def test_a_refusal_says_the_moment_as_its_reader_would(language, said):
    with translation.override(language), pytest.raises(NotNow, match=said):
        rests_on(NOON - timedelta(hours=1), {Ground.OPENING: NOON})


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, True), (120, True), (121, False)])
def test_what_is_planned_lies_within_four_months(days, holds):
    day = TODAY + timedelta(days=days)
    if holds:
        assert planned_day(day, TODAY) == day
        return
    with pytest.raises(NotNow, match="four months"):
        planned_day(day, TODAY)


def test_a_frozen_semester_takes_no_acts():
    term = semester()
    assert not_frozen(term) is None
    term.frozen_at = NOON
    assert not_frozen(term)


def test_a_form_says_a_refused_date_at_its_field():
    assert kindly(planned_day, TODAY, TODAY) == TODAY
    with pytest.raises(ValidationError, match="four months"):
        kindly(planned_day, TODAY + timedelta(days=121), TODAY)


@pytest.mark.parametrize(
    ("rule", "first", "last"), [(wished_day, -400, 120), (promised_day, -199, 399)]
)
def test_a_day_that_one_types_ahead_lies_near_enough_to_be_meant(rule, first, last):
    for days in (first, 0, last):
        day = TODAY + timedelta(days=days)
        assert rule(day) == day
    for days in (first - 1, last + 1):
        with pytest.raises(NotNow):
            rule(TODAY + timedelta(days=days))

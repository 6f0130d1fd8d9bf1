"""The clock gives real time plus an offset, which only a demo school has."""

from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from workflow import clock
from workflow.errors import NotNow
from workflow.models import ClockOffset

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 10, 6, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    clock.forget()
    yield
    clock.forget()


def test_without_an_offset_it_is_real_time():
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def test_an_offset_is_kept_for_every_process():
    clock.set_offset(timedelta(days=-500))
    assert abs(clock.now() - (timezone.now() - timedelta(days=500))) < timedelta(seconds=5)
    clock.forget()
    assert clock.today() == timezone.localdate(timezone.now() - timedelta(days=500))


def test_the_offset_is_read_again_after_a_while_but_not_amid_a_test(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_remembered", (monotonic() - 10_000, timedelta(0)))
    with django_assert_num_queries(0):
        clock.now()
    monkeypatch.setattr(clock, "REMEMBER_SECONDS", 60)
    with django_assert_num_queries(1):
        clock.now()


def test_a_second_offset_takes_the_place_of_the_first():
    clock.set_offset(timedelta(days=1))
    clock.set_offset(timedelta(days=2))
    assert ClockOffset.objects.get().offset == timedelta(days=2)
    with pytest.raises(IntegrityError):
        ClockOffset.objects.create(pk=2)


def test_a_block_lives_at_another_moment_and_real_time_comes_back():
    then = datetime(2021, 10, 4, 1, tzinfo=UTC)
    with clock.shifted_to(then):
        assert clock.now() - then < timedelta(seconds=5)
        assert clock.today() == date(2021, 10, 4)
    assert clock.today() == timezone.localdate()


def test_today_is_the_day_of_the_school_not_of_london():
    with clock.shifted_to(datetime(2021, 10, 3, 18, tzinfo=UTC)):
        assert clock.today() == date(2021, 10, 4)


def test_a_day_starts_at_its_midnight_in_the_school():
    start = clock.day_start(date(2021, 10, 4))
    assert start == datetime(2021, 10, 3, 17, tzinfo=UTC)


def test_the_offset_is_asked_once_a_minute(django_assert_num_queries):
    clock.now()
    with django_assert_num_queries(0):
        clock.now()


def test_what_happened_is_over_and_was_now_unless_told():
    with clock.still_at(NOON):
        assert clock.happened(None) == NOON
        assert clock.happened(NOON - timedelta(days=9)) == NOON - timedelta(days=9)
        assert clock.happened(NOON) == NOON
        with pytest.raises(NotNow):
            clock.happened(NOON + timedelta(microseconds=1))

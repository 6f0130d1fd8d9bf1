"""The school days of a semester: which days have lessons, and which day comes when.

`semester.policy.calendar` answers without a query of its own: the free weekdays and the holidays
stand in columns of the policy, which each page that says a due date reads anyway. Ask

    calendar.is_school_day(day)      whether there are lessons
    calendar.why_free(day)           "Maulid Nabi" or "Sunday"; "" on a school day
    calendar.on_or_after(day)        the day itself, or the next school day
    calendar.after(day, 3)           the third school day after it
    calendar.between(first, last)    the school days of a span, as a list

A due date is `policy.due(day, 5)`: five calendar days later, and if there is no school on that day,
on the next school day. Days late are calendar days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.errors import Text

A_DAY = timedelta(days=1)
LONGEST_BREAK = 60
"""Days within which lessons begin again; a longer span of free days is a mistake in the dates."""


class Weekday(models.TextChoices):
    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class Holiday(NamedTuple):
    """Days without lessons, from the first to the last; both are the same for a single day."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Calendar:
    free_weekdays: frozenset[int]
    """As `date.isoweekday` counts: 7 is Sunday."""
    holidays: dict[date, str] = field(default_factory=dict, compare=False)
    """Each day of each holiday, with its name."""

    def why_free(self, day: date) -> Text:
        """Return the holiday's name or the weekday; "" for a school day."""
        if name := self.holidays.get(day):
            return name
        weekday = day.isoweekday()
        return Weekday(str(weekday)).label if weekday in self.free_weekdays else ""

    def is_school_day(self, day: date) -> bool:
        return day.isoweekday() not in self.free_weekdays and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """Return `day` or the next school day; `day` if there is none within two months."""
        if self.is_school_day(day):
            return day
        days = (day + timedelta(days=n) for n in range(1, LONGEST_BREAK))
        return next(filter(self.is_school_day, days), day)

    def after(self, day: date, count: int) -> date:
        """Return the school day that is `count` school days after `day`."""
        for _n in range(count):
            day = self.on_or_after(day + A_DAY)
        return day

    def between(self, first: date, last: date) -> list[date]:
        """Return the school days from `first` to `last`, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return list(filter(self.is_school_day, days))


@lru_cache(maxsize=64)
def calendar_of(free_weekdays: tuple[str, ...], holidays: tuple[Holiday, ...]) -> Calendar:
    """Return the calendar; the same one for the same days, so rows of one semester share it."""
    named = {day: holiday.name for holiday in holidays for day in _days_of(holiday)}
    return Calendar(frozenset(map(int, free_weekdays)), named)


def _days_of(holiday: Holiday) -> Iterable[date]:
    return (
        holiday.first + timedelta(days=n) for n in range((holiday.last - holiday.first).days + 1)
    )

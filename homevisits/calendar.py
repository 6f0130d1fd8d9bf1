"""A month and a week as pages show them, with what stands in them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from cases.appointments import Appointment
from school import wording
from school.free_days import is_named, why_free
from school.models import Semester
from workflow import clock

WEEK = 7
MOST_IN_A_CELL = 4
USUAL_HOURS = (8, 12)
"""The first and the last hour that an empty week shows."""


@dataclass(frozen=True)
class Day:
    day: date
    entries: list[Appointment]
    why_free: str
    is_holiday: bool
    """Whether it is free by a name of its own, not as a weekday."""
    is_outside: bool = False
    """Whether it belongs to the month before or after the one shown."""

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()

    @property
    def shown(self) -> list[Appointment]:
        """Return what a cell of the month has room for."""
        return self.entries[:MOST_IN_A_CELL]

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.shown)


@dataclass(frozen=True)
class Hour:
    """A line of the week: what begins in an hour, for each day."""

    label: str
    cells: list[tuple[Day, list[Appointment]]]


Look = Callable[[date], Day]


def days_of(
    first: date,
    last: date,
    entries: Iterable[Appointment],
    semesters: Collection[Semester],
    month: int | None = None,
) -> list[Day]:
    """Return the days of a span; those outside of `month` are marked."""
    on = {day: list(of_day) for day, of_day in groupby(entries, lambda one: clock.day_of(one.at))}
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        Day(
            day,
            on.get(day, []),
            why_free(day, semesters) if semesters else "",
            is_named(day, semesters),
            is_outside=month not in (None, day.month),
        )
        for day in span
    ]


def weeks(days: list[Day]) -> list[list[Day]]:
    return [days[start:end] for start, end in pairwise(range(0, len(days) + 1, WEEK))]


def hours(days: list[Day]) -> list[Hour]:
    """Return a line for each hour from the first to the last in which something begins."""
    begun = {hour_of(one) for day in days for one in day.entries}
    first, last = min([*begun, USUAL_HOURS[0]]), max([*begun, USUAL_HOURS[1]])
    return [
        Hour(
            wording.hour(hour),
            [(day, [one for one in day.entries if hour_of(one) == hour]) for day in days],
        )
        for hour in range(first, last + 1)
    ]


def hour_of(one: Appointment) -> int:
    return clock.local(one.at).hour


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_span(first: date) -> tuple[date, date]:
    """Return the Monday and the Sunday between which the whole month lies."""
    last = next_month(first) - timedelta(days=1)
    return monday_of(first), monday_of(last) + timedelta(days=WEEK - 1)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def opened_first(days: list[Day]) -> date | None:
    """Return the day whose list a phone shows first: today, else the first one with entries."""
    with_entries = [day for day in days if day.entries and not day.is_outside]
    of_today = [day for day in days if day.is_today and not day.is_outside]
    return next((day.day for day in (*of_today, *with_entries)), None)

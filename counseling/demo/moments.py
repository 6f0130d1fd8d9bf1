"""Days and hours of the demo, and the diary that does its acts in order of time."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from workflow import clock

SUNDAY = 6


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of `day` in the school's time zone."""
    return clock.day_start(day).replace(hour=hour, minute=minute)


def working_day(rng: random.Random, first: date, last: date) -> date:
    """Draw a day from `first` to `last`, both included, that is not a Sunday."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return rng.choice([day for day in days if day.weekday() != SUNDAY])


def no_sunday(moment: datetime) -> datetime:
    """Return `moment`, or the same hour of the next Monday if it is on a Sunday."""
    return moment + timedelta(days=1) if moment.weekday() == SUNDAY else moment


def working_hour(rng: random.Random, day: date) -> datetime:
    """Draw a moment of `day` between 7:00 and 14:30."""
    return at(day, 7) + timedelta(minutes=5 * rng.randrange(90))


@dataclass(order=True)
class _Planned:
    moment: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


@dataclass
class Diary:
    """Acts with their moments, done in order of time, so that the log grows as in a real school."""

    planned: list[_Planned] = field(default_factory=list)

    def plan(self, moment: datetime, act: Callable[[], object]) -> None:
        self.planned.append(_Planned(moment, len(self.planned), act))

    def live(self) -> None:
        for planned in sorted(self.planned):
            with clock.still_at(planned.moment):
                planned.act()
        self.planned.clear()

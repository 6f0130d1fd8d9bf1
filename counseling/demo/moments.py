"""Days and hours of the demo, and the diary that does its acts in order of time."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from counseling.demo.holidays import CALENDAR
from school.models import User
from workflow import clock

AN_HOUR = timedelta(hours=1)
LAST_HOUR = 16
"""No appointment begins later."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of `day` in the school's time zone."""
    return clock.day_start(day).replace(hour=hour, minute=minute)


def working_day(rng: random.Random, first: date, last: date) -> date:
    """Draw a school day from `first` to `last`, both included; else the next one."""
    return rng.choice(CALENDAR.between(first, last) or [CALENDAR.on_or_after(first)])


def on_school_day(moment: datetime) -> datetime:
    """Return `moment`, or the same hour of the next school day if there is no school then."""
    day = moment.date()
    return moment + (CALENDAR.on_or_after(day) - day)


def working_hour(rng: random.Random, day: date) -> datetime:
    """Draw a moment between 7:00 and 14:30 of `day`, or of the next school day."""
    return at(CALENDAR.on_or_after(day), 7) + timedelta(minutes=5 * rng.randrange(90))


@dataclass(order=True)
class _Planned:
    moment: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


@dataclass
class Diary:
    """Acts with their moments, done in order of time, so that the log grows as in a real school.

    It also keeps the appointments, since nobody is in two places at once.
    """

    planned: list[_Planned] = field(default_factory=list)
    taken: dict[int, list[tuple[datetime, datetime]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """User id → begin and end of each appointment."""

    def plan(self, moment: datetime, act: Callable[[], object]) -> None:
        self.planned.append(_Planned(moment, len(self.planned), act))

    def book(self, people: Iterable[User], moment: datetime, hours: int) -> datetime:
        """Return the first hour from `moment` on at which all are free, and take it."""
        who = [user.pk for user in people]
        while any(self._is_busy(pk, moment, hours) for pk in who):
            moment += AN_HOUR
            if moment.hour > LAST_HOUR:
                moment = at(CALENDAR.after(moment.date(), 1), 8)
        for pk in who:
            self.taken[pk].append((moment, moment + hours * AN_HOUR))
        return moment

    def _is_busy(self, pk: int, moment: datetime, hours: int) -> bool:
        until = moment + hours * AN_HOUR
        return any(begins < until and moment < ends for begins, ends in self.taken[pk])

    def live(self) -> None:
        for planned in sorted(self.planned):
            with clock.still_at(planned.moment):
                planned.act()
        self.planned.clear()

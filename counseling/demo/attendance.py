"""Daily attendance of the running semester, as homeroom teachers enter it."""

import random
from collections.abc import Iterable
from datetime import date

from counseling.demo.classes import Class
from counseling.demo.holidays import CALENDAR
from recaps.models import Absence
from recaps.models.attendance import AbsenceCode

CODES = (*[AbsenceCode.SICK] * 5, *[AbsenceCode.PERMITTED] * 3, *[AbsenceCode.ABSENT] * 2)
LONGEST = 3
"""School days that somebody is away at most."""


def enter(rng: random.Random, classes: Iterable[Class], first: date, last: date) -> None:
    """Let a few students of each class be away on a day or on some days in a row."""
    days = CALENDAR.between(first, last)
    rows = [
        Absence(student=pupil, day=day, code=code, by=c.homeroom)
        for c in classes
        for pupil in rng.sample(c.pupils, len(c.pupils) // 2)
        for code, away in [_away(rng, days)]
        for day in away
    ]
    Absence.objects.bulk_create(rows)


def _away(rng: random.Random, days: list[date]) -> tuple[str, list[date]]:
    at = rng.randrange(len(days))
    return rng.choice(CODES), days[at : at + rng.randint(1, LONGEST)]

"""School years and the usual days of their semesters, as school calendars set them.

Ganjil begins in the middle of July and ends before Christmas, Genap begins after New Year and ends
in June; both begin on a Monday and end on a Friday. A school changes these days where its own
calendar says otherwise.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from school.days import A_DAY
from school.models.semesters import Semester, Term
from workflow import clock

MONDAY, FRIDAY = 1, 5
LABEL = re.compile(r"(\d{4})/(\d{4})")
YEARS = range(2000, 2099)
"""In which a school year may begin; any other is a slip of the keys."""
FIRST_MONTH = 7
"""July, in which a school year begins."""
SHORTEST = 7
"""Days of the shortest recap period that is proposed; fewer are joined to the month beside them."""


class Days(NamedTuple):
    """The first and the last day of a semester or of a recap period."""

    first: date
    last: date


class Proposal(NamedTuple):
    year_label: str
    term: Term
    days: Days


def label_of(begins_in: int) -> str:
    """Return "2021/2022" for the year that begins in 2021."""
    return f"{begins_in}/{begins_in + 1}"


def begins_in(label: str) -> int | None:
    """Return 2021 for "2021/2022"; None for a text that is no school year of our time."""
    found = LABEL.fullmatch(label)
    if not found or int(found[2]) != int(found[1]) + 1:
        return None
    return int(found[1]) if int(found[1]) in YEARS else None


def year_of(day: date) -> int:
    """Return the calendar year in which the school year of a day begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def usual_days(begun_in: int, term: Term) -> Days:
    """Return the days that a semester usually has, of the year that begins in a calendar year."""
    if term == Term.ODD:
        return Days(
            _weekday(date(begun_in, 7, 12), MONDAY), _weekday(date(begun_in, 12, 15), FRIDAY)
        )
    spring = begun_in + 1
    return Days(_weekday(date(spring, 1, 2), MONDAY), _weekday(date(spring, 6, 15), FRIDAY))


def next_semester() -> Proposal:
    """Return the semester after the last one, or the one of today where there is none yet."""
    last = Semester.objects.select_related("year").last()
    if last is None:
        begun_in = year_of(clock.today())
        term = Term.ODD if clock.today().month >= FIRST_MONTH else Term.EVEN
    else:
        begun_in = begins_in(last.year.label) or year_of(last.starts_on)
        begun_in += last.term == Term.EVEN
        term = Term.EVEN if last.term == Term.ODD else Term.ODD
    days = usual_days(begun_in, term)
    if last is not None and last.ends_on >= days.first:
        days = days._replace(first=last.ends_on + A_DAY)
    return Proposal(label_of(begun_in), term, days)


def months_of(days: Days) -> list[Days]:
    """Return the months of a semester as its recap periods; a short end belongs to its neighbor."""
    months = list(_months(days))
    if len(months) > 1 and _length(months[0]) < SHORTEST:
        months[:2] = [Days(months[0].first, months[1].last)]
    if len(months) > 1 and _length(months[-1]) < SHORTEST:
        months[-2:] = [Days(months[-2].first, months[-1].last)]
    return months


def _months(days: Days) -> Iterator[Days]:
    first = days.first
    while first <= days.last:
        next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield Days(first, min(next_month - A_DAY, days.last))
        first = next_month


def _length(days: Days) -> int:
    return (days.last - days.first).days + 1


def _weekday(day: date, weekday: int) -> date:
    """Return the day, or the next one that is such a weekday."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)

"""The results of a semester's cases, and the change of its figures from another semester."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count

from cases import steps
from cases.models import Case, CaseStatus, Rung
from cases.models.evidence import goes_on
from reports.courses import days_to_resolution
from reports.quartiles import spread_of
from reports.rates import percent, rounded
from reports.tables import Tally
from school.models import Enrolment, Semester
from workflow import clock


class Opened(NamedTuple):
    """A case: how far it went, when it was opened and, if it has ended, when and how."""

    pk: int
    semester: int
    rung: int
    status: str
    opened_at: datetime
    ended_at: datetime | None
    goes_on: bool


def opened_in(semesters: Iterable[Semester]) -> list[Opened]:
    """Return the cases of the semesters that count in the tables; one query."""
    found = Case.objects.counted().filter(semester__in={one.pk for one in semesters})
    rows = found.annotate(goes_on=goes_on()).values_list(*Opened._fields)
    return [Opened(*row) for row in rows]


@dataclass(frozen=True)
class Resolved:
    """How many cases were resolved, and the median of the days that it took from the recap."""

    number: int = 0
    days: Decimal | None = None


def resolved(semester: Semester, opened: Iterable[Opened]) -> Resolved:
    """Return the results of the semester's cases, which are among `opened`."""
    mine = [
        case
        for case in opened
        if case.semester == semester.pk and case.status == CaseStatus.RESOLVED
    ]
    return Resolved(len(mine), spread_of(days_to_resolution(mine)).median)


@dataclass(frozen=True)
class Change:
    """The change of a figure from one semester to the next."""

    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """Return the change in percent of the first figure; None if that is 0."""
        return percent(self.difference, self.before) if self.before else None


@dataclass(frozen=True)
class Comparison:
    """The change of cases, rate and home visits. `points` is None without students before."""

    cases: Change
    visits: Change
    points: Decimal | None


def compare(first: Tally, second: Tally) -> Comparison:
    """Return the change from `first` to `second`; points from the exact rates, then rounded."""
    points = None
    if first.students and second.students:
        rates = [Decimal(100 * tally.cases) / tally.students for tally in (first, second)]
        points = rounded(rates[1] - rates[0])
    return Comparison(
        cases=Change(first.cases, second.cases),
        visits=Change(first.at(Rung.HOME_VISIT), second.at(Rung.HOME_VISIT)),
        points=points,
    )


def same_day(semester: Semester, running: Semester) -> date:
    """Return the day of `semester` that is as far from its start as today is in `running`."""
    day = semester.starts_on + (clock.today() - running.starts_on)
    return min(day, semester.ends_on)


def tally_on(semester: Semester, day: date, opened: Iterable[Opened]) -> Tally:
    """Return the counts of an earlier semester as they stood on `day`, with visits alone by rung.

    Cases are those of `opened` that were opened by then; a case was at HOME_VISIT if one of its
    steps that count today happened by then. The other cases stand at REVIEW here.
    """
    enrolled = Enrolment.objects.between(semester.starts_on, day)
    students = enrolled.aggregate(n=Count("student", distinct=True))["n"]
    end = clock.day_start(day + timedelta(days=1))
    cases = [case for case in opened if case.semester == semester.pk and case.opened_at < end]
    at_home = [case.pk for case in cases if case.rung == Rung.HOME_VISIT]
    visited = len(steps.rungs(at_home, until=day, only=Rung.HOME_VISIT))
    handled = Counter({Rung.HOME_VISIT: visited, Rung.REVIEW: len(cases) - visited})
    return Tally(students, handled)

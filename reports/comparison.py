"""The results of a semester's cases, and the change of its figures from another semester."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.utils import timezone

from cases import steps
from cases.models import Case, CaseStatus, Rung
from reports.rates import percent, rounded
from reports.tables import Tally
from school.models import Enrolment, Semester
from workflow import clock


@dataclass(frozen=True)
class Resolved:
    """How many cases were resolved, and the median of days from opened to ended."""

    number: int = 0
    days: int | float | None = None


def resolved(semesters: Sequence[Semester]) -> dict[int, Resolved]:
    """Return semester id → the results of its cases."""
    found = Case.objects.filter(semester__in=semesters, status=CaseStatus.RESOLVED)
    days: dict[int, list[int]] = {semester.pk: [] for semester in semesters}
    for semester_id, opened_at, ended_at in found.values_list("semester", "opened_at", "ended_at"):
        lasted = timezone.localdate(ended_at) - timezone.localdate(opened_at)
        days[semester_id].append(lasted.days)
    return {pk: Resolved(len(each), median(each) if each else None) for pk, each in days.items()}


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


def tally_on(semester: Semester, day: date) -> Tally:
    """Return the counts of an earlier semester as they stood on `day`, with visits alone by rung.

    Cases are those opened by then that count today; a case was at HOME_VISIT if one of its steps
    that count today happened by then. The other cases stand at REVIEW here.
    """
    enrolled = Enrolment.objects.between(semester.starts_on, day)
    opened = Case.objects.counted().filter(
        semester=semester, opened_at__lt=clock.day_start(day + timedelta(days=1))
    )
    at_home = opened.filter(rung=Rung.HOME_VISIT).values("pk")
    visited = len(steps.rungs(at_home, until=day, only=Rung.HOME_VISIT))
    handled = Counter({Rung.HOME_VISIT: visited, Rung.REVIEW: opened.count() - visited})
    return Tally(enrolled.values("student").distinct().count(), handled)

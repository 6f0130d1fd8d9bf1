"""How long cases took from step to step, in days.

A case begins with the recap that brought it: the day on which the homeroom teacher handed the class
list to BK, or on which it was opened directly. Recaps of single subjects are not meant: they wait
for the list. A rung begins with its first step that counts: the attempt, the date of the letter,
the proposal of the visit. A case that was carried over has its recap in an earlier semester, so
nothing is counted from there; of one that was opened again the first recap and the last resolution
count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from cases import steps
from cases.models import Case, CaseStatus, Rung
from workflow import clock


class Ending(Protocol):
    """The fields of a case from which the days until it was resolved follow."""

    @property
    def status(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def goes_on(self) -> bool: ...


class Began(Ending, Protocol):
    @property
    def pk(self) -> int: ...


def days_to_resolution(cases: Iterable[Ending]) -> list[int]:
    """Return the days from recap to resolution of the cases that have both."""
    return [
        (clock.day_of(case.ended_at) - clock.day_of(case.opened_at)).days
        for case in cases
        if case.status == CaseStatus.RESOLVED and case.ended_at and not case.goes_on
    ]


@dataclass(frozen=True)
class Course:
    """The days on which a case came further; None for those that it has not."""

    recap: date | None
    first: dict[Rung, date]
    resolved: date | None

    def to_rung(self, rung: Rung) -> int | None:
        """Return the days from the step before to the first one of the rung.

        The step before is the first one of the highest lower rung that the case has, or the recap.
        None also if the steps were taken the other way round.
        """
        return _days(self._before(rung), self.first.get(rung))

    @property
    def to_resolution(self) -> int | None:
        """Return the days from the first step of its highest rung, or the recap, to the end."""
        return _days(self._before(None), self.resolved)

    def _before(self, rung: Rung | None) -> date | None:
        lower = [each for each in self.first if rung is None or each < rung]
        return self.first[max(lower)] if lower else self.recap


def _days(first: date | None, last: date | None) -> int | None:
    if first is None or last is None or last < first:
        return None
    return (last - first).days


def courses_of(cases: Sequence[Began], semesters: Iterable[int]) -> dict[int, Course]:
    """Return case id → its course, of cases of these semesters; a query for each kind of step."""
    counted = Case.objects.counted().filter(semester__in=set(semesters)).order_by()
    dates = steps.dates(counted.values("pk"))
    return {case.pk: _course(case, dates.get(case.pk, {})) for case in cases}


def _course(case: Began, dates: dict[Rung, list[date]]) -> Course:
    is_resolved = case.status == CaseStatus.RESOLVED and case.ended_at
    return Course(
        None if case.goes_on else clock.day_of(case.opened_at),
        {rung: min(days) for rung, days in dates.items()},
        clock.day_of(case.ended_at) if is_resolved and case.ended_at else None,
    )

"""Where the open cases of a semester stand: by what they wait for, and by rung."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from cases.filters import LATE
from cases.models import Case, Rung
from cases.steps import NextStep, Wait, wait_of
from cases.waiting import Waiting, every_wait, waiting_in
from reports.grid import Cell
from school.models import Semester, User
from workflow.addresses import address
from workflow.errors import Text


@dataclass(frozen=True)
class Line:
    """Open cases: how many, how many of them are late, and since when the oldest waits."""

    label: Text
    cases: Cell
    late: Cell
    since: date | None


@dataclass(frozen=True)
class Stands:
    by_wait: list[Line]
    """Those with late cases first, the oldest first; a case stands in each line that it waits
    for."""
    by_rung: list[Line]
    total: Line


@dataclass(frozen=True)
class OpenCases:
    """The open cases of a semester that count in its tables, with what they wait for."""

    semester: Semester
    cases: Sequence[Waiting]

    def late_with(self, wait: Wait) -> list[NextStep]:
        """Return the late steps of this kind, one of each case that has one."""
        found = []
        for case in self.cases:
            late = [step for step in case.steps if step.is_late and wait_of(step) == wait]
            found += late[:1]
        return found

    def cell(
        self, cases: Sequence[Waiting], may_tell: Callable[[Waiting], bool], **query: str
    ) -> Cell:
        """Return the number of `cases`; it opens the list of them to who may be told of each."""
        is_told = bool(cases) and all(map(may_tell, cases))
        return Cell(len(cases), self._url(query) if is_told else "")

    def late_cell(self, wait: Wait) -> Cell:
        late = [case for case in self.cases if case.waits_for(wait, late=True)]
        return self.cell(late, lambda case: case.may_tell(wait), wait=wait.code, due=LATE)

    def _url(self, query: dict[str, str]) -> str:
        return f"{address('cases:cases')}?{urlencode({'semester': self.semester.code, **query})}"


def open_cases(semester: Semester, user: User) -> OpenCases:
    """Return the open cases as `user` may read of them; a query for each kind of step."""
    found = waiting_in(Case.objects.filter(semester=semester), {semester.pk: semester}, user)
    return OpenCases(semester, list(found.values()))


def stands_of(cases: OpenCases) -> Stands:
    """Return where the cases stand; what nobody waits for has no line."""
    by_wait = [line for wait in every_wait() if (line := _of_wait(cases, wait)).cases.value]
    by_wait.sort(key=lambda line: (not line.late.value, line.since or date.max))
    at = [
        _line(cases, rung.label, [one for one in cases.cases if one.rung == rung], rung=rung.name)
        for rung in Rung
    ]
    return Stands(by_wait, at, _line(cases, _("Total"), cases.cases))


def _of_wait(cases: OpenCases, wait: Wait) -> Line:
    here = [case for case in cases.cases if case.waits_for(wait)]
    steps = (step for case in here for step in case.steps if wait_of(step) == wait)
    number = cases.cell(here, lambda case: case.may_tell(wait), wait=wait.code)
    return Line(wait.label, number, cases.late_cell(wait), _oldest(steps))


def _line(cases: OpenCases, label: Text, here: Sequence[Waiting], **query: str) -> Line:
    def may_tell(case: Waiting) -> bool:
        return case.sees_summary

    late = [case for case in here if case.is_late]
    return Line(
        label,
        cases.cell(here, may_tell, **query),
        cases.cell(late, may_tell, due=LATE, **query),
        _oldest(case.first for case in here if case.first),
    )


def _oldest(steps: Iterable[NextStep]) -> date | None:
    return min((step.since for step in steps if step.since), default=None)

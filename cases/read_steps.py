"""Answers about one case, from its steps of all kinds."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from cases.models.case import Case
from cases.models.rung import Rung
from cases.next_steps import next_steps
from cases.steps import (
    Ids,
    Kind,
    Line,
    Moment,
    NextStep,
    OpenCase,
    StepKind,
    Steps,
    deciding,
    kinds,
)
from school.models import User
from workflow.acts import Button
from workflow.errors import Text


class Read:
    """The steps of some cases, which each kind reads only once."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self._read: dict[str, Steps] = {}

    def _of(self, kind: Kind, _ids: Ids | None = None) -> Steps:
        if kind.name not in self._read:
            self._read[kind.name] = kind.of(self.cases)
        return self._read[kind.name]

    def _steps(self, kind: Kind, case: Case) -> list[Any]:
        return self._of(kind).get(case.pk, [])

    def still_open(self, case: Case) -> Text | None:
        """Return why the case cannot end now: a step without its outcome."""
        for kind in filter(_can_be_open, kinds()):
            if reason := kind.open(case, self._steps(kind, case)):
                return reason
        return None

    def reached(self, case: Case) -> bool:
        """Return whether somebody was reached, came or was met, on any rung."""
        return any(kind.reached(case, self._steps(kind, case)) for kind in deciding())

    def referred(self, case: Case) -> bool:
        """Return whether the case was referred to somebody outside who has not refused it."""
        return any(kind.referred(case, self._steps(kind, case)) for kind in deciding())

    def last_done(self, case: Case) -> datetime | None:
        """Return when the last step with an outcome was done; None if there is none."""
        done = [at for kind in deciding() for at in kind.done(case, self._steps(kind, case))]
        return max(done, default=None)

    def coming(self, case: Case) -> NextStep | None:
        """Return what the case waits for, while it is open."""
        asked = [OpenCase.of(case)] if case.is_open else []
        return next_steps(asked, self._of).get(case.pk)

    def summary(self, case: Case) -> list[Line]:
        """Return the lines of all kinds by their days."""
        lines = [
            line for kind in deciding() for line in kind.summary(case, self._steps(kind, case))
        ]
        return sorted(lines, key=itemgetter(0))

    def days_on_rungs(self, case: Case) -> dict[Rung, list[date]]:
        """Return rung → days of its steps that count."""
        found: dict[Rung, list[date]] = {}
        for kind in deciding():
            if kind.rung is not None:
                days = [day for day, _text in kind.summary(case, self._steps(kind, case))]
                found[kind.rung] = sorted(found.get(kind.rung, []) + days)
        return found

    def timeline(self, case: Case) -> list[tuple[Kind, Moment]]:
        """Return the moments of all kinds, each with its kind, the newest first."""
        found = [
            (kind, moment)
            for kind in kinds()
            for moment in kind.timeline(case, self._steps(kind, case))
        ]
        return sorted(found, key=lambda one: one[1].at, reverse=True)

    def acts(self, case: Case, user: User, *, on_ladder: bool) -> list[Button]:
        """Return the acts of the kinds that have a rung, or of those beside the ladder."""
        return [
            button
            for kind in kinds()
            if (kind.rung is not None) == on_ladder
            for button in kind.acts(case, self._steps(kind, case), user)
        ]


def _can_be_open(kind: Kind) -> bool:
    """Whether a step of this kind can hold up the end of a case; the others need not be read."""
    return type(kind).open is not StepKind.open


def next_step(case: Case) -> NextStep | None:
    """Return what one case waits for."""
    return Read([case]).coming(case)

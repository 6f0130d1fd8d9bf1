"""What became of a semester's cases: by rung, and how many of them are relapses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Case, CaseStatus, Outcome, Rung
from reports.grid import Cell, Column, Grid, Line, Unit
from reports.kinds.effectiveness.relapses import came_back
from school.models import Semester, User
from workflow import clock


class Ended(NamedTuple):
    """A case that counts, with how far it went and how it ended."""

    pk: int
    rung: int
    status: str
    outcome: str
    opened_at: datetime
    ended_at: datetime | None
    came_back: bool
    """Whether the student had a case in an earlier semester that was resolved."""
    reopened: bool
    """Whether it was opened again after it was resolved, and that was not undone."""


@dataclass(frozen=True)
class Outcomes:
    """The cases of a semester, or of one counselor in it."""

    cases: list[Ended]

    @property
    def reopened(self) -> int:
        return sum(case.reopened for case in self.cases)

    @property
    def came_back(self) -> int:
        return sum(case.came_back for case in self.cases)

    @property
    def said(self) -> str:
        """Return "30 kasus: 21 terselesaikan, 4 membaik, 2 tidak teratasi; kambuh: 3"."""
        counts = Counter(case.outcome for case in self.cases)
        words = [f"{counts[one]} {str(one.label).lower()}" for one in Outcome]
        return _("%(n)d cases: %(outcomes)s; relapses: %(relapses)d") % {
            "n": len(self.cases),
            "outcomes": ", ".join(words),
            "relapses": self.came_back + self.reopened,
        }


def outcomes(semester: Semester, counselor: User | None = None) -> Outcomes:
    """Return what became of a counselor's cases, or of all; two queries.

    Which of them are relapses, the report on effectiveness says.
    """
    rows = Case.objects.counted().filter(semester=semester)
    if counselor:
        rows = rows.filter(counselor=counselor)
    relapses = came_back([semester])
    columns = ("pk", "rung", "status", "outcome", "opened_at", "ended_at")
    return Outcomes(
        [
            Ended(
                *(pk, rung, status, outcome, opened_at, ended_at),
                came_back=pk in relapses.helped_before,
                reopened=pk in relapses.reopened,
            )
            for pk, rung, status, outcome, opened_at, ended_at in (
                rows.order_by("pk").values_list(*columns)
            )
        ]
    )


def outcome_grid(found: Outcomes) -> Grid:
    """Return the table of what became of the cases, by the rung that they reached."""
    columns = [
        Column(pgettext("table", "With problems")),
        *(Column(str(outcome.label)) for outcome in Outcome),
        Column(_("Other ends")),
        Column(pgettext("evaluation", "Open")),
        Column(_("Median days"), Unit.DAYS),
    ]
    lines = [
        Line(str(rung.label), _cells([case for case in found.cases if case.rung == rung]))
        for rung in Rung
        if rung != Rung.REVIEW or any(case.rung == rung for case in found.cases)
    ]
    words = {"back": found.came_back, "again": found.reopened}
    return Grid(
        "outcome",
        _("The outcome in figures"),
        _("Handling"),
        columns,
        lines,
        [Line(_("All"), _cells(found.cases))],
        note=_(
            "Relapses: %(back)d of a student whose case of an earlier semester was resolved,"
            " %(again)d reopened after they were resolved. Days from opening to resolution."
        )
        % words,
    )


def _cells(cases: Iterable[Ended]) -> list[Cell]:
    known = list(cases)
    resolved = [case for case in known if case.status == CaseStatus.RESOLVED]
    is_open = sum(case.status == CaseStatus.OPEN for case in known)
    counts = Counter(case.outcome for case in resolved)
    return [
        Cell(len(known)),
        *(Cell(counts[outcome]) for outcome in Outcome),
        Cell(len(known) - len(resolved) - is_open),
        Cell(is_open),
        Cell(_median(resolved)),
    ]


def _median(resolved: list[Ended]) -> Decimal | None:
    days = [
        (clock.day_of(case.ended_at) - clock.day_of(case.opened_at)).days
        for case in resolved
        if case.ended_at
    ]
    return Decimal(median(days)) if days else None

"""Figures of the cases of a line that several reports show: how many are resolved, and how soon."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import CaseStatus
from reports.courses import days_to_resolution
from reports.facts import CaseSet
from reports.grid import Cell, Measure, Unit
from reports.quartiles import spread_of
from reports.rates import percent


def resolved(cases: CaseSet) -> CaseSet:
    return cases.where(
        lambda case: case.status == CaseStatus.RESOLVED, "known", status=CaseStatus.RESOLVED.value
    )


def cases_measure() -> Measure[CaseSet]:
    return Measure(_("Cases"), lambda cases: cases.cell)


def resolved_measures() -> list[Measure[CaseSet]]:
    """Return the resolved cases, and their share of all."""
    return [
        Measure(pgettext("table", "Resolved"), lambda cases: resolved(cases).cell),
        share_measure(_("% resolved"), resolved),
    ]


def share_measure(
    head: str,
    part: Callable[[CaseSet], CaseSet],
    whole: Callable[[CaseSet], CaseSet] = lambda cases: cases,
) -> Measure[CaseSet]:
    """Return the measure of a part in percent of a whole; of nothing there is no share."""

    def cell(cases: CaseSet) -> Cell:
        number = len(whole(cases))
        return Cell(percent(len(part(cases)), number) if number else None)

    return Measure(head, cell, Unit.PERCENT)


def median_measure() -> Measure[CaseSet]:
    """Return the median of the days from recap to resolution."""
    return Measure(
        pgettext("table", "Days"),
        lambda cases: Cell(spread_of(days_to_resolution(cases.cases)).median),
        Unit.DAYS,
    )

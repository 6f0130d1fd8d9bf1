"""The ladder of a case: its rungs, with the days of the steps on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases import steps
from cases.models import Case, Rung
from school import wording
from school.standing import Standing

WRITTEN_OUT = 2
NO_DAY = "–"


@dataclass(frozen=True)
class LadderStep:
    standing: Standing
    when: str
    state: str
    """done, now or empty."""


def ladder(
    case: Case, days: Mapping[Rung, list[date]], coming: steps.NextStep | None
) -> list[LadderStep]:
    """Return a step for each rung, lowest first.

    `days` is rung → days of its steps that count, in order.
    """
    return [
        LadderStep(rung.standing, _when(case, rung, days.get(rung, []), coming), _state(case, rung))
        for rung in Rung
    ]


def _state(case: Case, rung: Rung) -> str:
    if rung > case.rung:
        return ""
    return "now" if case.is_open and rung == case.rung else "done"


def _when(case: Case, rung: Rung, days: list[date], coming: steps.NextStep | None) -> str:
    if rung == Rung.REVIEW:
        return wording.day(timezone.localtime(case.confirmed_at)) if case.confirmed_at else ""
    if not days:
        return NO_DAY if rung < case.rung else ""
    said = _days(days)
    if coming and coming.at and coming.due_on and steps.kind_of(coming).rung == rung:
        said = wording.due(coming.due_on)
    ordinals = (kind.ordinal(len(days)) for kind in steps.kinds() if kind.rung == rung)
    return " · ".join(filter(None, (*ordinals, said)))


def _days(days: list[date]) -> str:
    """Return "9, 11 Okt" or "30 Sep, 2 Okt"; for more days "4× · 11 Okt"."""
    if len(days) > WRITTEN_OUT:
        return f"{len(days)}× · {wording.day(days[-1])}"
    first, last = days[0], days[-1]
    if first == last:
        return wording.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}, {wording.day(last)}"
    return f"{wording.day(first)}, {wording.day(last)}"

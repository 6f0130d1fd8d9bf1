"""Where a case stands: its four rungs with the days on which each was trodden."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from cases import steps
from cases.models import Case, Rung
from cases.models.summons import ROMAN
from school import wording

WRITTEN_OUT = 2
NO_DAY = "–"
KINDS = ("review", "contact", "summons", "visit")


def ladder(
    case: Case, trodden: Mapping[Rung, list[date]], coming: steps.NextStep | None
) -> list[dict[str, Any]]:
    """Rung, days and state (done, now or "") for the component `ladder`, lowest first.

    `trodden` has the days of each rung's steps that count, in order.
    """
    return [
        {
            "rung": rung,
            "when": _when(case, rung, trodden.get(rung, []), coming),
            "state": _state(case, rung),
        }
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
    if coming and coming.at and coming.due_on and coming.kind == KINDS[rung]:
        said = wording.due(coming.due_on)
    sequence = ROMAN[len(days)] if rung == Rung.SUMMONS and len(days) < len(ROMAN) else ""
    return " · ".join(filter(None, (sequence, said)))


def _days(days: list[date]) -> str:
    """ "9, 11 Okt", "30 Sep, 2 Okt", and where there are more "4× · 11 Okt"."""
    if len(days) > WRITTEN_OUT:
        return f"{len(days)}× · {wording.day(days[-1])}"
    first, last = days[0], days[-1]
    if first == last:
        return wording.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}, {wording.day(last)}"
    return f"{wording.day(first)}, {wording.day(last)}"

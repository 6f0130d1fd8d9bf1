"""What a case knows of its steps, wherever they live.

Contacts and summonses register here, and rooms to the right do (`AppConfig.ready`): which
of their rows count for the rung, what is still open, who was reached, what comes next, and
what each adds to the case page. Questions are asked for many cases at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from cases.models.case import Rung
from workflow.errors import Text

Cases = Iterable[int] | QuerySet
"""Ids of cases, or a queryset of cases."""


@dataclass(frozen=True)
class NextStep:
    """What a case waits for: words, the day it is due, and where it gets done."""

    text: Text
    due_on: date | None
    url: str
    kind: str = ""
    """Look of the line: review, contact, summons, visit, done."""
    at: datetime | None = None
    """The hour, where the step has one."""
    waits_for_others: bool = False
    """Nothing for the counselor to do now, e.g. a proposal lies with the principal."""
    short: Text = ""
    """The same in two or three words, e.g. "Contact again"; `detail` says the rest."""
    detail: Text = ""
    listed_apart: bool = False
    """The room that answers lists it among its own work, for others than the counselor too."""


@dataclass(frozen=True)
class Verb:
    """A verb as the case page shows it."""

    name: str
    label: Text
    url: str
    icon: str
    on: bool
    reason: Text = ""
    post: bool = False
    """Done at once by a POST, without a form of its own."""
    main: int = 0
    """How much it suggests itself now: the highest is the main button."""


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    at: datetime
    kind: str
    """The filter it falls under: review, contact, summons, visit."""
    icon: str
    title: Text
    text: Text = ""
    by: str = ""
    url: str = ""
    link: Text = ""
    is_void: bool = False
    all_day: bool = False


@dataclass(frozen=True)
class Steps:
    """What one kind of step answers; see each field."""

    name: str
    rung: Rung
    counting: Callable[[Cases], dict[int, list[date]]]
    """Case id → days of its steps that count today."""
    open: Callable[[Any], Text | None]
    """case → what is still open in it, as the reason why it cannot end; None for nothing."""
    reached: Callable[[Any], bool]
    """case → whether somebody was reached, came or was met."""
    next_step: Callable[[Cases], dict[int, NextStep]]
    timeline: Callable[[Any, Any], list[Moment]]
    """(case, user) → lines."""
    verbs: Callable[[Any, Any], list[Verb]]
    """(case, user) → verbs."""
    summary: Callable[[Any], list[tuple[date, Text]]]
    """case → day and whether someone was reached or came; no word of what was said."""


_all: list[Steps] = []


def register(steps: Steps) -> None:
    """Add a kind of step; kinds stand in the order of their rungs."""
    _all[:] = sorted([s for s in _all if s.name != steps.name] + [steps], key=lambda s: s.rung)


def kinds() -> list[Steps]:
    return list(_all)


def dates(cases: Cases) -> dict[int, dict[Rung, list[date]]]:
    """Case id → rung → days of the steps that count, in order."""
    found: dict[int, dict[Rung, list[date]]] = {}
    for steps in _all:
        for case_id, days in steps.counting(cases).items():
            found.setdefault(case_id, {}).setdefault(steps.rung, []).extend(days)
    return found


def rungs(cases: Cases, *, until: date | None = None) -> dict[int, Rung]:
    """Case id → the highest rung that its steps show, of those that happened by `until`.

    A case without such a step is not in it: it stands at REVIEW.
    """
    return rungs_shown(dates(cases), until=until)


def rungs_shown(
    found: dict[int, dict[Rung, list[date]]], *, until: date | None = None
) -> dict[int, Rung]:
    """`rungs` where the answer of `dates` is at hand already."""
    shown: dict[int, Rung] = {}
    for case_id, by_rung in found.items():
        reached = [
            rung
            for rung, days in by_rung.items()
            if until is None or any(day <= until for day in days)
        ]
        if reached:
            shown[case_id] = max(reached)
    return shown


def still_open(case: Any) -> Text | None:
    """Why the case cannot end now: a step without its outcome; None where there is none."""
    for steps in _all:
        if reason := steps.open(case):
            return reason
    return None


def was_reached(case: Any) -> bool:
    return any(steps.reached(case) for steps in _all)


def next_steps(cases: Iterable[int]) -> dict[int, NextStep]:
    """Case id → what it waits for; the highest rung's word goes first, the others are not asked."""
    found: dict[int, NextStep] = {}
    waiting = set(cases)
    for steps in reversed(_all):
        if waiting:
            found |= steps.next_step(waiting)
            waiting -= found.keys()
    return found


def next_step(case: Any) -> NextStep | None:
    """What one case waits for, asked of the rungs that it has reached."""
    for steps in reversed(_all):
        if steps.rung <= case.rung and (step := steps.next_step([case.pk]).get(case.pk)):
            return step
    return None

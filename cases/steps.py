"""What a case knows of its steps, wherever they live.

A kind of step is a subclass of `StepKind` that a room registers when it is ready. Timeline
filters, colours, ladder and the order of the rungs follow from the registered kinds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from cases.models.case import Case
from cases.models.rung import Rung
from school.models import User
from workflow.acts import Button
from workflow.errors import Text

Cases = Iterable[int] | QuerySet[Any]
"""Ids of cases, or a queryset of cases."""
Line = tuple[date, Text]
"""A day and what happened on it, as the shared summary says it."""
Step = TypeVar("Step")
TOP = max(Rung)


@dataclass(frozen=True)
class NextStep:
    """What a case waits for: words, the day it is due, and where it gets done."""

    text: Text
    due_on: date | None
    url: str
    kind: str = ""
    """The kind of the step to come; empty for the kind that answers."""
    at: datetime | None = None
    """The hour, where the step has one."""
    short: Text = ""
    """The same in two or three words, e.g. "Contact again"; `detail` says the rest."""
    detail: Text = ""
    in_list: Text = ""
    """What a list of cases says, where `text` is too long for it."""
    listed_apart: bool = False
    """The room that answers lists it among its own work, for others than the counselor too."""
    is_under_way: bool = False
    """A step that has begun: the case cannot end before it has its outcome."""

    @property
    def urgency(self) -> date:
        return self.due_on or date.max


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    at: datetime
    title: Text
    text: Text = ""
    by: str = ""
    url: str = ""
    link: Text = ""
    icon: str = ""
    """Empty for that of the kind."""
    is_void: bool = False


class StepKind(Generic[Step]):
    """A kind of step. To what a kind does not answer, the answer is "nothing".

    The database is asked for many cases at once, by the first five questions; the others say
    something of one case and those of its steps that `of` has read.
    """

    name: str
    label: Text
    """What the timeline's filter calls these steps, e.g. "Contacts"."""
    icon: str
    rung: Rung | None = None
    """None for what stands beside the ladder; several kinds may stand on one rung."""

    @property
    def look(self) -> str:
        """Return the colour of its steps."""
        return self.rung.standing.look if self.rung else "accent"

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        """Return case id → days of the steps that count for the rung today, in order."""
        return {}

    def open(self, cases: Sequence[Case]) -> dict[int, Text]:
        """Return case id → why the case cannot end: what is still open in it."""
        return {}

    def reached(self, cases: Sequence[Case]) -> set[int]:
        """Return the ids of cases in which somebody was reached, came or was met."""
        return set()

    def coming(self, cases: Cases) -> dict[int, NextStep]:
        """Return case id → what comes next."""
        return {}

    def of(self, cases: Sequence[Case]) -> dict[int, list[Step]]:
        """Return case id → its steps of this kind, oldest first."""
        return {}

    def summary(self, case: Case, steps: list[Step]) -> list[Line]:
        """Return days and whether someone was reached or came; no word of what was said."""
        return []

    def timeline(self, case: Case, steps: list[Step]) -> list[Moment]:
        return []

    def acts(self, case: Case, steps: list[Step], user: User) -> list[Button]:
        return []

    def ordinal(self, times: int) -> str:
        """Return what the ladder says before the days of so many steps, e.g. II."""
        return ""


Kind = StepKind[Any]
"""A kind, whatever its steps are."""
_kinds: list[Kind] = []


def register(kind: Kind) -> Callable[[], None]:
    """Add a kind; kinds stand in the order of their rungs, those without one at the end.

    Return what takes it away again.
    """
    _kinds.append(kind)
    _kinds.sort(key=lambda kind: kind.rung or TOP + 1)
    return lambda: _kinds.remove(kind)


def kinds() -> list[Kind]:
    return list(_kinds)


def kind_of(step: NextStep) -> Kind:
    return next(kind for kind in _kinds if kind.name == step.kind)


# Which rung


def dates(cases: Cases) -> dict[int, dict[Rung, list[date]]]:
    """Return case id → rung → days of the steps that count, in order."""
    found: dict[int, dict[Rung, list[date]]] = {}
    for kind in _kinds:
        if kind.rung is None:
            continue
        for case_id, days in kind.counting(cases).items():
            found.setdefault(case_id, {}).setdefault(kind.rung, []).extend(days)
    return found


def rungs(cases: Cases, *, until: date | None = None) -> dict[int, Rung]:
    """Return case id → the highest rung that its steps show, of those that happened by `until`.

    A case without such a step is not in it: it stands at REVIEW.
    """
    return rungs_shown(dates(cases), until=until)


def rungs_shown(
    found: dict[int, dict[Rung, list[date]]], *, until: date | None = None
) -> dict[int, Rung]:
    """Return what `rungs` does, where the answer of `dates` is at hand already."""
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


def refresh_rung(case: Case) -> None:
    """Set the rung to what the steps of the case show now; part of each act that changes one."""
    case.rung = rungs([case.pk]).get(case.pk, Rung.REVIEW)
    Case.objects.filter(pk=case.pk).update(rung=case.rung)


# Whether it can end


def still_open(cases: Sequence[Case]) -> dict[int, Text]:
    """Return case id → why it cannot end now: a step without its outcome."""
    found: dict[int, Text] = {}
    for kind in _kinds:
        found = kind.open(cases) | found
    return found


def reached(cases: Sequence[Case]) -> set[int]:
    """Return the ids of cases in which somebody was reached, came or was met, on any rung."""
    return {case_id for kind in _kinds for case_id in kind.reached(cases)}


# What comes next


def next_steps(cases: Iterable[int], *, up_to: Rung = TOP) -> dict[int, NextStep]:
    """Return case id → what it waits for: the next on the ladder, or what is due before that."""
    found = on_the_ladder(cases, up_to=up_to)
    for case_id, beside in beside_the_ladder(cases).items():
        steps = [*beside, *([found[case_id]] if case_id in found else [])]
        found[case_id] = min(steps, key=attrgetter("urgency"))
    return found


def next_step(case: Case) -> NextStep | None:
    """Return what one case waits for, asked of the rungs that it has reached."""
    return next_steps([case.pk], up_to=Rung(case.rung)).get(case.pk)


def on_the_ladder(cases: Iterable[int], *, up_to: Rung = TOP) -> dict[int, NextStep]:
    """Return case id → the word of the highest rung that has one; lower ones are not asked."""
    found: dict[int, NextStep] = {}
    waiting = set(cases)
    ladder = [kind for kind in _kinds if kind.rung is not None and kind.rung <= up_to]
    for _rung, of_rung in groupby(reversed(ladder), key=attrgetter("rung")):
        for kind in of_rung if waiting else ():
            for case_id, step in _coming(kind, waiting).items():
                found[case_id] = min(found.get(case_id, step), step, key=attrgetter("urgency"))
        waiting -= found.keys()
    return found


def beside_the_ladder(cases: Iterable[int]) -> dict[int, list[NextStep]]:
    """Return case id → what comes next of each kind that has no rung."""
    found: dict[int, list[NextStep]] = {}
    for kind in _kinds:
        if kind.rung is None:
            for case_id, step in _coming(kind, cases).items():
                found.setdefault(case_id, []).append(step)
    return found


def _coming(kind: Kind, cases: Iterable[int]) -> dict[int, NextStep]:
    found = kind.coming(cases)
    return {pk: replace(step, kind=step.kind or kind.name) for pk, step in found.items()}


# What they say of one case


class Read:
    """The steps of some cases: each kind has read its own once, whatever is then said of them."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._of = {kind.name: kind.of(cases) for kind in _kinds}

    def _steps(self, kind: Kind, case: Case) -> list[object]:
        return self._of[kind.name].get(case.pk, [])

    def summary(self, case: Case) -> list[Line]:
        """Return the lines of all kinds by their days."""
        lines = [line for kind in _kinds for line in kind.summary(case, self._steps(kind, case))]
        return sorted(lines, key=itemgetter(0))

    def trodden(self, case: Case) -> dict[Rung, list[date]]:
        """Return rung → days of its steps that count."""
        found: dict[Rung, list[date]] = {}
        for kind in _kinds:
            if kind.rung is not None:
                days = [day for day, _text in kind.summary(case, self._steps(kind, case))]
                found[kind.rung] = sorted(found.get(kind.rung, []) + days)
        return found

    def timeline(self, case: Case) -> list[tuple[Kind, Moment]]:
        """Return the moments of all kinds, each with its kind, the newest first."""
        found = [
            (kind, moment)
            for kind in _kinds
            for moment in kind.timeline(case, self._steps(kind, case))
        ]
        return sorted(found, key=lambda one: one[1].at, reverse=True)

    def acts(self, case: Case, user: User) -> list[Button]:
        return [
            button for kind in _kinds for button in kind.acts(case, self._steps(kind, case), user)
        ]

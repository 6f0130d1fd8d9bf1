"""What a case knows of its steps, wherever they live.

A kind of step is a subclass of `StepKind` that a room registers when it is ready. Timeline
filters, colours, ladder and the order of the rungs follow from the registered kinds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db.models import QuerySet

from cases.models.case import Case
from cases.models.rung import Rung
from school.models import Policy, User
from workflow import clock
from workflow.acts import Button
from workflow.addresses import address
from workflow.errors import Text

Cases = Iterable[int] | QuerySet[Any]
"""Ids of cases, or a queryset of cases."""
Ids = list[int]
Steps = dict[int, list[Any]]
"""Case id → its steps of a kind."""
Line = tuple[date, Text]
"""A day and what happened on it, as the shared summary says it."""
Step = TypeVar("Step")
TOP = max(Rung)


class Wait(NamedTuple):
    """What cases wait for: a code in addresses, and its name in filters and tables."""

    code: str
    label: Text


class OpenCase(NamedTuple):
    """The fields of an open case that decide what it waits for."""

    pk: int
    rung: int
    opened_at: datetime
    confirmed_at: datetime | None
    policy: Policy

    @classmethod
    def of(cls, case: Case) -> "OpenCase":
        policy = case.semester.policy
        return cls(case.pk, case.rung, case.opened_at, case.confirmed_at, policy)

    @property
    def url(self) -> str:
        return address("cases:case", self.pk)


@dataclass(frozen=True)
class NextStep:
    """What a case waits for: words, the day it is due, and where it gets done."""

    text: Text
    due_on: date | None
    url: str
    kind: str = ""
    """The kind of the step to come; empty for that of the kind that says so."""
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
    follows_on: date | None = None
    """The day of the step that it follows, if any: the word after the last one counts."""
    wait: Wait | None = None
    """What it is to all cases that wait for the same; None for what the kind is called."""
    since: date | None = None
    """The day from which the case waits for it, if that is known."""

    @property
    def urgency(self) -> date:
        return self.due_on or date.max

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


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
    """Empty for the icon of the kind."""
    is_void: bool = False


class StepKind(Generic[Step]):
    """A kind of step. Every answer has a default of "nothing".

    `counting`, `of` and `latest` query the database for many cases at once; the other methods take
    one case and its steps that were read.
    """

    name: str
    label: Text
    """What the timeline's filter calls these steps, e.g. "Contacts"."""
    icon: str
    rung: Rung | None = None
    """None for kinds beside the ladder; several kinds can share a rung."""
    is_only_told = False
    """Whether its steps only stand on the timeline, and nothing follows from them."""
    is_listed_apart = False
    """Whether its room lists what comes next among its own work, so that home need not ask."""
    waits: Sequence[Wait] = ()
    """What `coming` can return; empty if that is always the same, called as the kind."""

    @property
    def look(self) -> str:
        """Return the colour of its steps."""
        return self.rung.standing.look if self.rung else "accent"

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        """Return case id → days of the steps that count for the rung today, in order."""
        return {}

    def of(self, cases: Sequence[Case]) -> dict[int, list[Step]]:
        """Return case id → its steps of this kind, oldest first."""
        return {}

    def latest(self, cases: Ids) -> Steps:
        """Return case id → the steps of `of` that `coming` needs, for a list of cases.

        `coming` answers the same from either. A kind that many cases have reads here only what is
        needed.
        """
        return self.of(list(Case.objects.filter(pk__in=cases).select_related("semester__policy")))

    def open(self, case: Case, steps: list[Step]) -> Text | None:
        """Return why the case cannot end: what is still open in it."""
        return None

    def reached(self, case: Case, steps: list[Step]) -> bool:
        """Return whether somebody was reached, came or was met."""
        return False

    def referred(self, case: Case, steps: list[Step]) -> bool:
        """Return whether somebody outside the school was given the case and has not refused it."""
        return False

    def done(self, case: Case, steps: list[Step]) -> list[datetime]:
        """Return when the steps that have an outcome were done: the case ends not before them."""
        return []

    def coming(self, case: OpenCase, steps: list[Step]) -> NextStep | None:
        """Return what comes next in an open case that has reached this kind's rung.

        Only a step that counts brings a case to the rung; a kind without a rung is always asked.
        """
        return None

    def summary(self, case: Case, steps: list[Step]) -> list[Line]:
        """Return days and whether someone was reached or came, but nothing of what was said."""
        return []

    def timeline(self, case: Case, steps: list[Step]) -> list[Moment]:
        return []

    def acts(self, case: Case, steps: list[Step], user: User) -> list[Button]:
        return []

    def ordinal(self, times: int) -> str:
        """Return what the ladder says before the days of so many steps, e.g. II."""
        return ""


Kind = StepKind[Any]
"""A kind of any type of steps."""
_kinds: list[Kind] = []


def register(kind: Kind) -> Callable[[], None]:
    """Add a kind in the order of rungs, those without a rung last.

    Return a function that removes it.
    """
    _kinds.append(kind)
    _kinds.sort(key=lambda kind: kind.rung or TOP + 1)
    return lambda: _kinds.remove(kind)


def kinds() -> list[Kind]:
    return list(_kinds)


def deciding() -> list[Kind]:
    """Return the kinds on whose steps something depends, without those that are only told."""
    return [kind for kind in _kinds if not kind.is_only_told]


def kind_of(step: NextStep) -> Kind:
    return next(kind for kind in _kinds if kind.name == step.kind)


def wait_of(step: NextStep) -> Wait:
    """Return what a step is to all cases that wait for the same."""
    if step.wait:
        return step.wait
    kind = kind_of(step)
    return Wait(kind.name, kind.label)


def waits(*, on_ladder: bool) -> list[Wait]:
    """Return what cases can wait for on the ladder or beside it, in the order of the kinds."""
    found = [
        wait
        for kind in _kinds
        if (kind.rung is not None) == on_ladder
        for wait in kind.waits or [Wait(kind.name, kind.label)]
    ]
    return list(dict.fromkeys(found))


class OfCase(Protocol):
    """A row that belongs to a case."""

    case_id: int


StepRow = TypeVar("StepRow", bound=OfCase)


def by_case(rows: Iterable[StepRow]) -> dict[int, list[StepRow]]:
    """Return case id → its rows, in the order given."""
    found: dict[int, list[StepRow]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def dates(cases: Cases, only: Rung | None = None) -> dict[int, dict[Rung, list[date]]]:
    """Return case id → rung → days of the steps that count, in order; `only` of one rung."""
    found: dict[int, dict[Rung, list[date]]] = {}
    for kind in _kinds:
        if kind.rung is None or only not in (None, kind.rung):
            continue
        for case_id, days in kind.counting(cases).items():
            found.setdefault(case_id, {}).setdefault(kind.rung, []).extend(days)
    return found


def rungs(cases: Cases, *, until: date | None = None, only: Rung | None = None) -> dict[int, Rung]:
    """Return case id → the highest rung that its steps show, of those that happened by `until`.

    A case without such a step is not in it: it stands at REVIEW. With `only`, steps of that rung
    alone are asked for.
    """
    shown: dict[int, Rung] = {}
    for case_id, by_rung in dates(cases, only).items():
        reached = [
            rung
            for rung, days in by_rung.items()
            if until is None or any(day <= until for day in days)
        ]
        if reached:
            shown[case_id] = max(reached)
    return shown


def refresh_rung(case: Case) -> None:
    """Set the rung to what the case's steps show now; each act that changes a step does so."""
    case.rung = rungs([case.pk]).get(case.pk, Rung.REVIEW)
    Case.objects.filter(pk=case.pk).update(rung=case.rung)

"""What waits for the principal's decision: each room registers its kinds of requests.

One page decides on them, of one kind or of several at once: `homevisits/views/proposals.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Case
from school.models import User
from workflow.acts import Button
from workflow.errors import Text

PAGE = "homevisits:proposals"
"""The URL name of the page."""
Row = TypeVar("Row")


@dataclass(frozen=True)
class Line:
    """A request on the page; `shown` is what the template of its kind draws."""

    pk: int
    student: str
    url: str
    """Its own page; empty if the reader may not open it."""
    shown: object
    act: Button | None = None
    """What can still be done after it was approved."""


@dataclass(frozen=True)
class Listed:
    """What the page lists of a kind, the oldest first."""

    waiting: list[Line]
    approved: list[Line]
    """As long as the approval can be withdrawn."""
    went_ahead: list[Line] = field(default_factory=list)
    """Without an approval; it is to be acknowledged."""


class Approvals(Generic[Row]):
    """A kind of requests on which the principal decides."""

    name: str
    """Of its field in the form."""
    label: Text
    template: str
    """Of the words of a line; it gets `shown` as `proposal`."""
    icon: str
    look: str
    if_declined: Text
    """What follows if it is declined."""
    not_begun: Text
    """The heading of what was approved, as long as the approval can be withdrawn."""
    went_ahead: Text = ""
    """The heading of what goes ahead without an approval, if a kind has that."""

    def rows(self, user: User) -> QuerySet[Any]:
        """Return the requests that `user` may see, whatever became of them."""
        raise NotImplementedError

    def lines(self, user: User, pks: set[int]) -> list[Line]:
        """Return the lines of the requests with these ids."""
        raise NotImplementedError

    def listed(self, user: User) -> Listed:
        """Return what the page lists for `user`."""
        raise NotImplementedError

    def approve(self, rows: Sequence[Row], *, by: User, note: str) -> None:
        raise NotImplementedError

    def decline(self, rows: Sequence[Row], *, by: User, note: str) -> None:
        raise NotImplementedError

    def said(self, act: str, count: int) -> str:
        """Return that so many were approved or declined: `act` is the name of the method."""
        raise NotImplementedError


Kind = Approvals[Any]
_kinds: list[Kind] = []


def register(kind: Kind) -> None:
    _kinds.append(kind)


def kinds() -> list[Kind]:
    return list(_kinds)


@dataclass(frozen=True)
class Picked:
    """The requests that the principal chose, by their kinds."""

    rows: list[tuple[Kind, list[Any]]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(len(of_kind) for _kind, of_kind in self.rows)

    def pks(self) -> dict[str, set[int]]:
        """Return the name of the field → the chosen ids."""
        return {kind.name: {row.pk for row in of_kind} for kind, of_kind in self.rows}

    def decide(self, act: str, *, by: User, note: str) -> str:
        """Approve or decline all of them or none; return what was done in words."""
        with transaction.atomic():
            self._lock()
            for kind, of_kind in self.rows:
                getattr(kind, act)(of_kind, by=by, note=note)
        return " ".join(kind.said(act, len(of_kind)) for kind, of_kind in self.rows)

    def _lock(self) -> None:
        """Lock the cases in one order, so that two decisions do not wait for each other."""
        cases = {row.case_id for _kind, of_kind in self.rows for row in of_kind}
        locked = Case.objects.select_for_update().filter(pk__in=cases).order_by("pk")
        list(locked.values_list("pk"))

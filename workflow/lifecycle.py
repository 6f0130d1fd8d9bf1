"""A lifecycle is a table; a row reads as a sentence.

From the table come the enforcement (`workflow.run`), the buttons that a person sees,
the tests and the diagrams in `docs/workflow.md`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import wraps
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from workflow.errors import Text

Who = Callable[..., bool]
"""A predicate of a person and an object."""
Condition = Callable[..., Text | None]
"""A condition of an object: returns None if it holds, else the reason to show."""
R = TypeVar("R")
Reasons = dict[Condition, Text | None]
"""Condition → None if it holds, else the reason."""
Effect = Callable[..., None]
"""A change to an object, on behalf of a person."""

NEW = ""
"""The source of a transition that makes an object; it is checked on the object it is made from."""
SAME = "="
"""The target of a transition that changes fields but not the status."""


class Note(Enum):
    """Whether an act has a note."""

    NO = "no"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True)
class Transition:
    """One row: name, label, from, to, who may, what must hold, note, undo.

    `who(user, obj)` is a predicate. A condition returns None when it holds, else the
    reason to show. A written reason can replace a condition in `holds_or_reason`.
    `effect(obj, by)` runs in the same database transaction, after the status changed.
    `reverses` names the act that this row undoes; such a row is never a button.
    """

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str
    who: Who
    holds: tuple[Condition, ...] = ()
    holds_or_reason: tuple[Condition, ...] = ()
    note: Note = Note.NO
    undo: str = ""
    reverses: str = ""
    effect: Effect | None = None

    @property
    def makes(self) -> bool:
        return self.sources == (NEW,)


def undoable(
    act: Transition,
    *,
    back_to: str = "",
    holds: tuple[Condition, ...] = (),
    effect: Effect | None = None,
) -> tuple[Transition, Transition]:
    """Return two rows: `act`, and the row by which the same person undoes it.

    If `act` makes its object, `back_to` is the object's status after the undo.
    """
    reverse = Transition(
        f"undo_{act.name}",
        format_lazy("{}: {}", _("Undo"), act.label),
        act.sources if act.target == SAME else (act.target,),
        back_to or act.sources[0],
        act.who,
        holds=holds,
        reverses=act.name,
        effect=effect,
    )
    return replace(act, undo=reverse.name), reverse


@dataclass(frozen=True)
class Offer:
    """An act on an object as one person sees it: on, or off with the reason."""

    name: str
    label: Text
    on: bool
    reason: Text = ""
    needs_reason: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The rows of one model's status. Registers itself under its label, e.g. `cases.case`."""

    kind: str
    title: Text
    statuses: type[models.TextChoices]
    transitions: tuple[Transition, ...]
    root: Callable[..., models.Model] = field(default=lambda obj: obj)
    """Returns what the object belongs to; its row is locked first, and the log names it."""
    office: Callable[..., str] = field(default=lambda user, root: "")
    """Returns the office in which a user acts on such a root, for the log."""
    stands_alone: bool = False
    """Whether an act leaves the other objects of the root alone: then only a later act on the same
    object follows from it, and what the undo's conditions say."""

    def __post_init__(self) -> None:
        LIFECYCLES[self.kind] = self

    def __getitem__(self, name: str) -> Transition:
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(f"{self.kind} has no transition {name!r}")

    def offers(
        self,
        user: AbstractBaseUser,
        obj: models.Model,
        names: Collection[str] = (),
        known: Reasons | None = None,
    ) -> list[Offer]:
        """Return the acts that `user` has on `obj` in its state; those that are off have a reason.

        It checks all acts, or those in `names`, except the conditions that are `known`.
        """
        asked, status = Asked(user, obj, known), status_of(obj)
        return [
            asked.offer(transition)
            for transition in self.transitions
            if not transition.reverses
            and status in transition.sources
            and (not names or transition.name in names)
            and asked.may(transition)
        ]

    def offer_of(self, name: str, user: AbstractBaseUser, obj: models.Model) -> Offer | None:
        """Return the act `name` as `offers` does; None if `user` does not have it on `obj`."""
        return next(iter(self.offers(user, obj, (name,))), None)


LIFECYCLES: dict[str, Lifecycle] = {}


def lifecycle_of(obj: models.Model | type[models.Model]) -> Lifecycle:
    """Return the lifecycle of an object or a model. Raises KeyError if it has none."""
    return LIFECYCLES[obj._meta.label_lower]


def status_of(obj: models.Model) -> str:
    """Return the status of an object that has a lifecycle."""
    return obj.serializable_value("status")


class Asked:
    """What one person may do to one object; each predicate and condition is checked once."""

    def __init__(
        self, user: AbstractBaseUser | None, obj: models.Model, known: Reasons | None = None
    ) -> None:
        self.user = user
        self.obj = obj
        self.allowed: dict[Who, bool] = {}
        self.reasons: Reasons = dict(known or {})

    def may(self, transition: Transition) -> bool:
        who = transition.who
        if who not in self.allowed:
            self.allowed[who] = who(self.user, self.obj)
        return self.allowed[who]

    def failing(self, conditions: tuple[Condition, ...]) -> Text | None:
        """Return the reason of the first condition that does not hold, or None."""
        for condition in conditions:
            if condition not in self.reasons:
                self.reasons[condition] = condition(self.obj)
            if reason := self.reasons[condition]:
                return reason
        return None

    def offer(self, transition: Transition) -> Offer:
        name, label = transition.name, transition.label
        if not self.may(transition):
            return Offer(name, label, False, _("You may not do this here."))
        if reason := self.failing(transition.holds):
            return Offer(name, label, False, reason)
        if reason := self.failing(transition.holds_or_reason):
            return Offer(name, label, True, reason, needs_reason=True)
        return Offer(name, label, True)


def asked_of(*of: type[models.Model]) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Mark a predicate or condition as one on objects of the models `of`.

    Given another object, it is checked on the root of that: so a row that makes a summons of a case
    and a row that changes the summons can use the same condition of the case.
    """

    def mark(asked: Callable[..., R]) -> Callable[..., R]:
        @wraps(asked)
        def inner(*given: models.Model) -> R:
            *user, obj = given
            return asked(*user, obj if isinstance(obj, of) else lifecycle_of(obj).root(obj))

        return inner

    return mark


def offer(
    transition: Transition,
    user: AbstractBaseUser,
    obj: models.Model,
    known: Reasons | None = None,
) -> Offer:
    """Return `transition` as `user` sees it on `obj`, or on the object it makes a new one from."""
    return Asked(user, obj, known).offer(transition)


def failing(conditions: tuple[Condition, ...], obj: models.Model) -> Text | None:
    """Return the reason of the first condition that does not hold, or None."""
    return Asked(None, obj).failing(conditions)

"""What stands in the calendar, whichever room it belongs to.

A room registers its own kind when it is ready: meetings of summonses here, visits in `homevisits`,
conferences in `support`. The calendar, the warnings about an hour and the file for calendar apps
ask all of them at once and know none by name.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import attrgetter, or_
from typing import NamedTuple

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from school import wording
from school.models import User
from school.standing import Standing
from workflow.errors import Text


class Person(NamedTuple):
    pk: int
    called: str


@dataclass(frozen=True)
class Appointment:
    """An hour of somebody at the school, with the page that says more."""

    at: datetime
    what: Text
    whom: str
    """The student's name."""
    group: str
    """The student's class."""
    people: tuple[Person, ...]
    """Who goes or receives, as the line says it."""
    url: str
    standing: Standing
    answers: Person | None = None
    """The counselor of the case, if that is not one of `people`."""

    @property
    def concerns(self) -> dict[int, str]:
        """Return everybody at the school whom it concerns: id → how they are called."""
        return dict(self.people) | (dict([self.answers]) if self.answers else {})

    @property
    def names(self) -> str:
        return ", ".join(person.called for person in self.people)


@dataclass(frozen=True)
class Busy:
    """An hour at which somebody is not free."""

    who: Person
    at: datetime
    what: Text
    whom: str
    """The student's name; "" if whoever asks may not know it."""

    def __str__(self) -> str:
        words = {"name": self.who.called, "what": self.what, "time": wording.clock_time(self.at)}
        if self.whom:
            text = _("%(name)s already has a %(what)s at %(time)s: %(whom)s.")
            return text % {**words, "whom": self.whom}
        return _("%(name)s already has a %(what)s at %(time)s.") % words


@dataclass(frozen=True)
class Dated:
    """An hour as a calendar app learns it: nothing that says of whom or why."""

    thing: models.Model
    uid: str
    """What names it for the app, in words that say no more than the rest."""
    at: datetime
    word: Text
    url: str
    is_cancelled: bool


class Kind:
    """A kind of appointment. Each answer is nothing unless the kind says otherwise."""

    name: str

    def shown(self, user: User, first: datetime, end: datetime) -> Iterable[Appointment]:
        """Return what `user` may see from the first moment until before the second."""
        return ()

    def concerned(self, user: User) -> Q:
        """Return the filter for the people whom it concerns as far as `user` may see it."""
        return Q(pk__in=())

    def busy(
        self, people: Collection[User], at: datetime, reader: User, but: models.Model | None
    ) -> Iterable[Busy]:
        """Return what those people have less than an hour before or after, apart from `but`."""
        return ()

    def fed(self, person: User, since: datetime, at_most: int) -> Iterable[Dated]:
        """Return what concerns a person from a moment on, for their calendar app."""
        return ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def appointments(user: User, first: datetime, end: datetime, but: str = "") -> list[Appointment]:
    """Return all that `user` may see in a span, in the order of time, but for one kind."""
    kinds = [kind for name, kind in _kinds.items() if name != but]
    found = [one for kind in kinds for one in kind.shown(user, first, end)]
    return sorted(found, key=attrgetter("at", "whom"))


def concerned(user: User) -> QuerySet[User]:
    """Return `user` and everybody whom something concerns that `user` may see, on any day."""
    found = (kind.concerned(user) for kind in _kinds.values())
    return User.objects.filter(reduce(or_, found, Q(pk=user.pk)))


def busy(
    people: Collection[User],
    at: datetime,
    reader: User,
    *,
    but: models.Model | None = None,
    but_kind: str = "",
) -> list[Text]:
    """Return a sentence for each hour at which one of `people` is not free around `at`.

    They leave out `but`, which is being planned, and a kind that is asked about elsewhere. A
    student is named only if `reader` may see the appointment.
    """
    kinds = [kind for name, kind in _kinds.items() if name != but_kind]
    found = [one for kind in kinds for one in kind.busy(people, at, reader, but)]
    return [str(one) for one in sorted(found, key=attrgetter("at", "who"))]


def fed(person: User, since: datetime, at_most: int) -> list[Dated]:
    """Return what the calendar app of a person learns, in the order of time."""
    found = [one for kind in _kinds.values() for one in kind.fed(person, since, at_most)]
    return sorted(found, key=attrgetter("at"))[:at_most]

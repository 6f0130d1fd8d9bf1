"""What stands in the calendar, whichever room it belongs to.

A room registers a source for its own kind when it is ready: meetings of summonses here, visits in
`homevisits`. The calendar asks all of them at once and knows none by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

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


Source = Callable[[User, datetime, datetime], Iterable[Appointment]]
"""Return what a person may see from the first moment until before the second."""
_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def appointments(user: User, first: datetime, end: datetime) -> list[Appointment]:
    """Return all that `user` may see in a span, in the order of time."""
    found = [one for source in _sources for one in source(user, first, end)]
    return sorted(found, key=attrgetter("at", "whom"))

"""What an act leaves to be followed up, for whoever keeps follow-ups.

A room to the right registers a `Keeper`; the acts of this room and of home visits tell it what was
agreed, and what became of the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext, override

from cases.models import Case
from school.models import User
from workflow import clock


@dataclass(frozen=True)
class Agreed:
    """What is to be done, by when and by whom: by the case's counselor if `name` is empty.

    `origin` names what it was agreed in, so that the same is not kept twice for a case.
    """

    what: str
    due_on: date
    name: str = ""
    origin: str = ""


class Keeper:
    """Keeps follow-ups. Each answer has a default of "nothing"."""

    def promised(self, case: Case, agreed: Sequence[Agreed], *, by: User, at: datetime) -> None:
        """Keep what a family promised when somebody visited it."""

    def resolved(self, case: Case, agreed: Agreed, *, by: User, at: datetime) -> None:
        """Keep what is to be done after the case is resolved."""

    def resolve_undone(self, case: Case, *, by: User) -> None:
        """Take that back."""

    def dismissed(self, case: Case, *, by: User, reason: str, at: datetime) -> None:
        """Drop what is still open in a false alarm."""

    def dismissal_undone(self, case: Case, *, by: User) -> None:
        """Let it go on."""


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    _keepers.append(keeper)


def promised(case: Case, agreed: Sequence[Agreed], *, by: User, at: datetime) -> None:
    for keeper in _keepers:
        keeper.promised(case, agreed, by=by, at=at)


def look_again(case: Case, days: int, *, by: User, at: datetime) -> None:
    """Let the counselor of a case that is resolved at `at` look again so many days after."""
    with override(settings.LANGUAGE_CODE):  # it is kept in the language of the school's papers
        what = gettext("See how the student is getting on")
    agreed = Agreed(what, case.semester.policy.due(clock.day_of(at), days))
    for keeper in _keepers:
        keeper.resolved(case, agreed, by=by, at=at)


def resolve_undone(case: Case, by: User) -> None:
    for keeper in _keepers:
        keeper.resolve_undone(case, by=by)


def dismissed(case: Case, *, by: User, reason: str, at: datetime) -> None:
    for keeper in _keepers:
        keeper.dismissed(case, by=by, reason=reason, at=at)


def dismissal_undone(case: Case, by: User) -> None:
    for keeper in _keepers:
        keeper.dismissal_undone(case, by=by)

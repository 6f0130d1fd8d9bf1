"""What the search over everything finds. Each room registers finders of what it holds.

A finder looks only at rows that are visible to the person, and never through what is confidential.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from school.models import User
from school.standing import Standing
from workflow.errors import Text

SHORTEST = 2
"""Letters or digits that a search needs."""
LONGEST = 80
FEW = 8
"""Rows that each group shows at first."""
MANY = 50
"""Rows that a group shows when it is asked for alone."""


@dataclass(frozen=True)
class Found:
    """A row of what was found, which leads to a page."""

    name: str
    detail: str
    url: str
    standing: Standing | None = None


Finder = Callable[[User, str, int], Sequence[Found]]
"""Takes the person, the words, and how many rows to find at most."""


@dataclass(frozen=True)
class Group:
    key: str
    label: Text
    icon: str
    place: int
    """Groups are shown in the order of their places."""


@dataclass(frozen=True)
class FoundGroup:
    group: Group
    rows: Sequence[Found]
    has_more: bool


STUDENTS = Group("students", _("Students"), "people", 1)
LETTERS = Group("letters", _("Letters"), "envelope", 4)
"""What letter numbers belong to: each room that takes numbers from the register adds a finder."""

_finders: list[tuple[Group, Finder]] = []


def register(group: Group, finder: Finder) -> Callable[[], None]:
    """Add a finder to a group. Return a function that removes it."""
    pair = (group, finder)
    _finders.append(pair)
    return lambda: _finders.remove(pair)


def words_of(text: str) -> str:
    """Return what is searched for: the text without what no name has, in one line."""
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def find(user: User, words: str, only: str = "") -> list[FoundGroup]:
    """Return the groups in which something was found: a few rows of each, or many of `only`."""
    groups = sorted({group for group, _find in _finders}, key=lambda group: group.place)
    asked = [group for group in groups if only in {"", group.key}]
    most = MANY if only else FEW
    found = [_found(group, user, words, most) for group in asked]
    return [each for each in found if each.rows]


def _found(group: Group, user: User, words: str, most: int) -> FoundGroup:
    """Ask for one row more than is shown, which says whether there are more."""
    rows = [row for of, find in _finders if of == group for row in find(user, words, most + 1)]
    return FoundGroup(group, rows[:most], has_more=len(rows) > most)

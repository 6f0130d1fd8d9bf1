"""What an act of the operator does, said before it is done.

Each room looks at what it knows of before the act and after it, and says what differs. The act is
really done for that, in a transaction that is rolled back: so what is said is what will happen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from school.models.change import Change, ChangeKind
from workflow.errors import Text


@dataclass(frozen=True)
class Scope:
    """What an act concerns: students, classes, and groups whose teachers change."""

    kind: ChangeKind
    on: date
    """The first day on which something is different."""
    students: frozenset[int] = frozenset()
    classes: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()

    @property
    def is_of_one_student(self) -> bool:
        """Return whether there is no need to count the students."""
        return len(self.students) == 1


Effects = Callable[[], Sequence[Text]]
"""Return what differs since it was made, each in a sentence."""
Look = Callable[[Scope], Effects]
"""Look at what there is before an act, with set-based queries."""

LOOKS: list[Look] = []
"""In the order in which they speak: from this room to those on the right, which register first."""


def register(*looks: Look) -> None:
    """Let the looks of a room speak, in this order, before those of the rooms to its right."""
    LOOKS[:0] = [look for look in looks if look not in LOOKS]


def effects_of(scope: Scope, act: Callable[[], Change]) -> list[Text]:
    """Return what the act would do, without doing it. Raises what the act raises."""
    with transaction.atomic():
        looked = [look(scope) for look in LOOKS]
        act()
        said = [text for effects in looked for text in effects()]
        transaction.set_rollback(True)
    return said

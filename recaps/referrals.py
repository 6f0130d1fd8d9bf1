"""What a referral leads to, and what is shown beside a student on a class list.

A room to the right registers here (`AppConfig.ready`): it is told of each student whom a list
refers, and returns what it knows about the students of a list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from recaps.models.class_list import Decision, Knowledge
from school.models import Semester, Student, User
from school.standing import Standing
from workflow.acts import Button


@dataclass(frozen=True)
class Referred:
    """The result of a student's referral, as one person may see it."""

    url: str
    standing: Standing
    is_of_semester: bool
    """Whether it belongs to the given semester, not to an earlier one."""
    counts: bool
    """False for a false alarm."""
    offer: Button | None = None
    """What the list's evidence asks of the person, e.g. to reopen."""


Refer = Callable[[Decision, Knowledge | None, User, datetime], None]
"""(decision, what the homeroom teacher knows, by, when it was handed over): called in the
transaction of the hand-over."""
Beside = Callable[[Iterable[Student], Semester, User], dict[int, list[Referred]]]
"""(students, semester, user) → student id → what `user` may see."""


@dataclass(frozen=True)
class Receiver:
    refer: Refer
    beside: Beside


_receivers: list[Receiver] = []


def register(receiver: Receiver) -> None:
    _receivers.append(receiver)


def refer(decision: Decision, known: Knowledge | None, *, by: User, at: datetime) -> None:
    """Pass a referred student on to the room that handles referrals."""
    for receiver in _receivers:
        receiver.refer(decision, known, by, at)


def beside(
    students: Iterable[Student], semester: Semester, user: User
) -> dict[int, list[Referred]]:
    """Return student id → the results of referrals that `user` may see."""
    listed = list(students)
    found: dict[int, list[Referred]] = {}
    for receiver in _receivers:
        for student_id, referred in receiver.beside(listed, semester, user).items():
            found.setdefault(student_id, []).extend(referred)
    return found

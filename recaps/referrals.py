"""What a referral becomes, and what stands beside a student on a class list.

A room to the right registers here (`AppConfig.ready`): it hears of each student whom a list
refers, and says what it holds of the students of a list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recaps.models.class_list import Decision, Knowledge
from school.models import Semester, Student, User
from school.standing import Standing


@dataclass(frozen=True)
class Referred:
    """What a student's referral led to, as one person may see it."""

    url: str
    standing: Standing
    is_of_semester: bool
    """Whether it belongs to the semester that was asked about, not to an earlier one."""
    counts: bool
    """False for a false alarm."""


Refer = Callable[[Decision, Knowledge | None, User], None]
"""(decision, what the homeroom teacher knows, by): called in the transaction of the hand-over."""
Beside = Callable[[Iterable[Student], Semester, User], dict[int, list[Referred]]]
"""(students, semester, user) → student id → what `user` may see."""


@dataclass(frozen=True)
class Receiver:
    refer: Refer
    beside: Beside


_receivers: list[Receiver] = []


def register(receiver: Receiver) -> None:
    _receivers.append(receiver)


def refer(decision: Decision, known: Knowledge | None, *, by: User) -> None:
    """Hand a referred student to whoever deals with referrals."""
    for receiver in _receivers:
        receiver.refer(decision, known, by)


def beside(
    students: Iterable[Student], semester: Semester, user: User
) -> dict[int, list[Referred]]:
    """Return by student id what referrals led to, as `user` may see."""
    listed = list(students)
    found: dict[int, list[Referred]] = {}
    for receiver in _receivers:
        for student_id, referred in receiver.beside(listed, semester, user).items():
            found.setdefault(student_id, []).extend(referred)
    return found

"""Referrals by class lists: each becomes a new case, or evidence in the existing one."""

from collections.abc import Iterable
from datetime import datetime

from cases.models import Case
from cases.models.case import COUNTING
from cases.workflow.opening import refer
from recaps import referrals
from recaps.models import Decision, Knowledge
from recaps.referrals import Referred
from school.models import Semester, Student, User


def _refer(decision: Decision, known: Knowledge | None, by: User, at: datetime) -> None:
    refer(decision, known, by=by, at=at)


def _beside(
    students: Iterable[Student], semester: Semester, user: User
) -> dict[int, list[Referred]]:
    """Return the cases of `students` that `user` may know of."""
    found: dict[int, list[Referred]] = {}
    cases = Case.objects.visible_to(user).filter(student__in=[student.pk for student in students])
    for case in cases.only("student", "semester", "status", "rung"):
        referred = Referred(
            url=case.get_absolute_url(),
            standing=case.standing,
            is_of_semester=case.semester_id == semester.pk,
            counts=case.status in COUNTING,
        )
        found.setdefault(case.student_id, []).append(referred)
    return found


def register_all() -> None:
    referrals.register(referrals.Receiver(refer=_refer, beside=_beside))

"""Referrals by class lists: each becomes a new case, or evidence in the existing one."""

from collections.abc import Iterable
from datetime import datetime

from cases.acts import CASE_ACTS
from cases.models import Case
from cases.models.case import CAN_REOPEN, COUNTING
from cases.workflow.opening import refer
from recaps import referrals
from recaps.models import Decision, Knowledge
from recaps.referrals import Referred
from school.models import Semester, Student, User
from workflow.acts import Button

SHOWN = ("student", "counselor", "status", "rung", "semester", "semester__frozen_at")
"""The columns of a case that decide what stands beside its student."""


def _refer(decision: Decision, known: Knowledge | None, by: User, at: datetime) -> None:
    refer(decision, known, by=by, at=at)


def _beside(
    students: Iterable[Student], semester: Semester, user: User
) -> dict[int, list[Referred]]:
    """Return the cases of `students` that `user` may know of; one query."""
    found: dict[int, list[Referred]] = {}
    cases = Case.objects.visible_to(user).filter(student__in=[student.pk for student in students])
    shown = cases.with_has_unread().select_related("semester").only(*SHOWN)
    for case in shown:
        referred = Referred(
            url=case.get_absolute_url(),
            standing=case.standing,
            is_of_semester=case.semester_id == semester.pk,
            counts=case.status in COUNTING,
            offer=_to_reopen(case, user),
        )
        found.setdefault(case.student_id, []).append(referred)
    return found


def _to_reopen(case: Case, user: User) -> Button | None:
    """Return the act that reopens an ended case with new evidence, if `user` can do it."""
    if not (case.has_unread and case.status in CAN_REOPEN):
        return None
    return next((act for act in CASE_ACTS.buttons(user, case, ("reopen",)) if act.on), None)


def register_all() -> None:
    referrals.register(referrals.Receiver(refer=_refer, beside=_beside))

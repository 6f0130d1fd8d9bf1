"""Recaps that wait for their teacher: missing, drafts, returned."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from recaps.acts import RECAP_ACTS
from recaps.models import Recap, RecapStatus
from school import permissions as may
from school.models import RecapPeriod, Semester, TeachingAssignment, User
from school.tasks import Task, about, joined
from workflow import clock

PLACE = "my_recaps"
ICON_OF = {
    "": "begin",
    RecapStatus.DRAFT.value: "hand_over",
    RecapStatus.RETURNED.value: "return",
    RecapStatus.CORRECTING.value: "correct",
}
"""Status → the act whose icon says it."""


@dataclass(frozen=True)
class Owed:
    """A recap that has not been handed over; `status` is empty where none was begun."""

    assignment: TeachingAssignment
    period: RecapPeriod
    status: str
    reason: str


def recaps_waiting(user: User, semester: Semester) -> list[Task]:
    return [_line(owed) for owed in recaps_owed(user, semester)]


def recaps_owed(user: User, semester: Semester) -> list[Owed]:
    """Return what `user` owes: the holder on the due date owes a recap, a successor a draft.

    A period waits from its last day on; what was begun or returned waits at any time.
    """
    if not may.teaches_today(user):
        return []
    assignments = list(
        TeachingAssignment.objects.today()
        .filter(teacher=user.pk)
        .select_related("school_class", "subject")
        .order_by("school_class__name", "subject__name")
    )
    rows = _recaps(assignments, semester)
    periods = semester.periods.filter(starts_on__lte=clock.today())
    owed = []
    for period in periods.select_related("semester__policy"):
        for assignment in assignments:
            key = (assignment.school_class_id, assignment.subject_id, period.pk)
            status, reason = rows.get(key, ("", ""))
            if _waits(assignment, period, status):
                owed.append(Owed(assignment, period, status, reason))
    return owed


def _recaps(
    assignments: list[TeachingAssignment], semester: Semester
) -> dict[tuple[int, int, int], tuple[str, str]]:
    """Return by class, subject and period the status of their recaps and the reason."""
    mine = Q(pk__in=[])
    for assignment in assignments:
        mine |= Q(school_class=assignment.school_class_id, subject=assignment.subject_id)
    rows = Recap.objects.filter(mine, period__semester=semester)
    return {
        (class_id, subject_id, period_id): (status, reason)
        for class_id, subject_id, period_id, status, reason in rows.values_list(
            "school_class", "subject", "period", "status", "return_reason"
        )
    }


def _waits(assignment: TeachingAssignment, period: RecapPeriod, status: str) -> bool:
    if status:
        return status != RecapStatus.HANDED_OVER
    is_over = period.ends_on <= clock.today()
    return is_over and assignment.holds_on(period.recap_due_on)


def _line(owed: Owed) -> Task:
    what = {
        "": _("Fill in the recap"),
        RecapStatus.DRAFT: _("Finish the recap"),
        RecapStatus.RETURNED: _("Recap returned"),
        RecapStatus.CORRECTING: _("Hand over the corrected recap"),
    }[owed.status]
    of_class = owed.assignment.school_class.name
    reason = f"“{owed.reason}”" if owed.status == RecapStatus.RETURNED and owed.reason else ""
    return Task(
        title=about(what, f"{owed.assignment.subject.name}, {of_class}"),
        url=RECAP_ACTS.url("hand_over", owed),
        icon=RECAP_ACTS.icon(ICON_OF[owed.status]),
        kind="late" if owed.status == RecapStatus.RETURNED else "accent",
        sub=joined(str(owed.period), reason),
        due_on=owed.period.recap_due_on,
        place=PLACE,
    )

"""Tasks of counselors: referrals to send, and answers that do not come."""

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models import CaseStatus
from cases.models.case import HANDLED
from cases.steps import OpenCase
from school import permissions as may
from school.models import User
from school.tasks import Task
from support.models import Referral, ReferralStatus
from support.step_kinds.referral import ReferralSteps, coming

GOES_ON = (CaseStatus.OPEN, CaseStatus.REFERRED)
"""The statuses of a case whose referral still waits for something."""


def referrals_waiting(user: User) -> list[Task]:
    """Return the lines for `user`; one query. An answer is waited for after the case has ended."""
    if not may.is_counselor(user):
        return []
    to_send = Q(status=ReferralStatus.PREPARED, case__status=CaseStatus.OPEN)
    unanswered = Q(status=ReferralStatus.SENT, case__status__in=GOES_ON)
    rows = Referral.objects.filter(
        HANDLED.where(user, "case"), to_send | unanswered, case__semester__frozen_at=None
    ).select_related("case__student", "case__semester__policy")
    return [_task(referral) for referral in rows.with_class()]


def _task(referral: Referral) -> Task:
    case = referral.case
    step = coming(OpenCase.of(case), referral)
    assert step  # each of these waits for something
    return Task(
        what=step.short,
        more=_("referral out"),
        whom=case.student.name,
        url=step.url,
        icon=ReferralSteps.icon,
        look="accent",
        group=referral.class_name or "",
        due_on=step.due_on,
        place="cases",
        whose=case.counselor_id,
    )

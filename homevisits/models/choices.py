"""What can be said of a home visit, and where it stands."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from school.head import naming_head
from school.models import Policy
from workflow import clock


class VisitStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    APPROVED = "APPROVED", _("Approved")
    SCHEDULED = "SCHEDULED", _("Scheduled")
    RECORDED = "RECORDED", _("Recorded")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    CANCELLED = "CANCELLED", _("Cancelled")


UNDER_WAY = (VisitStatus.PROPOSED, VisitStatus.APPROVED, VisitStatus.SCHEDULED)
COUNTING = (*UNDER_WAY, VisitStatus.RECORDED)
WITH_REPORT = (VisitStatus.SCHEDULED, VisitStatus.RECORDED)


class Basis(models.TextChoices):
    """The basis of a proposal: what happened on the lower rungs, or one of the paper's reasons."""

    SUMMONS = "SUMMONS", _("Unsuccessful summons")
    CONTACT = "CONTACT", _("Not reached by contact")
    NEVER_TOOK_PART = "NEVER", _("Never took part, without notice")
    LOW_ACTIVITY = "LOW", _("Participation below the limit")
    WORK_MISSING = "MISSING", _("Work not handed in")
    ECONOMY = "ECONOMY", _("Economic background")
    FAMILY = "FAMILY", _("Family problem")


REASONS = (
    Basis.NEVER_TOOK_PART,
    Basis.LOW_ACTIVITY,
    Basis.WORK_MISSING,
    Basis.ECONOMY,
    Basis.FAMILY,
)
"""The paper's five reasons, which can replace a basis on the lower rungs."""


class VisitPurpose(models.TextChoices):
    """Thantawi (1995) in the paper, and the resolution that all of it is for."""

    DATA = "DATA", _("Complete the data about the student")
    COOPERATION = "COOPERATION", _("Explain, and build cooperation with the parents")
    CONCERN = "CONCERN", _("Raise the parents' concern")
    RESOLUTION = "RESOLUTION", _("Resolve the problem")


class VisitFunction(models.TextChoices):
    """Prayitno (2015) in the paper."""

    UNDERSTANDING = "UNDERSTANDING", _("Understanding")
    RESOLUTION = "RESOLUTION", _("Resolution")


class VisitOutcome(models.TextChoices):
    MET = "MET", _("Met")
    NOBODY_HOME = "NOBODY", _("Nobody home")
    MOVED = "MOVED", _("Moved away")
    REFUSED = "REFUSED", _("Family refused")


class Met(models.TextChoices):
    STUDENT = "STUDENT", _("Student")
    MOTHER = "MOTHER", _("Mother")
    FATHER = "FATHER", _("Father")
    GUARDIAN = "GUARDIAN", _("Guardian")
    SIBLING = "SIBLING", _("Brother or sister")


class VisitState(models.TextChoices):
    """The state of a visit on pages: its status, and whether its time has come."""

    TO_RECORD = "to_record", _("To record")
    TO_SCHEDULE = "to_schedule", _("To schedule")
    COMING = "coming", _("Coming")
    WAITING = "waiting", naming_head(_("Waiting for the %(head)s"))
    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("Did not take place")


def waits_for_approval(status: str, policy: Policy, *, is_urgent: bool) -> bool:
    """Return whether the principal must approve it first; see `may_go_ahead`."""
    return status == VisitStatus.PROPOSED and policy.visits_need_approval and not is_urgent


def state_of(
    status: str, scheduled_for: datetime | None, *, waits_for_approval: bool
) -> VisitState:
    """Return where a visit of a status stands now for who works with it."""
    if status == VisitStatus.SCHEDULED and scheduled_for:
        has_come = scheduled_for <= clock.now()
        return VisitState.TO_RECORD if has_come else VisitState.COMING
    if status == VisitStatus.RECORDED:
        return VisitState.RECORDED
    if waits_for_approval:
        return VisitState.WAITING
    return VisitState.TO_SCHEDULE if status in UNDER_WAY else VisitState.ENDED

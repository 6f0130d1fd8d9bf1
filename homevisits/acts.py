"""The page, icon and weight of each act of this room."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, SummonsStatus
from homevisits.workflow import VISIT
from workflow.acts import Acts, Shape


def _after_a_failed_summons(case: Case) -> int:
    """Return a weight if the newest summons brought nobody, else 0."""
    counting = [s for s in case.summonses.all() if s.status != SummonsStatus.WITHDRAWN]
    newest = max(counting, key=lambda summons: summons.sequence, default=None)
    return 28 if newest and newest.status == SummonsStatus.NOT_ATTENDED else 0


VISIT_ACTS = Acts(
    VISIT,
    {
        "acknowledge": Shape(
            "homevisits:acknowledge",
            "check-lg",
            "visit",
            weight=70,
            is_post=True,
            hides_off=True,
            label=_("I have read it"),
        ),
        "record": Shape("homevisits:report", "journal-text", "visit", weight=55),
        "schedule": Shape("homevisits:schedule", "calendar-plus", "visit", weight=45),
        "propose_next": Shape(
            "homevisits:propose_next", "arrow-repeat", "visit", weight=35, is_post=True
        ),
        "sign_consent": Shape("homevisits:sign_consent", "pencil", "visit", hides_off=True),
        "sign_report": Shape("homevisits:sign_report", "pencil", "visit", hides_off=True),
        "reschedule": Shape("homevisits:reschedule", "calendar3", "visit"),
        "number": Shape("homevisits:number", "file-earmark-text", "visit", hides_off=True),
        "withdraw": Shape("homevisits:withdraw", "arrow-counterclockwise", "visit"),
        "withdraw_approval": Shape(
            "homevisits:withdraw_approval", "arrow-counterclockwise", "visit"
        ),
        "cancel": Shape("homevisits:cancel", "slash-circle", "visit"),
        "propose": Shape(
            "homevisits:propose", "door-open", "visit", weight=_after_a_failed_summons
        ),
    },
)
"""Approve and decline are buttons of the proposal list: one form for one or many."""

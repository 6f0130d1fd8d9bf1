"""The page, icon and weight of each act of this room."""

from django.utils.translation import gettext_lazy as _

from support.models import Assistance, Conference, Referral
from support.workflow import ASSISTANCE, CONFERENCE, FOLLOW_UP, REFERRAL
from workflow.acts import Acts, Shape
from workflow.errors import Text


def _is_first_without_consent(referral: Referral) -> int:
    """Return the weight of asking the parents: what is suggested until the letter is sent."""
    return 28 if referral.sent_on is None else 0


REFERRAL_ACTS = Acts(
    REFERRAL,
    {
        "consent": Shape(
            "support:referral_consent",
            "check2-circle",
            weight=_is_first_without_consent,
            hides_off=True,
        ),
        "send": Shape("support:send_referral", "envelope", weight=27),
        "answer": Shape(
            "support:referral_answer",
            "journal-text",
            weight=23,
            label=_("Record the answer to the referral"),
        ),
        "edit": Shape("support:edit_referral", "pencil", hides_off=True),
        "number": Shape("support:referral_number", "pencil", hides_off=True),
        "withdraw": Shape("support:withdraw_referral", "x-lg"),
        "prepare": Shape("support:prepare_referral", "box-arrow-right"),
    },
)
"""One page records both outcomes of a referral."""


def _is_needless(conference: Conference) -> int:
    """Return the weight of cancelling: suggested before all else once the case has ended."""
    return 60 if conference.is_needless else 0


CONFERENCE_ACTS = Acts(
    CONFERENCE,
    {
        "hold": Shape("support:hold", "journal-text", "contact", weight=50),
        "close": Shape("support:close", "check-lg", "done", weight=30, is_post=True),
        "minutes": Shape("support:minutes", "pencil", "contact"),
        "reschedule": Shape("support:reschedule", "calendar3", "contact"),
        "cancel": Shape("support:cancel", "x-lg", "review", weight=_is_needless),
        "plan": Shape("support:plan", "people", "contact"),
    },
)

FOLLOW_UP_ACTS = Acts(
    FOLLOW_UP,
    {
        "finish": Shape("support:finish", "check-lg", "done"),
        "put_off": Shape("support:put_off", "calendar3", "contact"),
        "drop": Shape("support:drop", "slash-circle", "review"),
        "agree": Shape("support:agree", "calendar-plus", "contact"),
    },
)


def _is_late(assistance: Assistance) -> int:
    return 32 if assistance.is_overdue else 0


def _is_unsigned(assistance: Assistance) -> int:
    return 0 if assistance.is_signed else 31


def _hand_over(assistance: Assistance) -> Text:
    return _("Hand over: %(what)s") % {"what": assistance.name_within}


def _return(assistance: Assistance) -> Text:
    return _("Record the return: %(what)s") % {"what": assistance.name_within}


ASSISTANCE_ACTS = Acts(
    ASSISTANCE,
    {
        "hand_over": Shape(
            "support:hand_over_assistance", "phone", weight=33, label=_hand_over, hides_off=True
        ),
        "return": Shape(
            "support:return_assistance",
            "check2-circle",
            weight=_is_late,
            label=_return,
            hides_off=True,
        ),
        "sign": Shape("support:sign_receipt", "pencil", weight=_is_unsigned, hides_off=True),
        "put_off": Shape("support:put_off_return", "calendar3", hides_off=True),
        "keep": Shape("support:keep_assistance", "slash-circle", hides_off=True),
        "withdraw": Shape("support:withdraw_assistance", "arrow-counterclockwise"),
        "withdraw_approval": Shape(
            "support:withdraw_assistance_approval", "arrow-counterclockwise"
        ),
        "ask": Shape("support:ask_for", "phone"),
    },
)
"""Approve and decline are buttons of the principal's page: one form for one or many."""

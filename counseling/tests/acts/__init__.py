"""Every act of recaps, cases, home visits and the operator, on an existing object, legal or not."""

from counseling.tests.acts import (
    assistance,
    cases,
    evaluations,
    life,
    notes,
    recaps,
    referrals,
    reports,
    support,
    visits,
)
from counseling.tests.acts.act import ACTS

__all__ = [
    "ACTS",
    "SELDOM",
    "USUALLY_BY",
    "assistance",
    "cases",
    "evaluations",
    "life",
    "notes",
    "recaps",
    "referrals",
    "reports",
    "support",
    "visits",
]

USUALLY_BY = {
    **dict.fromkeys(("approve", "approve_all", "decline", "acknowledge"), "principal"),
    "withdraw_approval": "principal",
    **dict.fromkeys(("approve_assistance", "decline_assistance"), "principal"),
    "withdraw_assistance_approval": "principal",
    **dict.fromkeys(("decide", "hand_over_list", "return_recap"), "wali"),
    **dict.fromkeys(("hand_over_recap", "withdraw_recap", "correct_recap"), "guru"),
    **dict.fromkeys(("drop_correction", "hand_over_again"), "guru"),
    **dict.fromkeys(("read_left_note", "write_report", "return_evaluation"), "coordinator"),
    **dict.fromkeys(("freeze_report", "unfreeze_report"), "principal"),
    **dict.fromkeys(("disable", "enable"), "operator"),
    **dict.fromkeys(("move_class", "leave_school", "arrive", "replace_teacher"), "operator"),
    **dict.fromkeys(("pass_classes", "merge_classes", "begin_year", "undo_change"), "operator"),
}
"""Act → the person who usually does it, if that is not the counselor."""

SELDOM = (
    *("leave_school", "close", "resolve", "arrive", "undo_change"),
    *("correct_recap", "drop_correction", "hand_over_again", "hand_over_list"),
    *("freeze_report", "unfreeze_report"),
)
"""Acts that can seldom be done, as another one must have been done before: so they are drawn more
often than the others."""

"""Every verb of recaps, cases and home visits, done on some object that is there, legal or not."""

from counseling.tests.verbs import cases, recaps, visits
from counseling.tests.verbs.verb import VERBS

__all__ = ["USUALLY_BY", "VERBS", "cases", "recaps", "visits"]

USUALLY_BY = {
    **dict.fromkeys(("approve", "approve_all", "decline", "acknowledge"), "principal"),
    "withdraw_approval": "principal",
    **dict.fromkeys(("decide", "hand_over_list", "return_recap"), "wali"),
    **dict.fromkeys(("hand_over_recap", "withdraw_recap", "correct_recap"), "guru"),
    **dict.fromkeys(("drop_correction", "hand_over_again"), "guru"),
}
"""Whose verb it is, where it is not the counselor's."""

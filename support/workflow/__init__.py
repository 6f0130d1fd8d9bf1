"""The lifecycle tables of this room and its acts."""

from support.workflow import conference
from support.workflow.assistance import (
    ASSISTANCE,
    approve_assistance,
    ask_for,
    decline_assistance,
    hand_over_assistance,
    keep_assistance,
    put_off_return,
    return_assistance,
    sign_receipt,
    withdraw_assistance,
    withdraw_assistance_approval,
)
from support.workflow.conference import CONFERENCE
from support.workflow.follow_up import FOLLOW_UP, Kept, agree, drop, finish, put_off

__all__ = [
    "ASSISTANCE",
    "CONFERENCE",
    "FOLLOW_UP",
    "Kept",
    "agree",
    "approve_assistance",
    "ask_for",
    "conference",
    "decline_assistance",
    "drop",
    "finish",
    "hand_over_assistance",
    "keep_assistance",
    "put_off",
    "put_off_return",
    "return_assistance",
    "sign_receipt",
    "withdraw_assistance",
    "withdraw_assistance_approval",
]

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
from support.workflow.referral import (
    REFERRAL,
    edit_referral,
    fill_referral_number,
    prepare_referral,
    record_answer,
    record_consent,
    send_referral,
    withdraw_referral,
)

__all__ = [
    "ASSISTANCE",
    "CONFERENCE",
    "FOLLOW_UP",
    "REFERRAL",
    "Kept",
    "agree",
    "approve_assistance",
    "ask_for",
    "conference",
    "decline_assistance",
    "drop",
    "edit_referral",
    "fill_referral_number",
    "finish",
    "hand_over_assistance",
    "keep_assistance",
    "prepare_referral",
    "put_off",
    "put_off_return",
    "record_answer",
    "record_consent",
    "return_assistance",
    "send_referral",
    "sign_receipt",
    "withdraw_assistance",
    "withdraw_assistance_approval",
    "withdraw_referral",
]

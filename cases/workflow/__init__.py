"""The lifecycle tables of this room and its acts."""

from cases.workflow.carrying import carry_over
from cases.workflow.case import (
    CASE,
    close,
    confirm,
    confirm_all,
    dismiss,
    refer_out,
    reopen,
    resolve,
)
from cases.workflow.confidential_note import (
    NOTE,
    correct_note,
    delete_note,
    pass_on,
    read_left,
    write_note,
)
from cases.workflow.contact import CONTACT, log_contact, log_contacts, void_contact
from cases.workflow.counselors import give_class, hand_over, hand_over_all, hand_over_class
from cases.workflow.evidence import notice_evidence
from cases.workflow.notes import write_review_note, write_summary
from cases.workflow.opening import open_directly, refer
from cases.workflow.summons import (
    SUMMONS,
    fill_number,
    issue_summons,
    record_delivery,
    record_outcome,
    reschedule,
    withdraw_summons,
)

__all__ = [
    "CASE",
    "CONTACT",
    "NOTE",
    "SUMMONS",
    "carry_over",
    "close",
    "confirm",
    "confirm_all",
    "correct_note",
    "delete_note",
    "dismiss",
    "fill_number",
    "give_class",
    "hand_over",
    "hand_over_all",
    "hand_over_class",
    "issue_summons",
    "log_contact",
    "log_contacts",
    "notice_evidence",
    "open_directly",
    "pass_on",
    "read_left",
    "record_delivery",
    "record_outcome",
    "refer",
    "refer_out",
    "reopen",
    "reschedule",
    "resolve",
    "void_contact",
    "withdraw_summons",
    "write_note",
    "write_review_note",
    "write_summary",
]

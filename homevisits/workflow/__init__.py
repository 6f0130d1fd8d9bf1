"""The lifecycle of a home visit and its acts."""

from homevisits.workflow.conditions import found_basis
from homevisits.workflow.photo import (
    PHOTO,
    add_photo,
    describe_photo,
    move_photo,
    remove_photo,
    tick_photo,
)
from homevisits.workflow.report import (
    add_commitment,
    record,
    remove_commitment,
    report_of,
    save_report,
)
from homevisits.workflow.schedule import cancel, fill_number, reschedule, schedule
from homevisits.workflow.signature import renew_seal, seals_of, sign
from homevisits.workflow.visit import (
    VISIT,
    acknowledge,
    approve,
    decline,
    propose,
    propose_next,
    withdraw,
    withdraw_approval,
)

__all__ = [
    "PHOTO",
    "VISIT",
    "acknowledge",
    "add_commitment",
    "add_photo",
    "approve",
    "cancel",
    "decline",
    "describe_photo",
    "fill_number",
    "found_basis",
    "move_photo",
    "propose",
    "propose_next",
    "record",
    "remove_commitment",
    "remove_photo",
    "renew_seal",
    "report_of",
    "reschedule",
    "save_report",
    "schedule",
    "seals_of",
    "sign",
    "tick_photo",
    "withdraw",
    "withdraw_approval",
]

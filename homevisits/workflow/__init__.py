"""The lifecycle of a home visit and its acts."""

from homevisits.workflow.conditions import found_basis
from homevisits.workflow.report import (
    add_commitment,
    record,
    remove_commitment,
    report_of,
    save_report,
)
from homevisits.workflow.schedule import cancel, fill_number, reschedule, schedule
from homevisits.workflow.signature import seal_of, sign
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
    "VISIT",
    "acknowledge",
    "add_commitment",
    "approve",
    "cancel",
    "decline",
    "fill_number",
    "found_basis",
    "propose",
    "propose_next",
    "record",
    "remove_commitment",
    "report_of",
    "reschedule",
    "save_report",
    "schedule",
    "seal_of",
    "sign",
    "withdraw",
    "withdraw_approval",
]

"""The lifecycle of a home visit and its verbs."""

from homevisits.workflow.report import add_commitment, record, remove_commitment, save_report
from homevisits.workflow.visit import (
    VISIT,
    acknowledge,
    approve,
    cancel,
    decline,
    propose,
    propose_next,
    reschedule,
    schedule,
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
    "propose",
    "propose_next",
    "record",
    "remove_commitment",
    "reschedule",
    "save_report",
    "schedule",
    "withdraw",
    "withdraw_approval",
]

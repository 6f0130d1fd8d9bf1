"""The lifecycle table of this room and its acts."""

from reports.workflow.feedback import answer_feedback, ask_feedback
from reports.workflow.semester_report import (
    SEMESTER_REPORT,
    freeze,
    report_of,
    unfreeze,
    write_texts,
)

__all__ = [
    "SEMESTER_REPORT",
    "answer_feedback",
    "ask_feedback",
    "freeze",
    "report_of",
    "unfreeze",
    "write_texts",
]

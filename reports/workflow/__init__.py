"""The lifecycle table of this room and its acts."""

from reports.workflow.evaluation import (
    EVALUATION,
    begin_evaluation,
    hand_over_evaluation,
    return_evaluation,
    write_evaluation,
)
from reports.workflow.feedback import answer_feedback, ask_feedback
from reports.workflow.semester_report import (
    SEMESTER_REPORT,
    freeze,
    report_of,
    unfreeze,
    write_texts,
)

__all__ = [
    "EVALUATION",
    "SEMESTER_REPORT",
    "answer_feedback",
    "ask_feedback",
    "begin_evaluation",
    "freeze",
    "hand_over_evaluation",
    "report_of",
    "return_evaluation",
    "unfreeze",
    "write_evaluation",
    "write_texts",
]

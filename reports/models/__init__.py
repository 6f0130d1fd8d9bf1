from reports.models.feedback import FeedbackCount, FeedbackLink, Question, Respondent, Service
from reports.models.semester_report import TEXTS, ReportStatus, SemesterReport

__all__ = [
    "TEXTS",
    "FeedbackCount",
    "FeedbackLink",
    "Question",
    "ReportStatus",
    "Respondent",
    "SemesterReport",
    "Service",
]

from reports.models.evaluation import Aspect, Evaluation, EvaluationStatus, Judgement
from reports.models.feedback import FeedbackCount, FeedbackLink, Question, Respondent, Service
from reports.models.semester_report import TEXTS, ReportStatus, SemesterReport

__all__ = [
    "TEXTS",
    "Aspect",
    "Evaluation",
    "EvaluationStatus",
    "FeedbackCount",
    "FeedbackLink",
    "Judgement",
    "Question",
    "ReportStatus",
    "Respondent",
    "SemesterReport",
    "Service",
]

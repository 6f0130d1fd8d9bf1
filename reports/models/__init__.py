from reports.models.semester_report import TEXTS, ReportStatus, SemesterReport

__all__ = ["TEXTS", "ReportStatus", "SemesterReport"]

"""The page, icon and weight of each act on a semester report."""

from reports.models import SemesterReport
from reports.workflow import SEMESTER_REPORT
from workflow.acts import Acts, Shape


def _code(report: SemesterReport) -> tuple[str]:
    return (report.semester.code,)


REPORT_ACTS = Acts(
    SEMESTER_REPORT,
    {
        "write": Shape("reports:semester_report_texts", "pencil", weight=10, args=_code),
        "freeze": Shape("reports:freeze_semester", "lock", "done", weight=20, args=_code),
        "unfreeze": Shape(
            "reports:unfreeze_semester", "arrow-counterclockwise", "review", args=_code
        ),
    },
)

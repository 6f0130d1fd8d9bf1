"""What random histories check of frozen semester reports."""

from typing import Any, ClassVar

from counseling.tests import oracle
from reports.models import SemesterReport
from reports.semester_page import report_from
from reports.tables import Report


def figures(report: Report) -> dict[str, dict[str, int]]:
    """Return class → its numbers in Tables 2 and 3."""
    return {
        row.label: {
            "students": row.tally.students,
            "cases": row.tally.cases,
            **{column: row.tally.handled[rung] for rung, column in oracle.COLUMNS.items()},
        }
        for row in report.rows
    }


class WhatIsFrozen:
    """No act of anybody changes what a report kept when it was frozen."""

    CHECKS: ClassVar = ("_what_is_frozen_stays",)
    kept: dict[int, Any]
    """Version, by its id → its content as it was first seen."""

    def _what_is_frozen_stays(self) -> None:
        """Check that no version of a report changes, and that the frozen one says what the rows do.

        A semester is frozen if and only if its report is.
        """
        for row in oracle.table("reports_semesterreport"):
            if row["status"] == "DRAFT":
                continue
            assert self.kept.setdefault(row["id"], row["content"]) == row["content"]
        frozen = SemesterReport.objects.filter(status="FROZEN").select_related("semester__year")
        assert {report.semester_id for report in frozen} == oracle.frozen_semesters()
        for report in frozen:
            kept = figures(report_from(report.content["by_class"], report.semester))
            assert kept == oracle.tables_2_and_3(report.semester_id)

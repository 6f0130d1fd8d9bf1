"""The buttons of semester reports, each on a semester of its own."""

from typing import Any

from counseling.tests.buttons.button import Button, rows, url
from counseling.tests.scenarios.reports import past_semester
from counseling.tests.scenarios.students import Students
from reports.models import SemesterReport
from reports.workflow import freeze
from school.models import Semester
from workflow.models import ActionEntry


def of_semester_reports(students: Students) -> dict[str, Button]:
    cast = students.cast
    written, frozen, thawed = (
        past_semester(f"{year}/{year + 1}", 800 - 160 * at)
        for at, year in enumerate((2017, 2018, 2019))
    )
    freeze(thawed, by=cast.principal)
    texts = {"introduction": "Laporan", "conclusion": "", "plans": "", "read_at": 0}

    def done(semester: Semester, act: str) -> Any:
        mine = {"root_kind": "school.semester", "root_id": semester.pk, "action": act}
        return lambda: ActionEntry.objects.filter(**mine).count()

    return {
        "reports:semester_report_texts": Button(
            cast.coordinator,
            url("reports:semester_report_texts", written.code),
            texts,
            rows(SemesterReport, semester=written, version=2),
        ),
        "reports:freeze_semester": Button(
            cast.principal,
            url("reports:freeze_semester", frozen.code),
            {"read_at": 0},
            done(frozen, "freeze"),
        ),
        "reports:unfreeze_semester": Button(
            cast.principal,
            url("reports:unfreeze_semester", thawed.code),
            {"reason": "Angka keliru"},
            done(thawed, "unfreeze"),
        ),
    }

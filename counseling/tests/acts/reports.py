"""The acts on semester reports: of the semester before, and of the one that is not over."""

from typing import Any

from counseling.tests.acts.act import GUIDED, of_school
from reports.workflow import freeze, report_of, unfreeze, write_texts
from school.models import Semester
from school.tests.cast import Cast


def _one_of(cast: Any, n: int) -> Semester:
    return Semester.objects.get(pk=(cast.past if n < GUIDED else cast.semester).pk)


@of_school
def write_report(cast: Cast, by: Any, n: int, choice: int) -> Any:
    semester = _one_of(cast, n)
    values = {"introduction": f"Teks {choice}", "conclusion": "", "plans": ""}
    read_at = max(report_of(semester).version - (choice == 7), 0)
    return write_texts(semester, by=by, values=values, read_at=read_at)


@of_school
def freeze_report(cast: Cast, by: Any, n: int, choice: int) -> Any:
    return freeze(_one_of(cast, n), by=by)


@of_school
def unfreeze_report(cast: Cast, by: Any, n: int, choice: int) -> Any:
    return unfreeze(_one_of(cast, n), by=by, reason="Angka keliru" if choice else "")

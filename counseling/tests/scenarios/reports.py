"""Semester reports of the access matrix: a draft, a frozen one, and its earlier version."""

from typing import Any

from reports.workflow import freeze, unfreeze
from school.models import AcademicYear, Semester, User
from school.tests import factories as make
from school.tests.cast import Cast


def past_semester(label: str = "2020/2021", days_ago: int = 300) -> Semester:
    """Return the second semester of an earlier year, in which nothing has happened."""
    return make.SemesterFactory(
        year=AcademicYear.objects.get_or_create(label=label)[0],
        term=2,
        starts_on=make.days_ago(days_ago),
        ends_on=make.days_ago(days_ago - 150),
    )


def frozen_twice(past: Semester, by: User) -> Semester:
    """Freeze a report, unfreeze it and freeze it again, so that it has an earlier version."""
    freeze(past, by=by)
    unfreeze(past, by=by, reason="Angka keliru")
    freeze(past, by=by)
    return past


def semester_reports(cast: Cast) -> None:
    """Make a frozen report with an earlier version, and one that can be frozen."""
    frozen_twice(past_semester("2018/2019", 700), cast.principal)
    past_semester("2019/2020", 500)


def frozen_reports(made: Any) -> None:
    running = made.cast.semester
    past = frozen_twice(past_semester(), made.cast.principal)
    code = {"code": past.code}
    made.put("report", "own", {"code": running.code}, running.pk)
    made.put("report", "frozen", code, past.pk)
    made.put("frozen_report", "own", code, past.pk)
    made.put("old_report", "own", {**code, "number": 1}, past.pk)

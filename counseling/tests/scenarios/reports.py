"""Semester reports of the access matrix: a draft, a frozen one, and its earlier version."""

from typing import Any

from reports.workflow import freeze, unfreeze
from school.models import AcademicYear, Semester
from school.tests import factories as make


def past_semester(label: str = "2020/2021", days_ago: int = 300) -> Semester:
    """Return the second semester of an earlier year, in which nothing has happened."""
    return make.SemesterFactory(
        year=AcademicYear.objects.get_or_create(label=label)[0],
        term=2,
        starts_on=make.days_ago(days_ago),
        ends_on=make.days_ago(days_ago - 150),
    )


def frozen_reports(made: Any) -> None:
    principal, running = made.cast.principal, made.cast.semester
    past = past_semester()
    freeze(past, by=principal)
    unfreeze(past, by=principal, reason="Angka keliru")
    freeze(past, by=principal)
    code = {"code": past.code}
    made.put("report", "own", {"code": running.code}, running.pk)
    made.put("report", "frozen", code, past.pk)
    made.put("frozen_report", "own", code, past.pk)
    made.put("old_report", "own", {**code, "number": 1}, past.pk)

"""The demo school goes into 2022/2023 and back: 810 students, and no figure of the past moves."""

import time
from collections import Counter
from collections.abc import Callable

import pytest

from counseling.tests.conftest import DemoSchool
from counseling.tests.rows import rows
from reports.tables import CLASS, GRADE, report
from school.models import (
    AcademicYear,
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    NewYear,
    Semester,
    TeachingAssignment,
)
from school.workflow import changes
from school.workflow.new_year import begin, propose

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]
KEPT = ("school_change", "school_changedrow", "school_newyear", "workflow_actionentry")
"""Tables in which a year that was undone is on record; the histories are too."""
ENOUGH_SECONDS = 20
"""Far more than it takes, so that a slow machine does not fail."""


def figures() -> list[tuple[object, ...]]:
    return [
        (semester.pk, by, row.label, row.tally.students, sorted(row.tally.handled.items()))
        for semester in Semester.objects.filter(year__label__lt="2022")
        for by in (GRADE, CLASS)
        for row in report(semester, by).rows
    ]


def standing() -> dict[str, object]:
    """Return the rows of the school without their versions, which only grow."""
    found = rows()
    return {
        name: [tuple(row) for row in table]
        for name, table in found.items()
        if name not in KEPT and "historical" not in name
    }


def test_the_demo_school_goes_into_the_next_year_and_back(
    demo_school: DemoSchool, record_property: Callable[[str, object], None]
) -> None:
    operator = demo_school.user("operator")
    figures_before, before = figures(), standing()
    year = AcademicYear.objects.get(label="2021/2022")
    plan = propose(year)
    began = time.perf_counter()
    change = begin(NewYear.objects.create(ends=year, plan=plan.as_json), by=operator)
    took = time.perf_counter() - began
    assert change.counts == {"promoted": 538, "graduated": 272, "classes": 24, "lessons": 333}
    new = AcademicYear.objects.get(label="2022/2023")
    stays = Enrolment.objects.filter(school_class__year=new)
    sizes = Counter(stays.values_list("school_class__grade", flat=True))
    assert sizes == {"XI": 268, "XII": 270}
    assert TeachingAssignment.objects.filter(group__year=new).count() == 338
    assert GroupMember.objects.filter(group__year=new).count() == 129
    assert HomeroomAssignment.objects.filter(school_class__year=new).count() == 24
    assert figures() == figures_before
    began = time.perf_counter()
    changes.undo(change, by=operator)
    back = time.perf_counter() - began
    assert figures() == figures_before
    assert standing() == before
    record_property("a new year for 810 students: seconds", round(took, 1))
    record_property("a new year for 810 students, undone: seconds", round(back, 1))
    assert took + back < ENOUGH_SECONDS

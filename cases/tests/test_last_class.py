"""The class in which a student counts in a semester is the same for the tables and each case."""

from datetime import date

import pytest

from cases.models import Case
from school.models import Enrolment
from school.tests import factories as make
from workflow import clock

pytestmark = pytest.mark.django_db

BEFORE, FIRST, MIDDLE, LAST, AFTER = (
    date(2021, 7, 11),
    date(2021, 7, 12),
    date(2021, 10, 1),
    date(2021, 12, 18),
    date(2021, 12, 19),
)
LONG_BEFORE, SEPTEMBER = date(2021, 1, 4), date(2021, 9, 1)


@pytest.mark.parametrize(
    ("stays", "last"),
    [
        ([], None),
        ([("X 1", LONG_BEFORE, BEFORE)], None),
        ([("X 1", AFTER, None)], None),
        ([("X 1", LONG_BEFORE, None)], "X 1"),
        ([("X 1", LONG_BEFORE, FIRST)], "X 1"),
        ([("X 1", LAST, None)], "X 1"),
        ([("X 1", FIRST, MIDDLE), ("XI 1", AFTER, None)], "X 1"),
        ([("X 1", FIRST, SEPTEMBER), ("XI 1", MIDDLE, None)], "XI 1"),
        ([("XI 1", FIRST, MIDDLE), ("X 1", LAST, LAST)], "X 1"),
    ],
)
def test_the_last_class_of_a_semester_is_the_same_for_students_and_for_cases(stays, last):
    semester = make.SemesterFactory(starts_on=FIRST, ends_on=LAST)
    student = make.student_in_classes(stays)
    Case.objects.create(student=student, semester=semester, opened_at=clock.now())
    counted = Enrolment.objects.of_semester(semester).values_list("school_class__name", flat=True)
    assert list(counted) == ([last] if last else [])
    case = Case.objects.with_class().get()
    assert case.class_name == last
    assert case.grade == (last.split()[0] if last else None)

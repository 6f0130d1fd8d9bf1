"""The days on which a dated row holds, and a student's class today."""

from datetime import date

import pytest

from school.models import Enrolment, OfficeHolding, Student, TeachingAssignment, User
from school.roles import PRINCIPAL
from school.tests import factories as make
from workflow import clock

pytestmark = pytest.mark.django_db

SEMESTER = (date(2021, 7, 12), date(2021, 12, 18))
BEFORE, FIRST, MIDDLE, LAST, AFTER = (
    date(2021, 7, 11),
    date(2021, 7, 12),
    date(2021, 10, 1),
    date(2021, 12, 18),
    date(2021, 12, 19),
)
LONG_BEFORE = date(2021, 1, 4)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (LONG_BEFORE, BEFORE, False),
        (LONG_BEFORE, FIRST, True),
        (LONG_BEFORE, AFTER, True),
        (LONG_BEFORE, None, True),
        (FIRST, FIRST, True),
        (MIDDLE, MIDDLE, True),
        (LAST, None, True),
        (LAST, AFTER, True),
        (AFTER, None, False),
    ],
)
def test_rows_that_hold_on_a_day_of_a_span_are_found_by_the_database_and_in_python(
    starts_on, ends_on, holds
):
    row = make.TeachingAssignmentFactory(starts_on=starts_on, ends_on=ends_on)
    assert TeachingAssignment.objects.between(*SEMESTER).exists() == holds
    assert row.overlaps(*SEMESTER) == holds


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (BEFORE, BEFORE, False),
        (BEFORE, FIRST, True),
        (FIRST, FIRST, True),
        (FIRST, None, True),
        (MIDDLE, None, False),
        (BEFORE, None, True),
    ],
)
def test_a_row_holds_on_its_first_and_its_last_day(starts_on, ends_on, holds):
    row = make.TeachingAssignmentFactory(starts_on=starts_on, ends_on=ends_on)
    assert TeachingAssignment.objects.on(FIRST).exists() == holds
    assert row.holds_on(FIRST) == holds


def test_what_ended_yesterday_does_not_hold_today():
    user = make.person()
    days = {"starts_on": make.days_ago(9), "ends_on": make.days_ago(1)}
    holding = OfficeHolding.objects.create(user=user, office="COUNSELOR", **days)
    assert not OfficeHolding.objects.today().exists()
    assert not holding.holds_on(clock.today())


@pytest.mark.parametrize(
    ("stays", "now"),
    [
        ([], None),
        ([("X 1", 90, None)], "X 1"),
        ([("X 1", 90, 10)], "X 1"),
        ([("X 1", 90, 10), ("XI 1", 0, None)], "XI 1"),
        ([("X 1", 90, 10), ("XI 1", -1, None)], "X 1"),
    ],
)
def test_the_class_of_today_else_the_last_is_the_same_in_a_list_and_of_one(stays, now):
    student = make.student_in_classes(
        [(name, make.days_ago(a), None if b is None else make.days_ago(b)) for name, a, b in stays]
    )
    newest = Enrolment.objects.newest().values_list("school_class__name", flat=True)
    assert list(newest) == ([now] if now else [])
    found = Student.objects.with_class().get(pk=student.pk)
    assert found.class_name == now


def test_who_took_an_office_up_last_signs_for_it():
    assert User.objects.who_signs(PRINCIPAL) is None
    people = [make.UserFactory() for _ in range(4)]
    for person, days in zip(people, (300, 20, 10, 5), strict=True):
        OfficeHolding.objects.create(user=person, office="PRINCIPAL", starts_on=make.days_ago(days))
    OfficeHolding.objects.filter(user=people[3]).update(ends_on=make.days_ago(1))
    User.objects.filter(pk=people[2].pk).update(is_active=False)
    assert User.objects.who_signs(PRINCIPAL) == people[1]

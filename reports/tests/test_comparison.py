"""A semester under way is compared with the same day of the semester before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import Case, Rung
from cases.tests.factories import direct_case
from homevisits.tests.factories import proposed_visit
from reports.comparison import opened_in, same_day, tally_on
from reports.tests.factories import case_of, paper_school
from reports.tests.pages import page, text_of
from school.models import Enrolment, Semester
from school.roles import PRINCIPAL
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock

WIB = ZoneInfo("Asia/Jakarta")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2021, 1, 4), date(2020, 7, 13)),
        (date(2021, 1, 14), date(2020, 7, 23)),
        (date(2021, 6, 19), date(2020, 12, 19)),
    ],
)
def test_the_day_lies_as_far_from_the_start_and_not_after_the_end(today, day):
    first = Semester(starts_on=date(2020, 7, 13), ends_on=date(2020, 12, 19))
    second = Semester(starts_on=date(2021, 1, 4), ends_on=date(2021, 6, 19))
    with clock.shifted_to(datetime(today.year, today.month, today.day, 9, tzinfo=WIB)):
        assert same_day(first, second) == day


def test_cases_visits_and_students_count_from_the_day_on_which_they_came():
    school = small_school(size=4)
    student = school.students[0]
    case = direct_case(school, student)
    proposed_visit(case, school.bk)
    Case.objects.filter(pk=case.pk).update(opened_at=clock.now() - timedelta(days=10))
    Enrolment.objects.filter(student=student).update(starts_on=make.days_ago(5))
    others = len(school.students) + len(school.foreign_students) - 1
    opened, days = opened_in([school.semester]), (make.days_ago(n) for n in (11, 10, 5, 1, 0))
    counted = [
        (tally.students, tally.cases, tally.at(Rung.HOME_VISIT))
        for tally in (tally_on(school.semester, day, opened) for day in days)
    ]
    assert counted == [
        (others, 0, 0),
        (others, 1, 0),
        (others + 1, 1, 0),
        (others + 1, 1, 0),
        (others + 1, 1, 1),
    ]


def test_the_page_of_a_semester_under_way_says_with_which_day_it_compares():
    with clock.shifted_to(datetime(2021, 1, 14, 9, tzinfo=WIB)):
        first, second = paper_school()
        Case.objects.all().delete()
        students = [each.student for each in Enrolment.objects.select_related("student")[:4]]
        for student, opened in zip(students, (0, 10, 11, 100), strict=True):
            case = case_of(student, first, status="OPEN")
            case.opened_at += timedelta(days=opened)
            case.save()
        case_of(students[0], second).save()
        text = text_of(page(make.person(PRINCIPAL), year="2020/2021", term="2"))
    assert "▼ 1 dari 2 (−50,00%)" in text
    assert "Dibandingkan dengan Ganjil 2020/2021 s.d. 23 Jul, sama-sama pekan ke-2." in text

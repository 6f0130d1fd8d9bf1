"""The graph of new cases by month."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import Case, CaseStatus
from reports.comparison import opened_in
from reports.graphs import new_cases
from reports.tests.factories import case_of, go_on, paper_school
from reports.tests.pages import page
from school.models import Enrolment
from school.tests.cast import small_school
from school.tests.factories import RecapPeriodFactory
from workflow import clock

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def test_each_month_that_has_begun_has_the_cases_opened_in_it():
    with clock.shifted_to(datetime(2020, 10, 2, 9, tzinfo=WIB)):
        first, second = paper_school()
        Case.objects.all().delete()
        students = [each.student for each in Enrolment.objects.select_related("student")[:6]]
        opened = [date(2020, 7, 13), date(2020, 7, 31), date(2020, 9, 1), date(2020, 9, 30)]
        for student, day in zip(students, opened, strict=False):
            case = case_of(student, first, status=CaseStatus.OPEN)
            case.opened_at = clock.day_start(day) + timedelta(minutes=5)
            case.save()
        case_of(students[4], first, status=CaseStatus.DISMISSED).save()
        carried, earlier = case_of(students[5], first), case_of(students[5], second)
        earlier.save()
        carried.save()
        go_on(carried, earlier)
        chart = new_cases([first], opened_in([first]))
    assert chart.groups == ["Jul", "Agu", "Sep", "Okt"]
    assert chart.series[0].values == [2, 0, 2, 0]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("principal", True), ("bk", True), ("wali", False), ("student_affairs", False)],
)
def test_it_is_for_those_who_read_every_class(who, sees):
    school = small_school()
    assert ("Kasus baru per bulan" in page(getattr(school, who))) == sees


def test_months_before_recaps_counted_are_left_out_unless_a_case_was_opened_in_them():
    with clock.shifted_to(datetime(2020, 10, 2, 9, tzinfo=WIB)):
        first, _second = paper_school()
        Case.objects.all().delete()
        RecapPeriodFactory(semester=first, starts_on=date(2020, 9, 1), ends_on=date(2020, 9, 30))
        assert new_cases([first], opened_in([first])).groups == ["Sep", "Okt"]
        student = Enrolment.objects.select_related("student")[0].student
        case = case_of(student, first, status=CaseStatus.OPEN)
        case.opened_at = clock.day_start(date(2020, 7, 20))
        case.save()
        assert new_cases([first], opened_in([first])).groups == ["Jul", "Sep", "Okt"]

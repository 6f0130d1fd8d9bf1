"""A new year moves no figure of a semester that is over, neither when it begins nor undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.tests.factories import direct_case
from cases.workflow import open_directly
from recaps.models import Absence
from recaps.tests.factories import handed_over_recap
from reports.tables import CLASS, GRADE, report
from school.models import Enrolment, NewYear, RecapPeriod, Semester, TeachingAssignment
from school.school_years import Days
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.new_year import Going, begin, propose
from workflow import clock
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march():
    with clock.shifted_to(clock.day_start(date(2022, 3, 20))):
        yield


@pytest.fixture
def cast():
    """Return a school in the second semester, with a case in each semester, and its plan."""
    cast = small_school(6)
    first = cast.semester.starts_on - timedelta(days=160)
    before = make.SemesterFactory(
        year=cast.own.year, term=2, starts_on=first, ends_on=first + timedelta(days=150)
    )
    Enrolment.objects.update(starts_on=first)
    last = make.SchoolClassFactory(name="XII MIPA 3", grade="XII", year=cast.own.year)
    make.EnrolmentFactory(school_class=last, starts_on=first)
    for student in cast.students[:2]:
        direct_case(cast, student)
    case = direct_case(cast, cast.students[2])
    type(case).objects.filter(pk=case.pk).update(semester=before)
    plan = propose(cast.own.year)
    odd = cast.semester.ends_on + timedelta(days=30)
    even = odd + timedelta(days=180)
    plan = replace(
        plan,
        label=f"{odd.year}/{odd.year + 1}",
        odd=Days(odd, odd + timedelta(days=150)),
        even=Days(even, even + timedelta(days=150)),
    )
    plan.goings = {
        cast.students[0].pk: Going("REPEATS", "X MIPA 3"),
        cast.students[1].pk: Going("LEAVES"),
        cast.students[2].pk: Going("ELSEWHERE", "XI MIPA 4"),
    }
    cast.new_year = NewYear.objects.create(ends=cast.own.year, plan=plan.as_json)
    cast.plan = plan
    return cast


def figures(semesters):
    return [
        (str(semester), by, row.label, row.tally.students, row.tally.cases, dict(row.tally.handled))
        for semester in semesters
        for by in (GRADE, CLASS)
        for row in report(semester, by).rows
    ]


@pytest.mark.parametrize("months_later", [0, 6])
def test_figures_of_past_semesters_do_not_move(cast, months_later):
    semesters = list(Semester.objects.order_by("starts_on"))
    before = figures(semesters)
    assert sum(row[4] for row in before if row[1] == GRADE) == 3
    change = begin(cast.new_year, by=cast.operator)
    with clock.shifted_to(clock.now() + timedelta(days=30 * months_later)):
        assert figures(semesters) == before
        changes.undo(change, by=cast.operator)
        assert figures(semesters) == before


def test_the_new_year_counts_who_is_in_it(cast):
    begin(cast.new_year, by=cast.operator)
    new = Semester.objects.get(year__label=cast.plan.label, term=1)
    counts = {row.label: row.tally.students for row in report(new, CLASS).rows}
    assert counts == {"X MIPA 3": 1, "X MIPA 4": 0, "XI MIPA 3": 3, "XI MIPA 4": 3}


def in_new_year(cast):
    """Return the semester, a period, a student and a lesson of the new year."""
    new = Semester.objects.get(year__label=cast.plan.label, term=1)
    lesson = TeachingAssignment.objects.filter(
        group__year=new.year_id, group__school_class__name="XI MIPA 3"
    ).first()
    return new, RecapPeriod.objects.filter(semester=new).first(), cast.students[3], lesson


def a_case(cast):
    semester, _period, student, _lesson = in_new_year(cast)
    open_directly(student, semester, by=cast.coordinator, reasons=["FAMILY"])


def a_recap(cast):
    _semester, period, _student, lesson = in_new_year(cast)
    handed_over_recap(lesson, period, {})


def an_absence(cast):
    Absence.objects.create(student=cast.students[3], day=clock.today(), code="S", by=cast.wali)


def a_student_who_comes(cast):
    new = Semester.objects.get(year__label=cast.plan.label, term=1)
    make.EnrolmentFactory(
        school_class=new.year.classes.get(name="X MIPA 3"), starts_on=cast.plan.first_day
    )


@pytest.mark.parametrize("work", [a_case, a_recap, an_absence, a_student_who_comes])
def test_a_year_that_is_worked_in_stands(cast, work):
    change = begin(cast.new_year, by=cast.operator)
    with clock.shifted_to(clock.day_start(cast.plan.first_day + timedelta(days=40))):
        work(cast)
        with pytest.raises(NotNow) as refused:
            changes.undo(change, by=cast.operator)
    assert "kasus" not in str(refused.value).lower()

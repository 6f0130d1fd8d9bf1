from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Case, CaseStatus, Rung
from cases.tests.factories import attempt, direct_case, summons
from cases.workflow import dismiss
from homevisits.tests.factories import proposed_visit
from reports.comparison import Change, compare, opened_in, resolved
from reports.rates import percent, rounded
from reports.tables import CLASS, GRADE, Tally, labels_of, report, reports_of
from reports.tests.factories import case_of
from school.models import Enrolment, SchoolClass, Semester
from school.tests import factories as make
from school.tests.cast import small_school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("14.717", "14.72"),
        ("12.2222", "12.22"),
        ("0.617", "0.62"),
        ("0.125", "0.13"),
        ("2.675", "2.68"),
        ("-7.7777", "-7.78"),
        ("-0.125", "-0.13"),
        ("0", "0.00"),
    ],
)
def test_figures_are_rounded_half_up_to_two_decimals(value, shown):
    assert str(rounded(Decimal(value))) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(39, 265, "14.72"), (99, 810, "12.22"), (5, 810, "0.62"), (1, 800, "0.13"), (0, 0, "0.00")],
)
def test_a_percentage_is_a_share_of_the_right_total_and_nobody_at_all_is_nought(part, whole, shown):
    assert str(percent(part, whole)) == shown


def test_a_change_is_said_in_numbers_percent_and_points():
    change = compare(
        counted(810, contact=47, summons=28, home_visit=24),
        counted(810, contact=23, summons=8, home_visit=5),
    )
    assert (change.cases.difference, change.cases.percent) == (-63, Decimal("-63.64"))
    assert change.points == Decimal("-7.78")
    assert (change.visits.difference, change.visits.percent) == (-19, Decimal("-79.17"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Tally(), Tally()),
        (Tally(), Tally(5, Counter({Rung.REVIEW: 1}))),
        (Tally(5, Counter({Rung.REVIEW: 1})), Tally()),
    ],
)
def test_a_change_from_or_to_nobody_has_no_points(first, second):
    assert compare(first, second).points is None


def test_a_change_from_nothing_has_no_percentage():
    assert Change(0, 3).percent is None
    assert Change(0, 3).difference == 3


# A simple oracle

FIRST_DAY, LAST_DAY = 50, 120
CLASSES = (("X 1", "X"), ("X 2", "X"), ("XI 1", "XI"))
DAY_ZERO = timedelta(days=200)


@dataclass
class Life:
    """A student's stays (class, first day, last day), and their case if they have one."""

    stays: list[tuple[int, int, int]]
    status: str | None
    rung: int
    marks: list[int] = field(default_factory=list)

    def last_class(self) -> int | None:
        there = [stay for stay in self.stays if stay[1] <= LAST_DAY and stay[2] >= FIRST_DAY]
        return max(there, key=lambda stay: stay[1])[0] if there else None


@st.composite
def lives(draw: st.DrawFn) -> Life:
    cuts = sorted(draw(st.sets(st.integers(0, 170), min_size=2, max_size=6)))
    stays = [
        (draw(st.integers(0, 2)), first, last)
        for first, last in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    status = draw(st.sampled_from([None, "OPEN", "RESOLVED", "CLOSED", "DISMISSED"]))
    return Life(stays, status, draw(st.sampled_from(Rung.values)))


def made(people: list[Life]) -> Semester:
    zero = make.days_ago(0) - DAY_ZERO
    semester = make.SemesterFactory(
        starts_on=zero + timedelta(days=FIRST_DAY), ends_on=zero + timedelta(days=LAST_DAY)
    )
    classes = [make.SchoolClassFactory(name=name, grade=grade) for name, grade in CLASSES]
    for life in people:
        student = make.StudentFactory()
        Enrolment.objects.bulk_create(
            Enrolment(
                student=student,
                school_class=classes[number],
                starts_on=zero + timedelta(days=first),
                ends_on=zero + timedelta(days=last),
            )
            for number, first, last in life.stays
        )
        if life.status and life.last_class() is not None:
            case_of(student, semester, rung=life.rung, status=life.status).save()
    return semester


def expected(people: list[Life], number: int) -> tuple[int, ...]:
    """Return a class's students and its cases on each rung, counted one by one."""
    own = [life for life in people if life.last_class() == number]
    counted = [life for life in own if life.status not in (None, "DISMISSED")]
    rungs = [sum(life.rung == rung for life in counted) for rung in Rung]
    return (len(own), *rungs)


def counted(students: int, **rungs: int) -> Tally:
    """Return a tally of `students` and the cases of each named rung."""
    return Tally(students, Counter({Rung[name.upper()]: n for name, n in rungs.items()}))


def figures_of(tally: Tally) -> tuple[int, ...]:
    return (tally.students, *(tally.at(rung) for rung in Rung))


@settings(max_examples=100)
@given(st.lists(lives(), max_size=7))
def test_the_tables_count_as_a_plain_oracle_does(people):
    with transaction.atomic():
        semester = made(people)
        by_class, by_grade = report(semester, CLASS), report(semester, GRADE)
        for number, (name, _grade) in enumerate(CLASSES):
            assert figures_of(by_class.row(name).tally) == expected(people, number), name
        for shown in (by_class, by_grade):
            assert Tally.sum(row.tally for row in shown.rows) == shown.total.tally
        x_classes = Tally.sum(by_class.row(name).tally for name in ("X 1", "X 2"))
        assert by_grade.row("X").tally == x_classes
        assert by_grade.total.tally == by_class.total.tally
        assert by_grade.total.tally.cases == Case.objects.counted().count()
        transaction.set_rollback(True)


# Who counts


def test_a_student_who_moved_counts_once_in_the_last_class_of_the_semester():
    school = small_school(size=3)
    mover = school.students[0]
    Enrolment.objects.filter(student=mover).update(ends_on=make.days_ago(11))
    make.EnrolmentFactory(student=mover, school_class=school.foreign, starts_on=make.days_ago(10))
    case_of(mover, school.semester, rung=Rung.SUMMONS, status="OPEN").save()
    shown = report(school.semester, CLASS)
    assert shown.row("X MIPA 3").tally == Tally(students=2)
    assert shown.row("X MIPA 4").tally == counted(3, summons=1)


def test_who_left_in_the_semester_counts_and_who_left_before_it_does_not():
    school = small_school(size=3)
    left, never_there, _stays = school.students
    Enrolment.objects.filter(student=left).update(ends_on=make.days_ago(60))
    Enrolment.objects.filter(student=never_there).update(
        starts_on=make.days_ago(200), ends_on=make.days_ago(91)
    )
    assert report(school.semester, CLASS).row("X MIPA 3").tally.students == 2


def test_a_case_whose_student_was_in_no_class_still_counts_in_a_row_of_its_own():
    school = small_school(size=1)
    stranger = make.StudentFactory()
    case_of(stranger, school.semester, rung=Rung.CONTACT).save()
    shown = report(school.semester, CLASS)
    assert [row.label for row in shown.rows] == ["X MIPA 3", "X MIPA 4", "Tanpa kelas"]
    assert shown.total.tally == counted(3, contact=1)
    assert report(school.semester).row("Tanpa tingkat").tally.at(Rung.CONTACT) == 1


def test_a_school_without_classes_has_tables_of_nobody():
    shown = report(make.SemesterFactory())
    assert shown.rows == []
    assert (shown.total.tally.students, str(shown.total.tally.rate)) == (0, "0.00")


def test_one_student_with_a_case_is_a_hundred_percent():
    semester = make.SemesterFactory()
    enrolment = make.EnrolmentFactory(school_class__grade="XI")
    case_of(enrolment.student, semester).save()
    assert str(report(semester).row("XI").tally.rate) == "100.00"


def test_each_class_of_the_year_has_a_row_in_the_order_that_people_read():
    semester = make.SemesterFactory()
    classes = (
        ("XI IPS 1", "XI", 1),
        ("X MIPA 10", "X", 10),
        ("X MIPA 2", "X", 2),
        ("IX A", "IX", 1),
    )
    for name, grade, order in classes:
        make.SchoolClassFactory(name=name, grade=grade, order=order)
    make.SchoolClassFactory(name="X LAMA", year__label="2019/2020")
    shown = report(semester, CLASS)
    assert [row.label for row in shown.rows] == ["IX A", "X MIPA 2", "X MIPA 10", "XI IPS 1"]
    assert labels_of([shown, shown]) == [row.label for row in shown.rows]
    assert [row.label for row in report(semester).rows] == ["IX", "X", "XI"]


def test_a_class_of_another_year_that_somebody_counts_in_says_its_year():
    semester = make.SemesterFactory()
    old = make.SchoolClassFactory(name="X LAMA", year__label="2020/2021")
    make.EnrolmentFactory(school_class=old)
    assert [row.label for row in report(semester, CLASS).rows] == ["X LAMA (2020/2021)"]


def test_a_case_moves_up_the_columns_as_its_steps_are_done_and_a_false_alarm_leaves_them():
    school = small_school(size=2)
    first, second = (direct_case(school, student) for student in school.students)
    assert report(school.semester).total.tally == counted(4, review=2)
    attempt(first, school.bk)
    assert report(school.semester).total.tally == counted(4, review=1, contact=1)
    summons(first, school.bk, is_over=False)
    dismiss(second, by=school.bk, reason="Salah catat")
    assert report(school.semester).total.tally == counted(4, summons=1)


def test_a_proposed_visit_counts_as_a_visit():
    school = small_school(size=1)
    proposed_visit(direct_case(school), school.bk)
    assert report(school.semester).total.tally.at(Rung.HOME_VISIT) == 1


def test_the_median_of_days_is_of_resolved_cases_alone():
    semester = make.SemesterFactory()
    for days, status in ((4, "RESOLVED"), (16, "RESOLVED"), (30, "RESOLVED"), (90, "CLOSED")):
        case_of(make.StudentFactory(), semester, days=days, status=status).save()
    found = resolved(semester, opened_in([semester]))
    assert (found.number, found.days) == (3, 16)
    Case.objects.filter(status=CaseStatus.RESOLVED).delete()
    assert resolved(semester, opened_in([semester])).days is None


@pytest.mark.sqlite
@pytest.mark.parametrize("classes", [1, 30])
def test_the_tables_ask_as_many_queries_of_thirty_classes_as_of_one(classes):
    semester = make.SemesterFactory()
    for number in range(classes):
        school_class = make.SchoolClassFactory(name=f"X MIPA {number}")
        enrolment = make.EnrolmentFactory(school_class=school_class)
        case_of(enrolment.student, semester, rung=10 + 10 * (number % 4)).save()
    with CaptureQueriesContext(connection) as asked:
        reports_of([semester], CLASS)
    assert len(asked) == 3


def test_two_semesters_stand_side_by_side_with_a_row_for_each_class_of_either():
    first = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(300), ends_on=make.days_ago(120)
    )
    second = make.SemesterFactory()
    SchoolClass.objects.create(year=first.year, name="XII IPA 1", grade="XII")
    SchoolClass.objects.create(year=second.year, name="X IPA 1", grade="X")
    assert labels_of(reports_of([first, second], CLASS)) == ["X IPA 1", "XII IPA 1"]

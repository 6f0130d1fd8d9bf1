"""A new school year: proposed from the old one, begun as a whole, and taken back as a whole."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from school.models import (
    AcademicYear,
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    NewYear,
    Policy,
    RecapPeriod,
    SchoolClass,
    Semester,
    Student,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.school_years import Days
from school.tests import factories as make
from school.tests.cast import small_school
from school.ties import ties_on
from school.workflow import changes
from school.workflow.enrolment import leave
from school.workflow.new_year import Fate, Going, Plan, begin, plan_from, propose, seats_of
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.tests.browser_free import rolled_back

pytestmark = pytest.mark.django_db
MODELS = (
    *(AcademicYear, Semester, Policy, RecapPeriod, SchoolClass, TeachingGroup),
    *(Enrolment, GroupMember, HomeroomAssignment, TeachingAssignment),
)


def school(size=4):
    """Return the small school with a class XII MIPA 3 and its teacher, and the plan after it."""
    cast = small_school(size)
    year = cast.own.year
    guru3 = make.person(username="guru3", name="Wahyu Nugroho")
    last = make.SchoolClassFactory(name="XII MIPA 3", grade="XII", year=year, counselor=cast.bk2)
    make.HomeroomAssignmentFactory(teacher=guru3, school_class=last)
    make.TeachingAssignmentFactory(
        teacher=guru3, group=make.group_of(last, cast.maths.group.subject)
    )
    graduate = make.EnrolmentFactory(school_class=last).student
    plan = propose(year)
    first = cast.semester.ends_on + timedelta(days=30)
    odd = Days(first, first + timedelta(days=150))
    even = Days(odd.last + timedelta(days=20), odd.last + timedelta(days=170))
    plan = replace(plan, odd=odd, even=even, label=f"{first.year}/{first.year + 1}")
    return SimpleNamespace(
        **vars(cast), year=year, last=last, graduate=graduate, guru3=guru3, plan=plan
    )


@pytest.fixture(autouse=True)
def in_july(monkeypatch):
    """Let the year end in June, so that the days of the new one lie in a school year."""
    with clock.shifted_to(clock.day_start(make.date(2022, 3, 20))):
        yield


@pytest.fixture
def cast():
    return school()


def begun(cast, plan=None):
    new_year = NewYear.objects.create(ends=cast.year, plan=(plan or cast.plan).as_json)
    return begin(new_year, by=cast.operator)


def rows():
    return [
        [
            {key: value for key, value in row.items() if key != "version"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in MODELS
    ]


def class_after(student):
    stay = Enrolment.objects.filter(student=student).order_by("-starts_on").first()
    return stay.school_class.name, stay.end_reason


def test_each_class_goes_up_and_the_last_grade_graduates(cast):
    plan = propose(cast.year)
    assert plan.after == {
        cast.own.pk: "XI MIPA 3",
        cast.foreign.pk: "XI MIPA 4",
        cast.last.pk: "",
    }
    assert {name: (one.grade, one.is_entry) for name, one in plan.classes.items()} == {
        "XI MIPA 3": ("XI", False),
        "XI MIPA 4": ("XI", False),
        "X MIPA 3": ("X", True),
        "X MIPA 4": ("X", True),
    }


def test_teachers_and_counselor_go_up_with_the_class_and_those_of_the_last_grade_begin_again(cast):
    plan = propose(cast.year)
    staff = {
        name: (one.staff_of, one.counselor, one.homerooms) for name, one in plan.classes.items()
    }
    assert staff == {
        "XI MIPA 3": (cast.own.pk, cast.bk.pk, [cast.wali.pk]),
        "XI MIPA 4": (cast.foreign.pk, cast.bk2.pk, [cast.wali2.pk]),
        "X MIPA 3": (cast.last.pk, cast.bk2.pk, [cast.guru3.pk]),
        "X MIPA 4": (cast.foreign.pk, cast.bk2.pk, [cast.wali2.pk]),
    }


def test_a_class_of_xii_goes_on_where_the_school_has_its_xiii(cast):
    make.SchoolClassFactory(name="XIII MIPA 3", grade="XIII", year=cast.year)
    assert propose(cast.year).after[cast.last.pk] == "XIII MIPA 3"


def test_the_usual_days_of_the_next_year_are_proposed_or_those_that_are_set(cast):
    AcademicYear.objects.filter(pk=cast.year.pk).update(label="2021/2022")
    cast.year.refresh_from_db()
    plan = propose(cast.year)
    assert (plan.label, plan.odd.first, plan.even.last) == (
        "2022/2023",
        make.date(2022, 7, 18),
        make.date(2023, 6, 16),
    )
    known = make.SemesterFactory(
        year=AcademicYear.objects.create(label="2022/2023"),
        term=1,
        starts_on=make.date(2022, 7, 11),
        ends_on=make.date(2022, 12, 9),
    )
    assert propose(cast.year).odd == (known.starts_on, known.ends_on)


def test_a_plan_is_the_same_after_it_was_stored(cast):
    cast.plan.goings[cast.students[0].pk] = Going("REPEATS", "X MIPA 3")
    new_year = NewYear.objects.create(ends=cast.year, plan=cast.plan.as_json)
    new_year.refresh_from_db()
    assert Plan.read(new_year.plan) == cast.plan


def test_the_whole_school_is_in_the_new_year_from_its_first_day(cast):
    eve = cast.plan.first_day - timedelta(days=1)
    change = begun(cast)
    new = Enrolment.objects.filter(school_class__year__label=cast.plan.label)
    assert {(stay.student, stay.school_class.name, stay.starts_on) for stay in new} == {
        *((student, "XI MIPA 3", cast.plan.first_day) for student in cast.students),
        *((student, "XI MIPA 4", cast.plan.first_day) for student in cast.foreign_students),
    }
    old = Enrolment.objects.filter(school_class__year=cast.year)
    assert set(old.values_list("ends_on", flat=True)) == {eve}
    assert class_after(cast.graduate) == ("XII MIPA 3", "GRADUATED")
    assert change.counts == {"promoted": 6, "graduated": 1, "classes": 4, "lessons": 6}
    assert change.effective_on == cast.plan.first_day


def test_its_two_semesters_are_made_with_periods_and_the_policy_of_before(cast):
    Policy.objects.update(recap_days=9)
    begun(cast)
    semesters = Semester.objects.filter(year__label=cast.plan.label)
    assert [(one.starts_on, one.ends_on) for one in semesters] == [cast.plan.odd, cast.plan.even]
    assert {one.policy.recap_days for one in semesters} == {9}
    assert all(one.periods.exists() for one in semesters)


def test_who_taught_a_class_teaches_the_one_that_follows(cast):
    begun(cast)
    taught = TeachingAssignment.objects.filter(group__year__label=cast.plan.label)
    found = {
        (str(one.group.school_class), one.subject.name, one.teacher.username) for one in taught
    }
    assert found == {
        ("XI MIPA 3", "Matematika", "guru"),
        ("XI MIPA 3", "Fisika", "guru"),
        ("XI MIPA 3", "Bahasa Inggris", "guru2"),
        ("XI MIPA 4", "Bahasa Inggris", "guru2"),
        ("X MIPA 3", "Matematika", "guru3"),
        ("X MIPA 4", "Bahasa Inggris", "guru2"),
    }
    homerooms = HomeroomAssignment.objects.filter(school_class__year__label=cast.plan.label)
    assert set(homerooms.values_list("school_class__name", "teacher__username")) == {
        ("XI MIPA 3", "wali"),
        ("XI MIPA 4", "wali2"),
        ("X MIPA 3", "guru3"),
        ("X MIPA 4", "wali2"),
    }


def test_who_left_and_what_is_no_longer_taught_does_not_go_on(cast):
    User.objects.filter(pk=cast.guru.pk).update(is_active=False)
    english = cast.english.group.subject
    english.is_active = False
    english.save()
    begun(cast, replace(cast.plan, classes=propose(cast.year).classes))
    taught = TeachingAssignment.objects.filter(group__year__label=cast.plan.label)
    assert [one.teacher.username for one in taught] == ["guru3"]


def test_lessons_and_groups_are_left_out_if_that_is_chosen(cast):
    make.mixed_group(cast.guru2, cast.students[:2], cast.year)
    begun(cast, replace(cast.plan, with_lessons=False, with_groups=False))
    assert not TeachingGroup.objects.filter(year__label=cast.plan.label).exists()


def test_a_group_goes_up_with_those_of_its_members_who_do(cast):
    repeats, leaves, goes = cast.students[:3]
    make.mixed_group(cast.guru2, [repeats, leaves, goes], cast.year, name="Kristen X")
    dance = make.SubjectFactory(name="Tari")
    make.mixed_group(cast.guru2, [cast.graduate], cast.year, name="Tari XII", subject=dance)
    cast.plan.goings = {
        repeats.pk: Going("REPEATS", "X MIPA 3"),
        leaves.pk: Going("LEAVES"),
    }
    begun(cast)
    group = TeachingGroup.objects.get(year__label=cast.plan.label, school_class=None)
    assert group.name == "Kristen XI"
    assert list(group.members.values_list("student", flat=True)) == [goes.pk]
    assert group.teaching.get().teacher == cast.guru2


def test_single_students_go_another_way(cast):
    repeats, leaves, elsewhere = cast.students[:3]
    cast.plan.goings = {
        repeats.pk: Going("REPEATS", "X MIPA 3"),
        leaves.pk: Going("LEAVES"),
        elsewhere.pk: Going("ELSEWHERE", "XI MIPA 4"),
    }
    change = begun(cast)
    assert class_after(repeats) == ("X MIPA 3", "")
    assert class_after(leaves) == ("X MIPA 3", "LEFT")
    assert class_after(elsewhere) == ("XI MIPA 4", "")
    assert change.counts == {
        "promoted": 3,
        "graduated": 1,
        "repeating": 1,
        "left": 1,
        "elsewhere": 1,
        "classes": 4,
        "lessons": 6,
    }


def test_who_left_or_has_a_place_already_is_not_asked_for(cast):
    leave(cast.students[0], on=clock.today(), by=cast.operator)
    new = make.SchoolClassFactory(
        name="XI MIPA 9", year=AcademicYear.objects.create(label=cast.plan.label), grade="XI"
    )
    cast.students[1].enrolments.update(ends_on=cast.plan.first_day - timedelta(days=1))
    make.EnrolmentFactory(student=cast.students[1], school_class=new, starts_on=cast.plan.first_day)
    seats = {seat.student for seat in seats_of(cast.year, cast.plan)}
    expected = [*cast.students[2:], *cast.foreign_students, cast.graduate]
    assert seats == {student.pk for student in expected}


def test_undo_takes_the_whole_year_back(cast):
    make.mixed_group(cast.guru2, cast.students[:2], cast.year)
    before = rows()
    change = begun(cast)
    assert rows() != before
    changes.undo(change, by=cast.operator)
    assert rows() == before
    again = begin(NewYear.objects.get(), by=cast.operator)
    assert again.counts == change.counts


def test_until_the_first_day_everybody_is_where_they_were(cast):
    begun(cast)
    student = Student.objects.with_class().get(pk=cast.students[0].pk)
    assert (student.class_name, student.left_on) == ("X MIPA 3", None)
    now, then = (ties_on(day, cast.wali.pk) for day in (clock.today(), cast.plan.first_day))
    assert [home.name for home in now.homerooms] == ["X MIPA 3"]
    assert [home.name for home in then.homerooms] == ["XI MIPA 3"]


def test_classes_and_semesters_that_are_there_are_used(cast):
    year = AcademicYear.objects.create(label=cast.plan.label)
    there = make.SchoolClassFactory(name="XI MIPA 3", grade="XI", year=year, counselor=cast.bk2)
    first, last = cast.plan.odd
    make.SemesterFactory(year=year, term=1, starts_on=first, ends_on=last)
    begun(cast)
    assert SchoolClass.objects.get(year=year, name="XI MIPA 3") == there
    assert SchoolClass.objects.get(pk=there.pk).counselor == cast.bk2
    assert Semester.objects.filter(year=year).count() == 2


REFUSED = {
    "a student without a class": "Belum punya kelas",
    "a class that is not planned": "tidak ada kelas XI MIPA 9",
    "a first day within the old year": "berlangsung sampai",
    "an operator as homeroom teacher": "Operator",
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_year_that_cannot_begin_is_refused_in_words_and_nothing_is_written(cast, what):
    plan, student = cast.plan, cast.students[0].pk
    if what == "a student without a class":
        plan.after[cast.own.pk] = ""
    elif what == "a class that is not planned":
        plan.goings[student] = Going("ELSEWHERE", "XI MIPA 9")
    elif what == "a first day within the old year":
        plan.odd = Days(cast.semester.ends_on, plan.odd.last)
    else:
        plan.classes["XI MIPA 3"].homerooms = [cast.operator.pk]
    before = rows()
    with pytest.raises(NotNow, match=REFUSED[what]):
        begun(cast, plan)
    assert rows() == before


def test_a_year_begins_once(cast):
    begun(cast)
    with pytest.raises(NotNow, match="sudah dimulai"):
        begin(NewYear.objects.get(), by=cast.operator)


def test_only_the_operator_begins_it(cast):
    new_year = NewYear.objects.create(ends=cast.year, plan=cast.plan.as_json)
    for who in (cast.coordinator, cast.principal, cast.wali):
        with pytest.raises(NotAllowed):
            begin(new_year, by=who)


def test_class_lists_place_each_student_and_leave_out_nobody(cast):
    up, repeats, elsewhere, missing = cast.students
    new = make.StudentFactory()
    seats = {
        up.pk: "XI MIPA 3",
        repeats.pk: "X MIPA 3",
        elsewhere.pk: "XI IPS 1",
        new.pk: "X MIPA 4",
    }
    plan = plan_from(cast.plan, cast.year, seats, {})
    found = {seat.student: (seat.fate, seat.to) for seat in seats_of(cast.year, plan)}
    assert found == {
        up.pk: (Fate.PROMOTED, "XI MIPA 3"),
        repeats.pk: (Fate.REPEATS, "X MIPA 3"),
        elsewhere.pk: (Fate.PROMOTED, "XI IPS 1"),
        new.pk: (Fate.ELSEWHERE, "X MIPA 4"),
        missing.pk: (Fate.NOWHERE, ""),
        cast.graduate.pk: (Fate.GRADUATES, ""),
        **{student.pk: (Fate.NOWHERE, "") for student in cast.foreign_students},
    }
    assert plan.classes["XI IPS 1"].grade == "XI"


def test_class_lists_with_a_class_whose_grade_is_unknown_are_refused(cast):
    with pytest.raises(NotNow, match="TKJ 1"):
        plan_from(cast.plan, cast.year, {cast.students[0].pk: "TKJ 1"}, {})
    plan = plan_from(cast.plan, cast.year, {cast.students[0].pk: "TKJ 1"}, {"TKJ 1": "XI"})
    assert plan.classes["TKJ 1"].grade == "XI"


def test_thirty_students_begin_the_year_in_as_many_queries_as_two():
    counts = []
    for size in (2, 30):
        with rolled_back():
            cast = school(size)
            with CaptureQueriesContext(connection) as asked:
                begun(cast)
            counts.append(len(asked))
    assert counts[0] == counts[1]

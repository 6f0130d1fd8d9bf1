"""What the operator gave to teachers and groups stays once something written rests on it."""

import pytest

from recaps.models import Absence
from recaps.tests.factories import ABSENT, handed_over_recap
from recaps.workflow import class_list_of, decide
from school.models import Change, Enrolment, TeachingAssignment
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes, groups
from school.workflow.assignments import assign_teaching
from school.workflow.homerooms import add_homeroom
from workflow import clock
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_school()


def lessons_given(cast):
    """Let guru2 teach mathematics in place of guru from today on."""
    wanted = {(cast.own.pk, cast.maths.group.subject_id): [cast.guru2.pk]}
    assign_teaching(cast.own.year, wanted, by=cast.operator, on=clock.today())
    cast.guru.forget_ties()
    cast.guru2.forget_ties()
    return Change.objects.get()


def test_lessons_are_given_back_while_the_successor_has_written_nothing(cast):
    changes.undo(lessons_given(cast), by=cast.operator)
    held = TeachingAssignment.objects.get(group=cast.maths.group)
    assert (held.teacher, held.ends_on) == (cast.guru, None)


def test_lessons_stay_once_the_successor_has_written_a_recap_of_them(cast):
    change = lessons_given(cast)
    assignment = TeachingAssignment.objects.get(teacher=cast.guru2, group=cast.maths.group)
    handed_over_recap(assignment, cast.period, {cast.students[0]: ABSENT})
    with pytest.raises(NotNow):
        changes.undo(change, by=cast.operator)


def test_what_the_successor_writes_of_other_lessons_keeps_nothing(cast):
    change = lessons_given(cast)
    handed_over_recap(cast.english, cast.period, {cast.students[0]: ABSENT})
    changes.undo(change, by=cast.operator)


def test_a_class_stays_with_its_new_homeroom_teacher_once_they_have_decided(cast):
    handed_over_recap(cast.maths, cast.period, {cast.students[0]: ABSENT})
    on = clock.today()
    add_homeroom(cast.own, cast.wali2, stops=[cast.wali.pk], by=cast.operator, on=on)
    cast.wali2.forget_ties()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali2)
    decide(class_list, [cast.students[0]], "WATCH", by=cast.wali2)
    with pytest.raises(NotNow):
        changes.undo(Change.objects.get(), by=cast.operator)


def test_a_member_of_a_group_stays_once_a_recap_says_something_of_them(cast):
    first, second = cast.students[:2]
    assignment = make.mixed_group(cast.guru, [first], cast.own.year)
    change = groups.join(assignment.group, [second.pk], by=cast.operator, on=cast.period.starts_on)
    handed_over_recap(assignment, cast.period, {second: ABSENT})
    with pytest.raises(NotNow):
        changes.undo(change, by=cast.operator)


def from_file(cast, kind, *rows):
    """Create rows as a file does."""
    with changes.recording(kind, by=cast.operator, on=cast.period.starts_on) as change:
        change.create(rows)
    return change.made


def test_lessons_from_a_file_stay_once_a_recap_of_them_is_written(cast):
    given = TeachingAssignment(
        teacher=cast.guru2, group=cast.maths.group, starts_on=cast.period.starts_on
    )
    change = from_file(cast, ChangeKind.ASSIGNMENTS, given)
    cast.guru2.forget_ties()
    handed_over_recap(given, cast.period, {cast.students[0]: ABSENT})
    with pytest.raises(NotNow):
        changes.undo(change, by=cast.operator)


def test_a_class_from_a_file_stays_once_a_recap_says_something_of_its_student(cast):
    student = make.StudentFactory()
    stay = Enrolment(student=student, school_class=cast.own, starts_on=cast.period.starts_on)
    change = from_file(cast, ChangeKind.CLASS_LISTS, stay)
    handed_over_recap(cast.maths, cast.period, {student: ABSENT})
    with pytest.raises(NotNow):
        changes.undo(change, by=cast.operator)


def test_a_student_from_a_file_stays_once_they_were_absent(cast):
    student = make.StudentFactory()
    stay = Enrolment(student=student, school_class=cast.own, starts_on=make.days_ago(5))
    change = from_file(cast, ChangeKind.CLASS_LISTS, stay)
    absence = Absence.objects.create(
        student=student, day=make.days_ago(1), code="S", by=cast.coordinator
    )
    with pytest.raises(NotNow):
        changes.undo(change, by=cast.operator)
    absence.delete()
    changes.undo(change, by=cast.operator)
    assert not student.enrolments.exists()

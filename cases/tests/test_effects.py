"""The operator learns of no case, whether or not there is one."""

import pytest

from cases.tests.factories import direct_case
from cases.workflow import open_directly
from school.effects import Scope, effects_of
from school.models import Enrolment
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.enrolment import arrive, leave, move
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db
ago = make.days_ago


@pytest.fixture
def cast():
    return small_school()


@pytest.mark.parametrize("kind", [ChangeKind.MOVE, ChangeKind.LEAVING])
def test_the_effects_are_the_same_with_and_without_a_case(cast, kind):
    student, by = cast.students[0], cast.operator
    scope = Scope(kind, ago(0), students=frozenset([student.pk]))

    def act():
        if kind == ChangeKind.MOVE:
            return move(student, cast.foreign, on=ago(0), by=by)
        return leave(student, on=ago(1), by=by)

    without = effects_of(scope, act)
    direct_case(cast, student)
    assert effects_of(scope, act) == without
    assert any("kasus" in str(text) for text in without)


def test_a_coming_stands_once_a_case_was_opened_and_does_not_say_so(cast):
    student = make.StudentFactory()
    change = arrive(student, cast.own, on=ago(5), by=cast.operator)
    open_directly(student, cast.semester, by=cast.bk, reasons=["FAMILY"])
    with pytest.raises(NotNow) as refused:
        changes.undo(change, by=cast.operator)
    assert "catatan" in str(refused.value)
    assert "kasus" not in str(refused.value).lower()


@pytest.mark.parametrize("kind", [ChangeKind.MOVE, ChangeKind.LEAVING])
def test_a_case_opened_since_does_not_keep_a_move_or_a_leaving_from_being_undone(cast, kind):
    student = cast.students[0]
    if kind == ChangeKind.MOVE:
        change = move(student, cast.foreign, on=ago(5), by=cast.operator)
    else:
        change = leave(student, on=ago(5), by=cast.operator)
    open_directly(student, cast.semester, by=cast.coordinator, reasons=["FAMILY"])
    changes.undo(change, by=cast.operator)


def test_a_file_that_brought_a_student_stands_once_a_case_was_opened(cast):
    student = make.StudentFactory()
    stay = Enrolment(student=student, school_class=cast.own, starts_on=ago(5))
    with changes.recording(ChangeKind.CLASS_LISTS, by=cast.operator, on=ago(5)) as change:
        change.create([stay])
    open_directly(student, cast.semester, by=cast.bk, reasons=["FAMILY"])
    with pytest.raises(NotNow):
        changes.undo(change.made, by=cast.operator)

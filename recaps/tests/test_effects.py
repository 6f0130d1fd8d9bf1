"""Before a student moves, the page says which sheets and lists change, for the periods so far."""

import pytest

from recaps.models import Absence
from recaps.tests.factories import ABSENT, handed_over_recap
from recaps.workflow import class_list_of, decide
from school.effects import Scope, effects_of
from school.models import Change, Enrolment
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


def said(cast, act, students, *to, on, kind=ChangeKind.MOVE, first=None):
    """Return what is said of sheets and lists, without the names of the months."""
    scope = Scope(kind, first or on, students=frozenset(one.pk for one in students))
    effects = effects_of(scope, lambda: act(students[0], *to, on=on, by=cast.operator))
    periods = (cast.earlier_period, cast.period)
    months = {str(period): number for number, period in enumerate(periods)}
    found = []
    for text in map(str, effects):
        month, colon, rest = text.partition(": ")
        if colon and month in months:
            found.append((months[month], rest))
    return found


def test_in_the_period_of_the_move_both_classes_list_the_student(cast):
    found = said(cast, move, cast.students, cast.foreign, on=ago(10))
    assert found == [(1, "masuk 1 rekap mapel dan rekap kelas X MIPA 4.")]


def test_after_the_period_only_the_new_class_does_and_what_was_handed_over_stays(cast):
    handed_over_recap(cast.maths, cast.period, {})
    found = said(cast, move, cast.students, cast.foreign, on=ago(33))
    assert found == [
        (
            1,
            "tidak lagi di 3 rekap mapel dan rekap kelas X MIPA 3."
            " 1 di antaranya sudah diserahkan dan tetap seperti adanya.",
        ),
        (1, "masuk 1 rekap mapel dan rekap kelas X MIPA 4."),
    ]


def test_a_leaver_is_on_no_sheet_of_a_later_period_also_of_groups(cast):
    make.mixed_group(cast.guru2, cast.students[:1], cast.own.year)
    found = said(cast, leave, cast.students, on=ago(34), first=ago(33))
    assert [row for _month, row in found] == [
        "tidak lagi di 4 rekap mapel dan rekap kelas X MIPA 3."
    ]


def test_asking_what_it_does_does_nothing(cast):
    said(cast, move, cast.students, cast.foreign, on=ago(10))
    assert not Change.objects.exists()
    assert Enrolment.objects.filter(ends_on=None).count() == Enrolment.objects.count()


def moved(cast, student, on):
    return move(student, cast.foreign, on=on, by=cast.operator)


def noted_in_the_new_class(cast, student):
    handed_over_recap(cast.foreign_english, cast.period, {student: ABSENT})


def decided_in_the_new_class(cast, student):
    class_list = class_list_of(cast.foreign, cast.period, by=cast.wali2)
    decide(class_list, [student], "WATCH", by=cast.wali2)


@pytest.mark.parametrize("noted", [noted_in_the_new_class, decided_in_the_new_class])
def test_a_move_stands_once_the_new_class_has_noted_something(cast, noted):
    change = moved(cast, cast.students[0], ago(10))
    noted(cast, cast.students[0])
    with pytest.raises(NotNow, match="ada catatan yang bergantung"):
        changes.undo(change, by=cast.operator)


def test_what_the_old_class_noted_does_not_keep_a_move_from_being_undone(cast):
    student = cast.students[0]
    handed_over_recap(cast.maths, cast.period, {student: ABSENT})
    change = moved(cast, student, ago(10))
    changes.undo(change, by=cast.operator)
    assert Enrolment.objects.get(student=student).school_class == cast.own


def test_notes_in_a_period_in_which_the_student_was_there_before_do_not_either(cast):
    student = cast.students[0]
    moved(cast, student, ago(20))
    back = move(student, cast.own, on=ago(10), by=cast.operator)
    handed_over_recap(cast.maths, cast.period, {student: ABSENT})
    changes.undo(back, by=cast.operator)


def test_a_coming_stands_once_an_absence_is_entered(cast):
    student = make.StudentFactory()
    change = arrive(student, cast.own, on=ago(10), by=cast.operator)
    student_absent(cast, student)
    with pytest.raises(NotNow, match="ada catatan yang bergantung"):
        changes.undo(change, by=cast.operator)


def student_absent(cast, student):
    Absence.objects.create(student=student, day=ago(5), code="S", by=cast.wali)

"""Before a student moves, the page says which sheets and lists change, for the periods so far."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recaps.models import Absence, Recap
from recaps.tests.factories import ABSENT, handed_over_recap
from recaps.workflow import class_list_of, decide, hand_over, hand_over_list, save_header
from school.effects import LOOKS, Scope, effects_of
from school.models import Change, Enrolment, HomeroomAssignment, TeachingAssignment
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.wording import full_day
from school.workflow import changes
from school.workflow.enrolment import arrive, leave, move
from school.workflow.merge import merge
from school.workflow.replacement import replace
from workflow.errors import NotNow
from workflow.tests.browser_free import rolled_back

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
    assert found == [(1, "masuk ke 1 rekap mapel dan rekap kelas X MIPA 4.")]


def test_after_the_period_only_the_new_class_does_and_what_was_handed_over_stays(cast):
    handed_over_recap(cast.maths, cast.period, {})
    found = said(cast, move, cast.students, cast.foreign, on=ago(33))
    assert found == [
        (
            1,
            "tidak lagi di 3 rekap mapel dan rekap kelas X MIPA 3."
            " 1 di antaranya sudah diserahkan dan tetap seperti adanya.",
        ),
        (1, "masuk ke 1 rekap mapel dan rekap kelas X MIPA 4."),
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


def passing(cast, kind, act, *, groups=(), classes=(), students=()):
    scope = Scope(
        kind,
        ago(0),
        groups=frozenset(groups),
        classes=frozenset(classes),
        students=frozenset(students),
    )
    months = {str(cast.earlier_period): 0, str(cast.period): 1}
    texts = (str(text).partition(": ") for text in effects_of(scope, act))
    return [(months[month], rest) for month, _colon, rest in texts if month in months]


def test_what_a_teacher_has_not_handed_over_passes_to_the_successor(cast):
    handed_over_recap(cast.maths, cast.earlier_period, {})
    save_header(cast.physics, cast.period, by=cast.guru, meetings=4, assignments=2, read_at=1)
    lessons = [cast.maths, cast.physics]

    def act():
        return replace(
            cast.guru, cast.guru2, on=ago(0), teaching=lessons, homerooms=[], by=cast.operator
        )

    groups = [one.group_id for one in lessons]
    assert passing(cast, ChangeKind.REPLACEMENT, act, groups=groups) == [
        (0, "1 rekap mapel yang belum diserahkan beralih ke Bu Sri."),
        (
            1,
            "2 rekap mapel yang belum diserahkan beralih ke Bu Sri."
            " 1 di antaranya sudah mulai diisi.",
        ),
    ]


def test_a_draft_that_passed_on_is_handed_over_by_the_successor(cast):
    sheet = save_header(cast.maths, cast.period, by=cast.guru, meetings=9, assignments=2, read_at=1)
    replace(cast.guru, cast.guru2, on=ago(0), teaching=[cast.maths], homerooms=[], by=cast.operator)
    cast.guru2.forget_ties()
    hand_over(sheet.recap, by=cast.guru2)
    assert Recap.objects.get().standing_sheet.meetings == 9


def test_the_lists_of_a_class_pass_to_the_new_homeroom_teacher(cast):
    class_list = class_list_of(cast.own, cast.earlier_period, by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    held = HomeroomAssignment.objects.filter(teacher=cast.wali)

    def act():
        return replace(
            cast.wali, cast.guru, on=ago(0), teaching=[], homerooms=held, by=cast.operator
        )

    assert passing(cast, ChangeKind.REPLACEMENT, act, classes=[cast.own.pk]) == [
        (1, "rekap kelas X MIPA 3 beralih ke Pak Hadi.")
    ]


def test_what_a_merged_class_has_not_handed_over_has_a_last_day(cast):
    def act():
        return merge(cast.foreign, cast.own, on=ago(0), by=cast.operator)

    found = passing(
        cast,
        ChangeKind.MERGE,
        act,
        groups=[cast.foreign_english.group_id],
        classes=[cast.foreign.pk],
    )
    eve = full_day(ago(1))
    sheet = f"1 rekap mapel belum diserahkan; setelah {eve} tidak ada yang dapat menyerahkannya."
    listed = (
        f"rekap kelas X MIPA 4 belum diserahkan; setelah {eve} tidak ada yang dapat menyerahkannya."
    )
    assert found == [(0, sheet), (1, sheet), (0, listed), (1, listed)]


def test_of_a_month_without_students_nothing_is_said(cast):
    Enrolment.objects.filter(school_class=cast.foreign).update(starts_on=ago(20))
    scope = {"groups": [cast.foreign_english.group_id], "classes": [cast.foreign.pk]}

    def act():
        return merge(cast.foreign, cast.own, on=ago(0), by=cast.operator)

    assert {month for month, _said in passing(cast, ChangeKind.MERGE, act, **scope)} == {1}


def test_a_class_without_lessons_is_said_without_a_number_of_sheets(cast):
    cast.foreign_english.delete()
    found = said(cast, move, cast.students, cast.foreign, on=ago(10))
    assert found == [(1, "masuk ke rekap kelas X MIPA 4.")]


def test_a_merger_stands_once_the_other_class_has_noted_one_of_the_students(cast):
    change = merge(cast.foreign, cast.own, on=ago(10), by=cast.operator)
    handed_over_recap(cast.maths, cast.period, {cast.foreign_students[0]: ABSENT})
    with pytest.raises(NotNow, match="ada catatan yang bergantung"):
        changes.undo(change, by=cast.operator)


def test_what_an_act_does_is_asked_in_as_many_queries_for_thirty_students():
    counts = []
    for size in (2, 30):
        with rolled_back():
            cast = small_school(size)
            scope = Scope(ChangeKind.MERGE, ago(0), students=frozenset(s.pk for s in cast.students))
            with CaptureQueriesContext(connection) as asked:
                for look in LOOKS:
                    look(scope)()
            counts.append(len(asked))
    assert counts[0] == counts[1]


def replaced(cast, **what):
    given = {"teaching": [], "homerooms": [], **what}
    teacher = cast.wali if what.get("homerooms") else cast.guru
    return replace(teacher, cast.guru2, on=ago(0), by=cast.operator, **given)


def recap_of_successor(cast):
    change = replaced(cast, teaching=[cast.maths])
    lesson = TeachingAssignment.objects.get(teacher=cast.guru2, group=cast.maths.group)
    cast.guru2.forget_ties()
    save_header(lesson, cast.period, by=cast.guru2, meetings=4, assignments=2, read_at=1)
    return change


def decision_of_successor(cast):
    change = replaced(cast, homerooms=HomeroomAssignment.objects.filter(teacher=cast.wali))
    cast.guru2.forget_ties()
    class_list = class_list_of(cast.own, cast.period, by=cast.guru2)
    decide(class_list, [cast.students[0]], "WATCH", by=cast.guru2)
    return change


@pytest.mark.parametrize("act", [recap_of_successor, decision_of_successor])
def test_a_replacement_stands_once_the_successor_has_written_or_decided(cast, act):
    change = act(cast)
    with pytest.raises(NotNow, match="ada catatan yang bergantung"):
        changes.undo(change, by=cast.operator)


def test_what_was_handed_over_before_does_not_keep_a_replacement_from_being_undone(cast):
    handed_over_recap(cast.maths, cast.period, {})
    change = replaced(cast, teaching=[cast.maths])
    changes.undo(change, by=cast.operator)
    assert TeachingAssignment.objects.get(pk=cast.maths.pk).ends_on is None

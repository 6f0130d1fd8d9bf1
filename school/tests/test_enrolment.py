"""A student moves class, comes late, leaves and comes back; each act is undone whole."""

import pytest

from school.effects import Scope, effects_of
from school.models import AcademicYear, Enrolment, GroupMember, Semester, Student
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.enrolment import arrive, leave, move
from workflow import clock
from workflow.errors import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
BEGAN, YESTERDAY, TODAY = 90, 1, 0
"""Days ago, as all days in this module."""
ago = make.days_ago


@pytest.fixture
def cast():
    return small_school()


def days(row):
    return tuple(day and (clock.today() - day).days for day in (row.starts_on, row.ends_on))


def stays_of(student):
    """Return class, first day and end of each stay."""
    found = Enrolment.objects.filter(student=student).order_by("starts_on")
    return [(stay.school_class.name, *days(stay), stay.end_reason) for stay in found]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, GroupMember)]


def group(cast, students, name, subject=None):
    subject = subject or make.SubjectFactory(name="Agama")
    return make.mixed_group(cast.guru2, students, cast.own.year, subject=subject, name=name).group


def members_of(student):
    held = GroupMember.objects.filter(student=student).order_by("starts_on", "group__name")
    return [(one.group.name, *days(one)) for one in held]


def test_a_move_ends_the_old_class_the_day_before(cast):
    student, before = cast.students[0], rows()
    change = move(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    assert stays_of(student) == [
        ("X MIPA 3", BEGAN, YESTERDAY, "MOVED_CLASS"),
        ("X MIPA 4", TODAY, None, ""),
    ]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_a_move_on_the_first_day_is_a_correction_of_the_class(cast):
    student, before = cast.students[0], rows()
    change = move(student, cast.foreign, on=ago(BEGAN), by=cast.operator)
    assert stays_of(student) == [("X MIPA 4", BEGAN, None, "")]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_a_move_keeps_the_end_that_the_stay_has_already(cast):
    student = cast.students[0]
    student.enrolments.update(ends_on=ago(-100), end_reason="YEAR_END")
    move(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    assert stays_of(student)[1] == ("X MIPA 4", TODAY, -100, "YEAR_END")


def test_a_mover_leaves_groups_that_have_nobody_of_the_new_class(cast):
    student = cast.students[0]
    shared = group(cast, [student, cast.foreign_students[0]], "Kristen X")
    dance = make.SubjectFactory(name="Tari")
    group(cast, [student, cast.students[1]], "Tari X MIPA 3", subject=dance)
    before = rows()
    change = move(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    assert members_of(student) == [
        (shared.name, BEGAN, None),
        ("Tari X MIPA 3", BEGAN, YESTERDAY),
    ]
    changes.undo(change, by=cast.operator)
    assert rows() == before


@pytest.mark.parametrize(
    ("others", "joined"),
    [
        ((), []),
        (("Islam X MIPA 4",), [("Islam X MIPA 4", TODAY, None)]),
        (("Islam X MIPA 4", "Kristen X MIPA 4"), []),
    ],
)
def test_a_mover_joins_the_one_group_of_the_subject_that_has_the_new_class(cast, others, joined):
    student, religion = cast.students[0], make.SubjectFactory(name="Agama")
    group(cast, [student], "Islam X MIPA 3", subject=religion)
    for name in others:
        group(cast, [cast.foreign_students[0]], name, subject=religion)
    move(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    assert members_of(student) == [("Islam X MIPA 3", BEGAN, YESTERDAY), *joined]


def test_a_leaver_ends_class_and_groups_on_the_last_day(cast):
    student = cast.students[0]
    group(cast, [student], "Kristen X")
    before = rows()
    change = leave(student, on=ago(YESTERDAY), by=cast.operator)
    assert stays_of(student) == [("X MIPA 3", BEGAN, YESTERDAY, "LEFT")]
    assert members_of(student) == [("Kristen X", BEGAN, YESTERDAY)]
    assert Student.objects.with_class().get(pk=student.pk).left_on == ago(YESTERDAY)
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_who_leaves_after_the_new_year_is_prepared_is_not_in_it_any_more(cast):
    student = cast.students[0]
    student.enrolments.update(ends_on=ago(-119), end_reason="YEAR_END")
    next_class = make.SchoolClassFactory(year=AcademicYear.objects.create(label="2022/2023"))
    make.EnrolmentFactory(student=student, school_class=next_class, starts_on=ago(-120))
    before = rows()
    change = leave(student, on=ago(-10), by=cast.operator)
    assert stays_of(student) == [("X MIPA 3", BEGAN, -10, "LEFT")]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_who_does_not_come_back_after_the_holidays_has_left(cast):
    student = cast.students[0]
    student.enrolments.update(ends_on=ago(30), end_reason="YEAR_END")
    leave(student, on=ago(YESTERDAY), by=cast.operator)
    assert stays_of(student) == [("X MIPA 3", BEGAN, 30, "LEFT")]


def test_who_comes_back_is_in_the_groups_of_before_again(cast):
    student = cast.students[0]
    group(cast, [student], "Kristen X")
    leave(student, on=ago(20), by=cast.operator)
    before = rows()
    change = arrive(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    assert stays_of(student) == [
        ("X MIPA 3", BEGAN, 20, "LEFT"),
        ("X MIPA 4", TODAY, None, ""),
    ]
    assert members_of(student)[1:] == [("Kristen X", TODAY, None)]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_who_comes_late_is_in_the_class_from_that_day(cast):
    student = make.StudentFactory()
    arrive(student, cast.own, on=ago(YESTERDAY), by=cast.operator)
    assert stays_of(student) == [("X MIPA 3", YESTERDAY, None, "")]


REFUSED = {
    "the same class": (move, "own", 0, "sudah di kelas ini"),
    "a class of another year": (move, "old", 0, "tahun pelajaran lain"),
    "before the enrolment": (move, "foreign", 91, "tidak ada di kelas"),
    "in a frozen semester": (move, "foreign", 0, "dibekukan"),
    "too far ahead": (move, "foreign", -121, "empat bulan"),
    "somebody who is there": (arrive, "foreign", 0, "sudah di X MIPA 3 sejak"),
    "outside the year of the class": (arrive, "foreign", 91, "berlangsung dari"),
    "leaving before the enrolment": (leave, None, 91, "tidak ada di kelas"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_in_words(cast, what):
    act, to, day, words = REFUSED[what]
    old = make.SchoolClassFactory(year=AcademicYear.objects.create(label="2020/2021"))
    places = {"own": cast.own, "foreign": cast.foreign, "old": old}
    if "frozen" in what:
        Semester.objects.update(frozen_at=clock.now())
    before = rows()
    given = [cast.students[0], *([places[to]] if to else [])]
    with pytest.raises(NotNow, match=words):
        act(*given, on=ago(day), by=cast.operator)
    assert rows() == before


def test_leaving_before_a_move_that_was_made_is_refused(cast):
    student = cast.students[0]
    move(student, cast.foreign, on=ago(5), by=cast.operator)
    with pytest.raises(NotNow, match="Urungkan itu dulu"):
        leave(student, on=ago(10), by=cast.operator)


def test_leaving_after_the_last_day_of_a_frozen_semester_is_possible(cast):
    Semester.objects.update(frozen_at=clock.now(), ends_on=ago(2))
    leave(cast.students[0], on=ago(2), by=cast.operator)
    with pytest.raises(NotNow, match="dibekukan"):
        leave(cast.students[1], on=ago(3), by=cast.operator)


def test_leaving_twice_on_a_day_is_refused(cast):
    leave(cast.students[0], on=ago(YESTERDAY), by=cast.operator)
    with pytest.raises(NotNow, match="sudah dicatat keluar"):
        leave(cast.students[0], on=ago(YESTERDAY), by=cast.operator)


def test_a_leaving_cannot_be_undone_once_the_student_has_come_back(cast):
    student = cast.students[0]
    left = leave(student, on=ago(20), by=cast.operator)
    back = arrive(student, cast.foreign, on=ago(TODAY), by=cast.operator)
    with pytest.raises(NotNow, match="masuk kelas atau kelompok"):
        changes.undo(left, by=cast.operator)
    changes.undo(back, by=cast.operator)
    changes.undo(left, by=cast.operator)
    assert stays_of(student) == [("X MIPA 3", BEGAN, None, "")]


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "coordinator", "principal"])
def test_only_the_operator_may(cast, who):
    with pytest.raises(NotAllowed):
        move(cast.students[0], cast.foreign, on=ago(TODAY), by=getattr(cast, who))


def effects(cast, act, student, *to, on, first=None):
    scope = Scope(ChangeKind.MOVE, first or on, students=frozenset([student.pk]))
    found = effects_of(scope, lambda: act(student, *to, on=on, by=cast.operator))
    return [str(text) for text in found if "kelompok" in str(text)]


def test_the_groups_that_change_are_named_and_the_subject_that_has_none(cast):
    student = cast.students[0]
    religion, dance = (make.SubjectFactory(name=name) for name in ("Agama", "Tari"))
    group(cast, [student], "Islam X MIPA 3", subject=religion)
    group(cast, [cast.foreign_students[0]], "Islam X MIPA 4", subject=religion)
    group(cast, [student], "Tari X MIPA 3", subject=dance)
    assert effects(cast, move, student, cast.foreign, on=ago(TODAY)) == [
        "Tidak lagi di kelompok Agama · Islam X MIPA 3.",
        "Tidak lagi di kelompok Tari · Tari X MIPA 3.",
        "Masuk kelompok Agama · Islam X MIPA 4.",
        "Belum punya kelompok Tari.",
    ]
    assert effects(cast, leave, student, on=ago(YESTERDAY), first=ago(TODAY)) == [
        "Tidak lagi di kelompok Agama · Islam X MIPA 3.",
        "Tidak lagi di kelompok Tari · Tari X MIPA 3.",
    ]

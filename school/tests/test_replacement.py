"""A teacher is replaced, classes get another counselor, two classes become one."""

import pytest

from school.models import (
    AcademicYear,
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
)
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.counselors import give_classes
from school.workflow.merge import merge
from school.workflow.replacement import replace
from workflow import clock
from workflow.errors import NotAllowed, NotNow

pytestmark = pytest.mark.django_db
BEGAN, YESTERDAY, TODAY = 90, 1, 0
"""Days ago, as all days in this module."""
ago = make.days_ago
MODELS = (Enrolment, GroupMember, HomeroomAssignment, TeachingAssignment)


@pytest.fixture
def cast():
    return small_school()


def rows():
    found = [list(model.objects.order_by("pk").values()) for model in MODELS]
    return [*found, list(SchoolClass.objects.order_by("pk").values("pk", "counselor"))]


def days(row):
    return tuple(day and (clock.today() - day).days for day in (row.starts_on, row.ends_on))


def held(model, **of):
    """Return teacher, first day and last day of assignments."""
    found = model.objects.filter(**of).select_related("teacher").order_by("starts_on", "pk")
    return [
        (
            one.teacher.username,
            *(d and (clock.today() - d).days for d in (one.starts_on, one.ends_on)),
        )
        for one in found
    ]


def passed_on(cast, teacher, to, *, on=TODAY, teaching=None, homerooms=None):
    of_teacher = {"teacher": teacher}
    return replace(
        teacher,
        to,
        on=ago(on),
        teaching=TeachingAssignment.objects.filter(**of_teacher) if teaching is None else teaching,
        homerooms=HomeroomAssignment.objects.filter(**of_teacher)
        if homerooms is None
        else homerooms,
        by=cast.operator,
    )


def test_lessons_go_on_with_the_successor_and_come_back(cast):
    before = rows()
    change = passed_on(cast, cast.guru, cast.guru2)
    for assignment in (cast.maths, cast.physics):
        assert held(TeachingAssignment, group=assignment.group) == [
            ("guru", BEGAN, YESTERDAY),
            ("guru2", TODAY, None),
        ]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_only_the_chosen_lessons_pass_on(cast):
    passed_on(cast, cast.guru, cast.guru2, teaching=[cast.maths])
    assert held(TeachingAssignment, group=cast.physics.group) == [("guru", BEGAN, None)]


def test_a_class_goes_on_with_the_successor(cast):
    passed_on(cast, cast.wali, cast.guru)
    assert held(HomeroomAssignment, school_class=cast.own) == [
        ("wali", BEGAN, YESTERDAY),
        ("guru", TODAY, None),
    ]


def test_on_the_first_day_the_successor_takes_the_place_from_the_start(cast):
    before = rows()
    change = passed_on(cast, cast.guru, cast.guru2, on=BEGAN, teaching=[cast.maths])
    assert held(TeachingAssignment, group=cast.maths.group) == [("guru2", BEGAN, None)]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_the_end_that_is_planned_stays_and_who_teaches_it_too_keeps_it(cast):
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=ago(-50))
    make.TeachingAssignmentFactory(teacher=cast.guru2, group=cast.physics.group)
    passed_on(cast, cast.guru, cast.guru2)
    assert held(TeachingAssignment, group=cast.maths.group)[1] == ("guru2", TODAY, -50)
    assert held(TeachingAssignment, group=cast.physics.group) == [
        ("guru", BEGAN, YESTERDAY),
        ("guru2", BEGAN, None),
    ]


@pytest.mark.parametrize(
    ("to", "on", "words"),
    [
        ("guru", TODAY, "orang lain"),
        ("operator", TODAY, "Operator"),
        ("guru2", 91, "berlangsung dari"),
        ("guru2", -121, "berlangsung dari"),
    ],
)
def test_a_replacement_that_cannot_be_is_refused_in_words(cast, to, on, words):
    before = rows()
    with pytest.raises(NotNow, match=words):
        passed_on(cast, cast.guru, getattr(cast, to), on=on)
    assert rows() == before


def test_who_holds_nothing_cannot_be_replaced(cast):
    with pytest.raises(NotNow, match="minimal satu"):
        passed_on(cast, cast.bk, cast.guru)


def test_classes_go_to_another_counselor_or_to_nobody_and_come_back(cast):
    before = rows()
    for to in (cast.bk2, None):
        own = SchoolClass.objects.get(pk=cast.own.pk)
        change = give_classes([own], to, by=cast.operator)
        assert SchoolClass.objects.get(pk=cast.own.pk).counselor == to
        changes.undo(change, by=cast.operator)
        assert rows() == before


def test_classes_go_to_counselors_alone(cast):
    with pytest.raises(NotNow, match="bukan guru BK"):
        give_classes([cast.own], cast.guru, by=cast.operator)
    with pytest.raises(NotNow, match="minimal satu kelas"):
        give_classes([], cast.bk, by=cast.operator)


def classes_of(students):
    found = Enrolment.objects.filter(student__in=students).order_by("student", "starts_on")
    return [
        (
            stay.school_class.name,
            *(d and (clock.today() - d).days for d in (stay.starts_on, stay.ends_on)),
        )
        for stay in found
    ]


def test_the_students_of_a_merged_class_are_in_the_other_and_its_lessons_end(cast):
    before = rows()
    change = merge(cast.foreign, cast.own, on=ago(TODAY), by=cast.operator)
    assert (
        classes_of(cast.foreign_students)
        == [
            ("X MIPA 4", BEGAN, YESTERDAY),
            ("X MIPA 3", TODAY, None),
        ]
        * 2
    )
    assert held(TeachingAssignment, group=cast.foreign_english.group) == [
        ("guru2", BEGAN, YESTERDAY)
    ]
    assert held(HomeroomAssignment, school_class=cast.foreign) == [("wali2", BEGAN, YESTERDAY)]
    assert held(HomeroomAssignment, school_class=cast.own) == [("wali", BEGAN, None)]
    changes.undo(change, by=cast.operator)
    assert rows() == before


def test_members_of_groups_stay_in_them_when_classes_merge(cast):
    make.mixed_group(cast.guru2, cast.foreign_students, cast.own.year)
    members = list(GroupMember.objects.values())
    merge(cast.foreign, cast.own, on=ago(TODAY), by=cast.operator)
    assert list(GroupMember.objects.values()) == members


def test_who_left_before_stays_where_they_were(cast):
    student = cast.foreign_students[0]
    Enrolment.objects.filter(student=student).update(ends_on=ago(30), end_reason="LEFT")
    change = merge(cast.foreign, cast.own, on=ago(TODAY), by=cast.operator)
    assert classes_of([student]) == [("X MIPA 4", BEGAN, 30)]
    assert change.counts == {"students": 1}


@pytest.mark.parametrize(
    ("into", "words"), [("foreign", "kelas lain"), ("old", "tahun pelajaran lain")]
)
def test_a_merger_that_cannot_be_is_refused_in_words(cast, into, words):
    old = make.SchoolClassFactory(year=AcademicYear.objects.create(label="2020/2021"))
    to = {"foreign": cast.foreign, "old": old}[into]
    with pytest.raises(NotNow, match=words):
        merge(cast.foreign, to, on=ago(TODAY), by=cast.operator)


def test_an_empty_class_is_not_merged(cast):
    empty = make.SchoolClassFactory(year=cast.own.year)
    with pytest.raises(NotNow, match="Tidak ada siswa"):
        merge(empty, cast.own, on=ago(TODAY), by=cast.operator)


def test_only_the_operator_may(cast):
    for who in (cast.coordinator, cast.principal, cast.wali):
        with pytest.raises(NotAllowed):
            merge(cast.foreign, cast.own, on=ago(TODAY), by=who)
        with pytest.raises(NotAllowed):
            give_classes([cast.own], cast.bk2, by=who)

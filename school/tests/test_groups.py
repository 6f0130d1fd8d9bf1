"""Who belongs to a teaching group: a whole class, or dated members of one class or several."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from school.models import Enrolment, GroupMember, Student, TeachingGroup
from school.models.groups import groups_of, member_spans
from school.tests import factories as make
from school.tests.cast import Cast, small_school

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2021, 8, 1), date(2021, 8, 31)
JULY, JUNE = date(2021, 7, 12), date(2022, 6, 30)


@pytest.mark.parametrize(
    ("member", "stay", "counts"),
    [
        ((JULY, None), (JULY, None), True),
        ((JULY, FIRST), (JULY, None), True),
        ((JULY, FIRST - timedelta(days=1)), (JULY, None), False),
        ((LAST, None), (JULY, None), True),
        ((LAST + timedelta(days=1), None), (JULY, None), False),
        ((JULY, None), (JULY, FIRST), True),
        ((JULY, None), (JULY, FIRST - timedelta(days=1)), False),
        ((JULY, None), (LAST, JUNE), True),
        # Both on a day of the period, but never on the same one.
        ((JULY, date(2021, 8, 10)), (date(2021, 8, 11), None), False),
        ((JULY, date(2021, 8, 10)), (date(2021, 8, 10), None), True),
        ((date(2021, 8, 10), None), (JULY, date(2021, 8, 9)), False),
        ((date(2021, 8, 10), JUNE), (JULY, date(2021, 8, 10)), True),
    ],
)
def test_a_member_counts_on_the_days_in_both_group_and_class(member, stay, counts):
    period = make.RecapPeriodFactory(starts_on=FIRST, ends_on=LAST)
    held = make.EnrolmentFactory(starts_on=stay[0], ends_on=stay[1])
    of_class = held.school_class
    group = TeachingGroup.objects.create(
        year=of_class.year, subject=make.SubjectFactory(), name="Kristen X"
    )
    GroupMember.objects.create(
        group=group, student=held.student, starts_on=member[0], ends_on=member[1]
    )
    classes = {of_class.pk} if counts else set()
    assert Student.objects.of_group(group, period).exists() == counts
    assert Student.objects.of_group(group, period, [of_class.pk]).exists() == counts
    assert not Student.objects.of_group(group, period, [of_class.pk + 1]).exists()
    assert group.class_ids(FIRST, LAST) == classes
    assert group.class_ids(FIRST, LAST, [held.student_id]) == classes
    assert group.class_ids(FIRST, LAST, [held.student_id + 1]) == set()
    asked = TeachingGroup.objects.filter(pk__in=groups_of([of_class.pk], FIRST, LAST))
    assert asked.exists() == counts
    spans = member_spans([of_class.pk]).get((of_class.pk, group.pk), [])
    assert any(span.overlaps(FIRST, LAST) for span in spans) == counts


def test_the_groups_of_a_class_are_its_own_and_those_that_its_students_are_in():
    cast = small_school()
    mixed = make.mixed_group(
        cast.guru, [cast.students[0], cast.foreign_students[0]], cast.own.year
    ).group

    def groups(*class_ids: int, also: tuple[int, ...] = ()) -> set[str]:
        found = TeachingGroup.objects.filter(pk__in=groups_of(class_ids, also=also))
        return {group.label for group in found}

    religion = "Pendidikan Agama · Kristen X"
    assert groups(cast.own.pk) == {"Matematika", "Fisika", "Bahasa Inggris", religion}
    assert groups(cast.foreign.pk) == {"Bahasa Inggris", religion}
    assert groups() == set()
    assert groups(also=(mixed.pk,)) == {religion}


def test_a_group_has_either_a_class_or_a_name_and_is_there_once():
    cast = small_school()
    subject = cast.maths.subject
    named = {"year": cast.own.year, "subject": subject, "name": "Kristen X"}
    TeachingGroup.objects.create(**named)
    for fields in (
        named,
        {"year": cast.own.year, "subject": subject},
        {**named, "school_class": cast.foreign},
        {"year": cast.own.year, "subject": subject, "school_class": cast.own},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            TeachingGroup.objects.create(**fields)


def test_a_student_is_in_a_group_once_at_a_time():
    cast = small_school()
    group = make.mixed_group(cast.guru, cast.students[:1], cast.own.year).group
    again = {"group": group, "student": cast.students[0]}
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.create(**again, starts_on=make.days_ago(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.create(**again, starts_on=make.days_ago(1), ends_on=make.days_ago(2))


def known_to(person, cast: Cast) -> set[str]:
    person.forget_ties()
    return {student.name for student in Student.objects.visible_to(person)}


def test_a_teacher_of_a_group_knows_its_members_of_today_and_nobody_else_of_their_classes():
    cast = small_school()
    teacher = make.person(name="Yohanes")
    members = [cast.students[0], cast.students[1], cast.foreign_students[0]]
    assignment = make.mixed_group(teacher, members, cast.own.year)
    GroupMember.objects.filter(student=members[1]).update(ends_on=make.days_ago(1))
    assert known_to(teacher, cast) == {members[0].name, members[2].name}
    assignment.ends_on = make.days_ago(1)
    assignment.save()
    assert known_to(teacher, cast) == set()
    assert Enrolment.objects.count() == 6

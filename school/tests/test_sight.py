"""Rights are tables: a person sees the union of the rows of all their roles."""

import pytest
from django.contrib.auth.models import AnonymousUser

from school.models import OfficeHolding, Student
from school.permissions import is_counselor, is_principal
from school.reach import ADDRESS, CONTACTS, CORRECTS, GUARDIANS, LEVELS, NAME
from school.roles import COORDINATOR, COUNSELOR, OFFICES, PRINCIPAL
from school.sight import Sight
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock

pytestmark = pytest.mark.django_db


def seen(sight, user):
    return set(sight.of(Student.objects.all(), user).values_list("nis", flat=True))


def test_several_roles_see_what_each_of_them_sees():
    cast = small_school()
    make.HomeroomAssignmentFactory(teacher=cast.bk, school_class=cast.foreign)
    assert seen(CORRECTS, cast.bk) == seen(CORRECTS, cast.wali) | seen(CORRECTS, cast.wali2)


@pytest.mark.parametrize("sight", LEVELS)
def test_who_has_no_role_sees_nobody(sight):
    small_school()
    disabled = make.person(COORDINATOR, is_active=False)
    for nobody in (AnonymousUser(), make.person(), disabled, object()):
        assert seen(sight, nobody) == set()
        assert not sight.shows_some(nobody)


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "principal", "operator", "coordinator"])
@pytest.mark.parametrize("sight", LEVELS)
def test_one_row_a_flag_and_a_list_say_the_same(sight, who):
    cast = small_school(2)
    user = getattr(cast, who)
    listed = seen(sight, user)
    students = Student.objects.annotate(flag=sight.flag(user))
    assert {student.nis for student in students if student.flag} == listed
    assert {student.nis for student in students if sight.includes(student, user)} == listed


def test_each_level_shows_what_it_shows_to_fewer_than_the_one_before():
    cast = small_school()
    assert LEVELS == (NAME, ADDRESS, GUARDIANS, CONTACTS, CORRECTS)
    for user in cast.everybody:
        names, addresses, guardians, contacts, corrects = (seen(level, user) for level in LEVELS)
        assert names >= addresses >= guardians >= contacts >= corrects


def test_another_table_has_the_same_rows_at_its_path():
    cast = small_school()
    of_guardians = CONTACTS.of_its("student", "guardian of a test")
    Sight.declared.remove(of_guardians)
    guardians = of_guardians.of(cast.students[0].guardians.model.objects.all(), cast.wali)
    assert {guardian.student.nis for guardian in guardians} == seen(CONTACTS, cast.wali)


def test_the_coordinator_is_a_counselor_too_and_holds_one_office():
    user = make.person(COORDINATOR)
    assert COUNSELOR.held_by(user)
    assert user.office_names == [str(COORDINATOR.label)]
    assert list(OFFICES) == ["COUNSELOR", "COORDINATOR", "PRINCIPAL", "STUDENT_AFFAIRS", "OPERATOR"]


def test_what_binds_a_person_is_asked_once_until_it_is_forgotten(django_assert_num_queries):
    user = make.person(COUNSELOR)
    with django_assert_num_queries(1):
        assert is_counselor(user)
        assert not is_principal(user)
    OfficeHolding.objects.create(user=user, office=PRINCIPAL.code, starts_on=clock.today())
    assert not is_principal(user)
    user.forget_ties()
    assert is_principal(user)


def test_what_binds_a_person_is_asked_anew_on_another_day():
    user = make.person(COUNSELOR)
    assert is_counselor(user)
    user.office_holdings.update(ends_on=clock.today())
    with clock.shifted_to(clock.now() + make.LONG_AGO):
        assert not is_counselor(user)

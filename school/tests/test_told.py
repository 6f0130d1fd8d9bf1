"""Who is told of accounts that may be an operator's own and come to see a class."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from school.models import HomeroomAssignment, OfficeHolding, Told
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import accounts as account_acts
from school.workflow.enrolment import move
from school.workflow.homerooms import add_homeroom
from school.workflow.merge import merge
from school.workflow.offices import end_office
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BOTH = {"koordinator", "kepsek"}


@pytest.fixture
def cast():
    return small_school(2)


def told():
    return list(Told.objects.order_by("to__username").values_list("to__username", "what", "about"))


def told_of(person):
    return [(name, "HOMEROOM", person.pk) for name in sorted(BOTH)]


def old_account(**fields):
    person = make.UserFactory(**fields)
    person.history.update(history_date=clock.now() - timedelta(days=400))
    return person


@pytest.mark.parametrize(
    ("days", "has_one", "is_told"), [(0, True, True), (31, True, False), (0, False, False)]
)
def test_a_new_account_that_takes_over_a_class_is_told(cast, days, has_one, is_told):
    new = make.UserFactory()
    new.history.update(history_date=clock.now() - timedelta(days=days))
    of_class = cast.own if has_one else make.SchoolClassFactory(year=cast.own.year)
    add_homeroom(of_class, new, stops=[], by=cast.operator, on=clock.today())
    assert set(Told.objects.values_list("to__username", flat=True)) == (BOTH if is_told else set())


@pytest.mark.parametrize(
    ("opened", "days", "is_told"),
    [
        ("give_first_password", 0, True),
        ("give_first_password", 31, False),
        ("enable", 0, True),
        ("reset_second_factor", 0, True),
    ],
)
def test_an_old_account_that_was_opened_lately_and_takes_over_a_class_is_told(
    cast, opened, days, is_told
):
    colleague = old_account(is_active=opened != "enable")
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={})
    with time_machine.travel(clock.now() - timedelta(days=days)):
        getattr(account_acts, opened)(colleague, by=cast.operator)
    add_homeroom(cast.own, colleague, stops=[cast.wali.pk], by=cast.operator, on=clock.today())
    assert set(Told.objects.values_list("to__username", flat=True)) == (BOTH if is_told else set())


class TestAClassOfItsOwn:
    """A class made for it is the first one of an invented colleague; students follow later."""

    @pytest.fixture
    def made(self, cast):
        made = make.SchoolClassFactory(year=cast.own.year, name="X MIPA 9")
        self.puppet = make.UserFactory()
        add_homeroom(made, self.puppet, stops=[], by=cast.operator, on=clock.today())
        assert told() == []
        return made

    @pytest.mark.parametrize("days", [0, 90])
    def test_a_student_who_moves_there_is_told(self, cast, made, days):
        HomeroomAssignment.objects.update(starts_on=make.days_ago(90))
        move(cast.students[0], made, on=make.days_ago(days), by=cast.operator)
        assert told() == told_of(self.puppet)

    def test_classes_that_merge_are_told(self, cast, made):
        merge(cast.own, made, on=clock.today(), by=cast.operator)
        assert told() == told_of(self.puppet)

    def test_a_student_who_moves_elsewhere_is_no_news(self, cast, made):
        HomeroomAssignment.objects.filter(teacher=cast.wali2).update(teacher=old_account())
        move(cast.students[0], cast.foreign, on=clock.today(), by=cast.operator)
        assert told() == []

    def test_a_new_student_is_no_news(self, cast, made):
        make.EnrolmentFactory(school_class=made)
        assert told() == []


@pytest.mark.parametrize("days", [0, 90])
def test_a_class_whose_students_were_there_before_its_teacher_is_told(cast, days):
    made = make.SchoolClassFactory(year=cast.own.year, name="X MIPA 9")
    move(cast.students[0], made, on=make.days_ago(days), by=cast.operator)
    puppet = make.UserFactory()
    add_homeroom(made, puppet, stops=[], by=cast.operator, on=clock.today())
    assert told() == told_of(puppet)


@pytest.mark.parametrize(("days", "teaches", "is_told"), [(1, 0, 1), (31, 0, 0), (1, 1, 0)])
def test_whoever_was_operator_until_lately_is_told(cast, days, teaches, is_told):
    """Two operators could give each other a class, and end the other's office before."""
    other = old_account()
    OfficeHolding.objects.create(
        user=other, office=OPERATOR.code, starts_on=make.days_ago(60), also_teaches=bool(teaches)
    )
    if days == 1:
        end_office(other.office_holdings.get(), last_day=make.days_ago(1), by=cast.operator)
    else:
        other.office_holdings.update(ends_on=make.days_ago(days))
    add_homeroom(cast.own, other, stops=[], by=cast.operator, on=clock.today())
    assert told() == (told_of(other) if is_told else [])

"""Whose account shows a visit is known to those who answer for accounts."""

import pytest

from cases.tests import factories as make_case
from homevisits.models import Visit
from homevisits.tests import factories as make
from school.models import Told, User
from school.tests.cast import small_school
from school.workflow.people import give_first_passwords
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("status", "is_told"), [("SCHEDULED", True), ("CANCELLED", False)])
def test_a_new_first_password_of_a_visitor_is_told(status, is_told):
    cast = small_school(2)
    case = make_case.direct_case(cast)
    make_case.attempt(case, cast.bk)
    visit = make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.guru])
    Visit.objects.filter(pk=visit.pk).update(status=status)
    User.objects.update(last_login=clock.now())
    give_first_passwords([cast.guru, cast.guru2], by=cast.operator)
    told = {("koordinator", cast.guru.pk), ("kepsek", cast.guru.pk)} if is_told else set()
    assert set(Told.objects.values_list("to__username", "about")) == told

"""The command that lets the only operator in again."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from school.models import User
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.models import ActionEntry

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    return small_school(2)


def opened(user_name):
    out = StringIO()
    call_command("open_operator", user_name, stdout=out)
    return out.getvalue().split("First password: ")[1].strip()


@pytest.mark.parametrize("is_active", [True, False])
def test_it_prints_a_password_and_takes_the_second_factor_away(cast, is_active):
    User.objects.filter(pk=cast.operator.pk).update(is_active=is_active)
    Authenticator.objects.create(user=cast.operator, type=Authenticator.Type.TOTP, data={})
    password = opened("OPERATOR")
    person = User.objects.get(pk=cast.operator.pk)
    assert (person.is_active, person.must_change_password) == (True, True)
    assert person.check_password(password)
    assert not Authenticator.objects.exists()
    done = [] if is_active else ["enable"]
    assert list(ActionEntry.objects.values_list("action", "actor")) == [
        (action, None) for action in (*done, "give_first_password")
    ]


def test_who_has_seen_cases_is_let_in_only_where_nobody_else_can_ask_for_it(cast):
    make.holding(cast.bk, OPERATOR).save()
    User.objects.filter(pk=cast.operator.pk).update(is_active=False)
    password = opened("bk")
    assert User.objects.get(pk=cast.bk.pk).check_password(password)


@pytest.mark.parametrize(
    ("user_name", "why"),
    [("nobody", "Nobody"), ("guru", "no operator"), ("bk", "sees cases")],
)
def test_anybody_else_is_refused(cast, user_name, why):
    make.holding(cast.bk, OPERATOR).save()
    with pytest.raises(CommandError, match=why):
        opened(user_name)
    assert not ActionEntry.objects.exists()

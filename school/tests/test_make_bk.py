"""The command that makes a coordinator or principal where nobody could agree to one."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from school.models import User
from school.permissions import is_coordinator
from school.tests.cast import small_school
from workflow.models import ActionEntry

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    """A school whose coordinator and principal cannot sign in."""
    cast = small_school(2)
    User.objects.filter(pk__in=[cast.coordinator.pk, cast.principal.pk]).update(is_active=False)
    return cast


def made(*args):
    out = StringIO()
    call_command("make_bk", *args, stdout=out)
    return out.getvalue()


def test_it_gives_the_office_and_a_password_that_is_printed_once(cast):
    Authenticator.objects.create(user=cast.guru, type=Authenticator.Type.TOTP, data={})
    password = made("guru", "coordinator").split("First password: ")[1].strip()
    person = User.objects.get(pk=cast.guru.pk)
    assert is_coordinator(person)
    assert (person.check_password(password), person.must_change_password) == (True, True)
    assert not Authenticator.objects.exists()
    assert set(ActionEntry.objects.values_list("action", "actor")) == {
        ("give_office", None),
        ("give_first_password", None),
    }


def test_who_has_the_office_gets_back_into_a_disabled_account(cast):
    password = made("koordinator", "coordinator").split("First password: ")[1].strip()
    person = User.objects.get(pk=cast.coordinator.pk)
    assert (person.is_active, person.check_password(password)) == (True, True)
    assert person.office_holdings.count() == 1


def test_while_somebody_can_agree_it_refuses(cast):
    User.objects.filter(pk=cast.principal.pk).update(is_active=True)
    with pytest.raises(CommandError, match="can agree"):
        made("guru", "coordinator")
    assert not is_coordinator(User.objects.get(pk=cast.guru.pk))


@pytest.mark.parametrize("args", [("niemand", "coordinator"), ("guru", "operator")])
def test_what_there_is_not_is_refused(cast, args):
    with pytest.raises(CommandError):
        made(*args)

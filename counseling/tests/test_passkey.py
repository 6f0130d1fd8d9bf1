"""Signing in by a passkey alone: the device must have checked who holds it."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from counseling.tests.second_factor import (
    SECOND_STEP,
    first_step,
    is_signed_in,
    with_password,
)
from counseling.tests.security_key import SecurityKey
from school.models import SchoolProfile, User
from school.roles import COUNSELOR
from school.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ALONE = "/masuk/kunci/"


@pytest.fixture(autouse=True)
def school() -> None:
    cache.clear()
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto")


@pytest.fixture
def key() -> SecurityKey:
    return SecurityKey(make.person(COUNSELOR, username="bk"))


def asked() -> Client:
    """Return a browser that has the challenge of the door."""
    client = Client()
    client.get(ALONE, headers={"X-Requested-With": "XMLHttpRequest"})
    return client


@pytest.mark.parametrize("checks_owner", [True, False])
def test_it_signs_in_whom_the_device_has_checked(key, checks_owner) -> None:
    client = asked()
    client.post(ALONE, {"credential": key.answer(client, checks_owner=checks_owner)})
    assert is_signed_in(client) == checks_owner


def test_the_challenge_of_a_second_step_that_was_left_opens_no_other_account(key) -> None:
    """A colleague would only have to borrow the key and touch it."""
    colleague = with_password(make.person(username="guru1"))
    own = SecurityKey(colleague)
    client = first_step(colleague)
    client.get(SECOND_STEP)
    client.post(reverse("account_logout"))
    client.post(ALONE, {"credential": key.answer(client, checks_owner=False)})
    assert not is_signed_in(client)
    client = first_step(colleague)
    client.get(SECOND_STEP)
    client.post(SECOND_STEP, {"credential": own.answer(client, checks_owner=False)})
    assert is_signed_in(client)


def test_an_answer_is_taken_once(key) -> None:
    client = asked()
    sent = {"credential": key.answer(client, checks_owner=True)}
    client.post(ALONE, sent)
    client.post(reverse("account_logout"))
    client.post(ALONE, sent)
    assert not is_signed_in(client)


def test_a_disabled_person_stays_out(key) -> None:
    User.objects.filter(pk=key.owner.pk).update(is_active=False)
    client = asked()
    client.post(ALONE, {"credential": key.answer(client, checks_owner=True)})
    assert not is_signed_in(client)


def test_a_first_password_is_changed_first(key) -> None:
    User.objects.filter(pk=key.owner.pk).update(must_change_password=True)
    client = asked()
    client.post(ALONE, {"credential": key.answer(client, checks_owner=True)})
    assert client.get(reverse("cases:cases"))["Location"] == reverse("account_change_password")

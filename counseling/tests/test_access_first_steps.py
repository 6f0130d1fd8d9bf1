"""Whoever has something to do first reaches nothing else of the access matrix."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from counseling.tests.access import ACCESS
from counseling.tests.access_page import GET, POST
from counseling.tests.scenarios.access import AccessScenario
from counseling.tests.second_factor import DOOR, SET_UP, first_step, with_app, with_password
from school.models import User
from workflow.models import AccessEntry
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ALWAYS = {
    *("account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn"),
    *("set_language", "service_worker", "offline", "homevisits:feed_file"),
    *("reports:feedback", "reports:feedback_thanks"),
}
CHANGE = "/akun/kata-sandi/"


def asked(made: AccessScenario) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each URL, one address of it, and a method."""
    for name, page in ACCESS.items():
        ids = next(iter(made.ids[page.kind].values())) if page.kind else {}
        for method in (GET, POST):
            if (name, method) != ("account_logout", POST):
                yield name, reverse(name, kwargs=ids), method


def reached(client: Client, made: AccessScenario, step: str) -> set[str]:
    """Return the names that answer with anything but the way to `step`."""
    names = set()
    for name, url, method in asked(made):
        answer = client.get(url) if method == GET else client.post(url)
        way = answer.headers.get("Location", "").partition("?")[0]
        if (answer.status_code, way) != (302, step):
            names.add(name)
    return names


def in_long(who: str) -> Any:
    """Return a person whom only the long form of the test asks."""
    return pytest.param(who, marks=pytest.mark.trust)


@pytest.mark.parametrize("who", [in_long("coordinator"), "operator", "guru"])
def test_a_first_password_opens_nothing_but_the_page_to_change_it(
    access_school: AccessScenario, who: str
) -> None:
    person = access_school.people[who]
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    before = AccessEntry.objects.count()
    assert reached(signed_in(person), access_school, CHANGE) == ALWAYS | {"account_change_password"}
    assert AccessEntry.objects.count() == before


@pytest.mark.parametrize("who", ["coordinator", in_long("principal"), in_long("operator")])
def test_without_a_second_factor_their_office_opens_nothing_but_the_pages_to_set_one_up(
    access_school: AccessScenario, who: str
) -> None:
    client = first_step(with_password(access_school.people[who]))
    before = AccessEntry.objects.count()
    assert reached(client, access_school, SET_UP) == ALWAYS | {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"),
    }
    assert AccessEntry.objects.count() == before


def test_a_sign_in_that_waits_for_its_second_step_reaches_nothing(
    access_school: AccessScenario,
) -> None:
    client = first_step(with_app(access_school.people["coordinator"]))
    before = AccessEntry.objects.count()
    assert reached(client, access_school, DOOR) == ALWAYS - {"account_logout"}
    assert "_auth_user_id" not in client.session
    assert AccessEntry.objects.count() == before

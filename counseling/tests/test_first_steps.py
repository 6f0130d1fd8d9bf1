"""What a person must do first: a password of their own."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from school.models import User
from school.tests import factories as make
from school.workflow.accounts import give_first_password
from workflow.models import ActionEntry

NEW = "dua puluh tiga gembok"
CHANGE = "/akun/kata-sandi/"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def newcomer() -> tuple[User, str]:
    person = make.person(username="guru1", name="Sri Wahyuni")
    return person, give_first_password(person, by=make.person())


def sign_in(newcomer: tuple[User, str]) -> Client:
    client = Client()
    given = {"login": newcomer[0].username, "password": newcomer[1]}
    assert client.post(reverse("account_login"), given).status_code == 302
    return client


def change(client: Client, new: str = NEW) -> Any:
    return client.post(CHANGE, {"password1": new, "password2": new})


def test_a_newcomer_makes_a_password_and_goes_on(newcomer) -> None:
    client = sign_in(newcomer)
    page = client.get("/", follow=True)
    assert page.redirect_chain == [(CHANGE, 302)]
    html = page.content.decode()
    assert 'name="oldpassword"' not in html
    assert 'class="side' not in html
    assert "Keluar" in html
    answer = change(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    newcomer[0].refresh_from_db()
    assert newcomer[0].check_password(NEW)
    assert not newcomer[0].must_change_password


@pytest.mark.parametrize(("kept", "said"), [(True, "kata sandi di slip"), (False, "12 karakter")])
def test_the_password_of_the_slip_cannot_stay(newcomer, kept: bool, said: str) -> None:
    client = sign_in(newcomer)
    answer = change(client, newcomer[1] if kept else "pendek")
    assert said in " ".join(answer.context["form"].errors["password1"])
    assert client.get("/").status_code == 302


def test_others_are_asked_for_their_present_password(newcomer) -> None:
    client = sign_in(newcomer)
    change(client)
    assert 'name="oldpassword"' in client.get(CHANGE).content.decode()
    assert change(client, "lain sekali lagi ini").status_code == 200


@pytest.mark.parametrize("header", [{"accept": "application/json"}, {"x-for-user": "pk"}])
def test_what_a_script_sends_waits_until_then(newcomer, header) -> None:
    client = sign_in(newcomer)
    sent = {name: value.replace("pk", str(newcomer[0].pk)) for name, value in header.items()}
    answer = client.post("/akun/sapaan/", headers=sent)
    assert answer.status_code == 401
    assert json.loads(answer.content)["error"] == "Masuk lagi untuk mengirim ini."


def test_only_what_the_operator_did_is_logged(newcomer) -> None:
    change(sign_in(newcomer))
    assert list(ActionEntry.objects.values_list("action", flat=True)) == ["give_first_password"]

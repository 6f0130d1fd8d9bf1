"""Attacks that found nothing, and shall find nothing later."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from cases.tests import factories as make
from school.models import Student, User
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PASSWORD = "sembilan belas kunci"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("guru1", PASSWORD, name="Sri Wahyuni", honorific="IBU")


def sign_in(client: Client, username: str, password: str = PASSWORD) -> Any:
    given = {"login": username, "password": password}
    return client.post(reverse("account_login"), given)


def test_a_session_that_somebody_prepared_is_not_the_one_after_signing_in(teacher: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    assert sign_in(client, "guru1").status_code == 302
    assert client.cookies["sessionid"].value != planted


@pytest.mark.parametrize("username", ["guru1", "nobody"])
def test_a_known_and_an_unknown_name_cost_one_hash(
    teacher: User, username: str, monkeypatch: Any
) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, *rest: Any) -> str:
        hashed.append(password)
        return encode(self, password, *rest)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    assert sign_in(Client(), username, "tebakan").status_code == 200
    assert hashed == ["tebakan"]


def test_a_form_from_another_site_is_refused(teacher: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "guru1").status_code == 403


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1, example.com", "127.0.0.1@example.com"])
def test_another_host_is_refused(host: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert Client().get(reverse("account_login"), HTTP_HOST=host).status_code == 400


def test_after_signing_out_the_way_back_leads_to_the_door() -> None:
    client = signed_in(small_school().guru)
    assert "no-store" in client.get("/akun/").headers["Cache-Control"]
    client.post(reverse("account_logout"))
    assert client.get("/akun/").status_code == 302


def test_what_is_not_there_and_what_is_not_ones_own_answer_the_same() -> None:
    cast = small_school()
    case = make.direct_case(cast)
    client = signed_in(cast.guru)
    unseen, absent = (
        client.get(reverse("cases:case", args=[pk])) for pk in (case.pk, case.pk + 1000)
    )
    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert unseen.content == absent.content


@pytest.mark.parametrize("address", ["/siswa/", "/kasus/"])
def test_a_name_that_is_a_script_is_shown_as_text(address: str) -> None:
    cast = small_school()
    make.direct_case(cast)
    Student.objects.update(name=SCRIPT)
    html = signed_in(cast.bk).get(address).content.decode()
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html

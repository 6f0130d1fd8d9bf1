"""Who must sign in with two steps, how they set it up, and what they cannot take away again."""

from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from counseling.sessions import SessionStore, kept_as
from counseling.tests.second_factor import (
    DOOR,
    PASSWORD,
    SET_UP,
    START,
    code_of_app,
    first_step,
    second_step,
    secret_on,
    with_app,
    with_password,
)
from school.models import SchoolProfile, User
from school.roles import COUNSELOR, OFFICES, STUDENT_AFFAIRS
from school.tests import factories as make
from workflow.models import ActionEntry
from workflow.tests.browser_free import queries_of_warm, signed_in

APP, REMOVE_APP = f"{SET_UP}aplikasi/", f"{SET_UP}aplikasi/hapus/"
CODES, CONFIRM, ACCOUNT = f"{SET_UP}kode-cadangan/", "/akun/konfirmasi/", "/akun/"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def now() -> Any:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def school() -> SchoolProfile:
    return SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto")


def holder(office: str = COUNSELOR.code, username: str = "bk") -> User:
    return with_password(make.person(OFFICES[office], username=username))


def logged() -> list[str]:
    return list(ActionEntry.objects.order_by("pk").values_list("action", flat=True))


ASKED = {"COUNSELOR", "COORDINATOR", "PRINCIPAL", "OPERATOR"}


@pytest.mark.parametrize("is_demo", [False, True])
@pytest.mark.parametrize("office", OFFICES)
def test_offices_that_see_many_students_set_it_up_first_but_not_in_the_demo(
    school, office: str, is_demo: bool
) -> None:
    SchoolProfile.objects.update(is_demo=is_demo)
    client = first_step(holder(office))
    answer = client.get("/")
    if office in ASKED and not is_demo:
        assert (answer.status_code, answer["Location"]) == (302, SET_UP)
        return
    assert answer.status_code == 200
    said = "tetapi tidak di sekolah contoh ini" if office in ASKED else "Menahan orang"
    assert said in client.get(ACCOUNT).content.decode()


def test_a_teacher_may_set_it_up_and_leave_it(school, now) -> None:
    client = first_step(with_password(make.person(username="guru1")))
    client.post(APP, {"code": code_of_app(secret=secret_on(client.get(APP)))})
    assert "Aktif." in client.get(ACCOUNT).content.decode()
    assert client.post(REMOVE_APP).status_code == 302
    assert not Authenticator.objects.exists()
    assert logged() == ["set_up_app", "remove_app"]


def test_who_removed_it_and_then_gets_an_office_sets_it_up_again(school, now) -> None:
    user = with_app(with_password(make.person(username="guru1")))
    client, other = first_step(user), first_step(user)
    second_step(client, code_of_app())
    second_step(other, code_of_app(1))
    assert client.post(REMOVE_APP).status_code == 302
    make.holding(user, COUNSELOR).save()
    for browser in (client, other):
        answer = browser.get("/")
        assert (answer.status_code, answer["Location"]) == (302, SET_UP)


def test_whoever_lost_the_office_and_gets_it_again_sets_up_what_they_removed(school, now) -> None:
    user = with_app(holder("OPERATOR"))
    client = first_step(user)
    second_step(client, code_of_app())
    user.office_holdings.all().delete()
    assert client.post(REMOVE_APP).status_code == 302
    make.holding(user, OFFICES["OPERATOR"]).save()
    assert client.get("/")["Location"] == SET_UP


def test_a_counselor_sets_up_the_app_gets_backup_codes_and_goes_on(school, now) -> None:
    user = holder()
    client = first_step(user)
    page = client.get("/", follow=True)
    assert page.redirect_chain == [(SET_UP, 302)]
    assert 'class="side' not in page.content.decode()
    answer = client.post(APP, {"code": code_of_app(secret=secret_on(client.get(APP)))})
    assert (answer.status_code, answer["Location"]) == (302, CODES)
    codes = client.get(CODES)
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0][:4] in codes.content.decode()
    assert client.get("/").status_code == 200
    assert logged() == ["set_up_app"]
    assert second_step(first_step(user), codes.context["unused_codes"][0])["Location"] == "/"


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(school, now) -> None:
    client = first_step(holder())
    secret = secret_on(client.get(APP))
    answer = client.post(APP, {"code": "000000"})
    assert secret_on(answer) == secret
    assert not Authenticator.objects.exists()
    assert client.get("/")["Location"] == SET_UP
    assert client.post(APP, {"code": code_of_app(secret=secret)}).status_code == 302


def test_the_key_is_encrypted_while_it_is_set_up_too(school, now) -> None:
    client = first_step(holder())
    secret = secret_on(client.get(APP))
    row = Session.objects.get(pk=kept_as(client.session.session_key))
    kept = SessionStore().decode(row.session_data)
    assert secret not in str(kept)
    assert "mfa.totp.secret" in kept


def test_the_code_of_the_set_up_is_not_taken_again_at_the_door(school, now) -> None:
    user = holder()
    client = first_step(user)
    code = code_of_app(secret=secret_on(client.get(APP)))
    client.post(APP, {"code": code})
    assert second_step(first_step(user), code).status_code == 200


def test_the_only_second_step_stays_where_the_office_asks_for_one(school, now) -> None:
    user = with_app(holder())
    client = first_step(user)
    second_step(client, code_of_app())
    page = client.get(REMOVE_APP).content.decode()
    assert "Siapkan cara lain dulu" in page
    client.post(REMOVE_APP)
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "HP"})
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    Authenticator.objects.filter(user=user, type="totp").delete()
    assert client.post(remove)["Location"] == SET_UP
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    assert logged() == []


def test_one_of_two_ways_can_be_removed(school, now) -> None:
    user = with_app(holder())
    passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "HP"})
    client = first_step(user)
    second_step(client, code_of_app())
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert "“HP”" in client.get(remove).content.decode()
    assert client.post(remove)["Location"] == SET_UP
    assert client.post(remove).status_code == 404
    assert logged() == ["remove_passkey"]


def test_whoever_gets_such_an_office_sets_it_up_with_the_next_page(school) -> None:
    user = with_password(make.person(STUDENT_AFFAIRS, username="guru1"))
    client = first_step(user)
    assert client.get("/").status_code == 200
    make.holding(user, COUNSELOR).save()
    assert client.get("/")["Location"] == SET_UP


def test_what_changes_who_gets_in_asks_again_who_sits_there(school, now) -> None:
    client = first_step(with_app(holder()))
    second_step(client, code_of_app())
    assert client.get(CODES).status_code == 200
    now.shift(301)
    for url in (CODES, f"{CODES}baru/", REMOVE_APP, f"{SET_UP}kunci/"):
        answer = client.get(url)
        assert answer["Location"].startswith(f"{CONFIRM}?next="), url
    assert client.post(CONFIRM, {"password": "tebakan"}).status_code == 200
    assert client.get(CODES).status_code == 302
    answer = client.post(f"{CONFIRM}?next={CODES}", {"password": PASSWORD})
    assert answer["Location"] == CODES
    assert client.get(CODES).status_code == 200


@pytest.mark.parametrize("url", [CODES, f"{CODES}baru/", REMOVE_APP, APP, f"{SET_UP}kunci/"])
def test_a_screen_left_open_gives_nobody_a_way_to_confirm(school, now, url: str) -> None:
    """A backup code or a new passkey would open what asks for the password again."""
    user = with_app(holder())
    now.shift(60)
    client = first_step(user)
    second_step(client, code_of_app())
    assert client.get(url)["Location"] in {f"{CONFIRM}?next={quote(url, safe='')}", SET_UP}
    client.post(url, {"code": code_of_app()})
    assert list(Authenticator.objects.values_list("type", flat=True).order_by("type")) == [
        "recovery_codes",
        "totp",
    ]


def test_in_the_demo_nobody_sets_up_a_way_to_confirm_unasked(school, now) -> None:
    SchoolProfile.objects.update(is_demo=True)
    client = first_step(holder())
    assert client.get(APP)["Location"].startswith(CONFIRM)
    client.post(CONFIRM, {"password": PASSWORD})
    assert client.get(APP).status_code == 200


def test_a_code_confirms_too_and_only_once(school, now) -> None:
    user = with_app(holder())
    now.shift(1)
    client = first_step(user)
    second_step(client, code_of_app())
    now.shift(301)
    url = f"{CONFIRM}kode/?next={CODES}"
    assert client.post(url, {"code": code_of_app()})["Location"] == CODES
    assert client.post(url, {"code": code_of_app()}).status_code == 200


def test_new_backup_codes_make_the_old_ones_useless(school, now) -> None:
    user = with_app(holder())
    client = first_step(user)
    second_step(client, code_of_app())
    old = client.get(CODES).context["unused_codes"]
    assert client.post(f"{CODES}baru/")["Location"] == CODES
    new = client.get(CODES).context["unused_codes"]
    assert not set(old) & set(new)
    assert second_step(first_step(user), old[0]).status_code == 200
    assert logged() == ["new_backup_codes"]


@pytest.mark.parametrize("office", [COUNSELOR.code, STUDENT_AFFAIRS.code])
def test_the_policy_costs_no_query_on_a_page(school, now, office: str) -> None:
    user = holder(office)
    if office == COUNSELOR.code:
        with_app(user)
    client = first_step(user)
    second_step(client, code_of_app())
    stamped, plain = queries_of_warm(client, "/"), queries_of_warm(signed_in(user), "/")
    assert stamped == plain


def test_the_pages_speak_english_too(school, now) -> None:
    user = with_app(holder())
    User.objects.update(language="en")
    client = Client()
    client.cookies["django_language"] = "en"
    page = client.post(DOOR, {"login": "bk", "password": PASSWORD}, follow=True)
    assert "Second step" in page.content.decode()
    second_step(client, code_of_app())
    for url, words in (
        (SET_UP, "10 codes are left"),
        (CODES, "Backup codes"),
        (f"{CONFIRM}", "Confirm that it is you"),
        (f"{SET_UP}kunci/", "Name of the passkey"),
        ("/akun/perangkat/", "Devices"),
    ):
        assert words in client.get(url).content.decode(), url
    assert user.pk

"""The second step of signing in: codes of an app, backup codes, and what they must not allow."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from counseling.tests.second_factor import (
    DOOR,
    SECOND_STEP,
    SECRET,
    START,
    backup_codes,
    code_of_app,
    first_step,
    is_signed_in,
    second_step,
    with_app,
    with_password,
)
from school.models import User
from school.tests import factories as make
from school.workflow.accounts import disable, give_first_password, reset_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def now() -> Any:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def teacher(now: Any) -> User:
    return with_app(make.person(username="guru1", name="Sri Wahyuni"))


def said(answer: Any) -> str:
    return " ".join(answer.context["form"].errors.get("code", []))


def test_the_password_alone_waits_for_the_code(teacher) -> None:
    client = Client()
    given = {"login": "guru1", "password": "sembilan belas kunci"}
    answer = client.post(DOOR, given)
    assert (answer.status_code, answer["Location"]) == (302, SECOND_STEP)
    assert not is_signed_in(client)
    assert client.get("/")["Location"] == f"{DOOR}?next=/"
    assert client.get(DOOR)["Location"] == SECOND_STEP


@pytest.mark.parametrize(
    ("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_holds_half_a_minute_longer_on_both_sides(teacher, steps, is_right) -> None:
    client = first_step(teacher)
    answer = second_step(client, code_of_app(steps))
    assert is_signed_in(client) is is_right
    assert answer.status_code == (302 if is_right else 200)


def test_a_wrong_code_is_said_and_signs_nobody_in(teacher) -> None:
    client = first_step(teacher)
    assert (
        said(second_step(client, "000000"))
        == "Kode ini tidak cocok. Ketik kode yang tampil sekarang."
    )
    assert not is_signed_in(client)
    second_step(client, code_of_app())
    assert is_signed_in(client)


@pytest.mark.parametrize("later", [0, 29, 31, 60])
@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3}-{:.3}"])
def test_a_code_is_taken_once_as_long_as_it_holds(teacher, now, later, typed) -> None:
    code = code_of_app(1)
    assert second_step(first_step(teacher), code).status_code == 302
    now.shift(later)
    again = typed.format(code, code[3:])
    client = first_step(teacher)
    assert said(second_step(client, again)).startswith("Kode ini tidak cocok.")
    assert not is_signed_in(client)


def test_a_backup_code_is_taken_once(teacher) -> None:
    code, other = backup_codes(teacher)[:2]
    assert second_step(first_step(teacher), code).status_code == 302
    client = first_step(teacher)
    assert second_step(client, code).status_code == 200
    assert second_step(client, other).status_code == 302
    assert len(backup_codes(teacher)) == 8


def test_five_guesses_in_five_minutes_are_looked_at_and_no_neighbour_is_locked(
    teacher, now
) -> None:
    client = first_step(teacher)
    for _n in range(5):
        assert said(second_step(client, "000000")).startswith("Kode ini tidak cocok.")
    for browser in (client, first_step(teacher)):
        assert said(second_step(browser, code_of_app())).startswith("Terlalu banyak percobaan.")
    neighbour = with_app(make.person(username="guru2"))
    assert second_step(first_step(neighbour), code_of_app()).status_code == 302
    now.shift(301)
    assert second_step(client, code_of_app()).status_code == 302


def test_twenty_guesses_in_an_hour_are_looked_at(teacher, now) -> None:
    client = first_step(teacher)
    looked_at = 0
    for minute in range(60):
        now.move_to(START + timedelta(minutes=minute))
        if minute % 10 == 0:
            client = first_step(teacher)
        looked_at += said(second_step(client, "000000")).startswith("Kode ini tidak cocok.")
    assert looked_at == 20


def test_a_wrong_code_says_nothing_of_another_persons_codes(teacher) -> None:
    other = with_app(make.person(username="guru2"))
    client = first_step(teacher)
    assert second_step(client, backup_codes(other)[0]).status_code == 200
    assert len(backup_codes(other)) == 10


def changed_password(user: User, operator: User) -> None:
    user.set_password("lain sekali lagi")
    user.save(update_fields=["password"])


@pytest.mark.parametrize(
    "act",
    [
        lambda user, by: disable(user, by=by),
        lambda user, by: give_first_password(user, by=by),
        lambda user, by: reset_second_factor(user, by=by),
        changed_password,
    ],
    ids=["disabled", "first password", "reset", "another password"],
)
def test_a_sign_in_that_waits_ends_when_the_account_changes(teacher, act) -> None:
    client = first_step(teacher)
    act(teacher, make.person())
    answer = client.get(SECOND_STEP)
    assert (answer.status_code, answer["Location"]) == (302, DOOR)
    assert second_step(client, code_of_app())["Location"] == DOOR
    assert client.get(DOOR).status_code == 200
    assert not is_signed_in(client)


def test_a_sign_in_waits_for_a_quarter_of_an_hour(teacher, now) -> None:
    client = first_step(teacher)
    now.shift(901)
    assert second_step(client, code_of_app())["Location"] == DOOR


def test_cancelling_ends_a_sign_in_that_waits(teacher) -> None:
    client = first_step(teacher)
    client.post("/keluar/")
    assert client.get(SECOND_STEP)["Location"] == DOOR


@pytest.mark.parametrize("own", [True, False])
def test_the_second_step_keeps_whose_device_it_is(teacher, own) -> None:
    client = Client()
    ticked = {"remember": "on"} if own else {}
    client.post(DOOR, {"login": "guru1", "password": "sembilan belas kunci", **ticked})
    second_step(client, code_of_app())
    assert client.session.get_expire_at_browser_close() is not own


class TestSecrets:
    def test_no_table_holds_a_secret_that_can_be_read(self, teacher) -> None:
        second_step(first_step(teacher), code_of_app())
        secrets = {SECRET, *backup_codes(teacher)}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows = str(cursor.fetchall())
                assert not [secret for secret in secrets if secret in rows], table

    def test_another_key_reads_nothing(self, teacher, settings) -> None:
        client = first_step(teacher)
        settings.ENCRYPTION_KEYS = ["another one"]
        with pytest.raises(InvalidToken):
            second_step(client, code_of_app())

    def test_the_keys_are_replaced_while_people_go_on_signing_in(self, teacher, settings) -> None:
        old = settings.ENCRYPTION_KEYS
        settings.ENCRYPTION_KEYS = ["new", *old]
        call_command("reencrypt", stdout=StringIO())
        settings.ENCRYPTION_KEYS = ["new"]
        assert len(backup_codes(teacher)) == 10
        assert second_step(first_step(teacher), code_of_app()).status_code == 302

    def test_keys_that_do_not_fit_change_nothing(self, teacher, settings) -> None:
        before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
        settings.ENCRYPTION_KEYS = ["another one"]
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("reencrypt", stdout=StringIO())
        after = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
        assert before == after


class TestPasskeyLogin:
    URL = "/masuk/kunci/"

    def test_a_script_gets_what_the_browser_is_asked(self, now) -> None:
        asked = Client().get(self.URL, headers={"accept": "application/json"}).json()
        assert asked["request_options"]["publicKey"]["userVerification"] == "required"

    NO_PASSKEYS = (
        *("", "{}", "[]", "null", '"x"', "[" * 100_000, '{"id": "x"}', '{"id": "x", "rawId": "x"}'),
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", '
        '"authenticatorData": "eA", "signature": "eA", "userHandle": 1}}',
    )

    @pytest.mark.parametrize("sent", NO_PASSKEYS)
    def test_what_is_no_passkey_signs_nobody_in(self, now, sent: str) -> None:
        with_password(make.person(username="guru1"))
        client = Client()
        client.get(self.URL, headers={"accept": "application/json"})
        answer = client.post(self.URL, {"credential": sent})
        assert answer.status_code == 200
        assert "Kunci sandi tidak terbaca" in answer.content.decode()
        assert not is_signed_in(client)

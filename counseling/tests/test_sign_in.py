import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cases.tests import factories as make
from counseling.demo.roster import PASSWORD as DEMO_PASSWORD
from counseling.hashers import PatientArgon2Hasher
from school.models import ChangedRow, OfficeHolding, SchoolProfile, Student, Upload, User
from school.models.change import ChangeKind
from school.models.upload import pack
from school.roles import COORDINATOR, COUNSELOR, OFFICES, OPERATOR
from school.tests.cast import small_school
from school.workflow.changes import recording
from workflow import clock
from workflow.models import BeforeImage, IdempotentSubmit
from workflow.tests.browser_free import post, signed_in

PASSWORD = "sembilan belas kunci"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("guru1", PASSWORD, name="Sri Wahyuni", honorific="IBU")


def sign_in(
    client: Client, username: str, password: str = PASSWORD, *, own: bool = False, **headers
):
    ticked = {"remember": "on"} if own else {}
    given = {"login": username, "password": password, **ticked}
    return client.post(reverse("account_login"), given, **headers)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["guru1", "Guru1", " guru1 "])
def test_a_phone_may_capitalise_the_username(client: Client, teacher: User, typed: str) -> None:
    assert sign_in(client, typed).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_shows_the_form_again(client: Client, teacher: User) -> None:
    assert sign_in(client, "guru1", "tebakan").status_code == 200
    assert not is_signed_in(client)


def test_the_sixth_failed_attempt_is_refused_even_with_the_right_password(
    client: Client, teacher: User
) -> None:
    statuses = [sign_in(client, "guru1", "tebakan").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    assert sign_in(client, "guru1").status_code == 429


@pytest.mark.parametrize(
    "disguise",
    [
        {"HTTP_X_FORWARDED_FOR": "10.9.8.7"},
        {"HTTP_HOST": "localhost"},
        {"HTTP_USER_AGENT": "another one"},
        {"REMOTE_ADDR": "10.9.8.7"},
    ],
    ids=lambda disguise: next(iter(disguise)),
)
def test_no_disguise_gets_a_guesser_more_attempts(
    client: Client, teacher: User, disguise: dict[str, str]
) -> None:
    for typed in ["guru1", "GURU1", "Guru1", " guru1", "guRu1"]:
        assert sign_in(client, typed, "tebakan").status_code == 200
    assert sign_in(Client(), "guru1", "tebakan", **disguise).status_code == 429


def test_a_locked_name_locks_no_neighbour_behind_the_same_address(
    client: Client, teacher: User
) -> None:
    User.objects.create_user("guru2", PASSWORD, name="Hadi Santoso", honorific="BAPAK")
    for _ in range(6):
        sign_in(client, "guru1", "tebakan")
    assert sign_in(client, "guru2").status_code == 302


def test_a_hundred_guesses_on_invented_names_lock_no_colleague_behind_the_same_address() -> None:
    names = [f"guru{number}" for number in range(8)]
    for name in names:
        User.objects.create_user(name, PASSWORD, name="Hadi Santoso", honorific="BAPAK")
    guesser = Client()
    for number in range(100):
        assert sign_in(guesser, f"tebak{number}", "tebakan").status_code == 200
    assert [sign_in(Client(), name).status_code for name in names] == [302] * 8


def test_many_decoys_do_not_push_out_the_count_of_an_account() -> None:
    watched = [f"guru{number}" for number in range(12)]
    for name in watched * 5:
        assert sign_in(Client(), name, "tebakan").status_code == 200
    for number in range(400):
        cache.set(f"decoy {number}", "x", 3600)
    assert {sign_in(Client(), name, "tebakan").status_code for name in watched} == {429}


def test_what_has_expired_is_dropped_from_the_shared_cache() -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=2)):
        for number in range(302):
            cache.set(f"old {number}", "x", 3600)
    cache.set("new", "x", 3600)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM counseling_cache")
        assert len(cursor.fetchall()) == 1


def test_nobody_can_tell_or_choose_the_key_of_an_account(client: Client, settings: Any) -> None:
    sign_in(client, "guru1", "tebakan")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM counseling_cache")
        keys = {key for (key,) in cursor.fetchall()}
    here = caches["default"].make_key("one")
    settings.SECRET_KEY = "another school's"
    assert keys
    assert not any(sha256(b"guru1").hexdigest() in key for key in keys)
    assert caches["default"].make_key("one") != here


def test_two_passwords_are_hashed_at_once_and_the_others_wait(monkeypatch: Any) -> None:
    hashing: list[int] = []
    most = 0

    def slow(self: Any, password: str, salt: str) -> str:
        nonlocal most
        hashing.append(1)
        most = max(most, len(hashing))
        time.sleep(0.02)
        hashing.pop()
        return "argon2$"

    monkeypatch.setattr(Argon2PasswordHasher, "encode", slow)
    with ThreadPoolExecutor(8) as threads:
        asked = list(threads.map(lambda n: PatientArgon2Hasher().encode("x", "salt"), range(8)))
    assert (most, len(asked)) == (2, 8)


def test_a_hash_costs_46_megabytes_and_an_older_one_is_made_anew() -> None:
    assert "m=47104,t=1,p=1" in PatientArgon2Hasher().encode("x", "eight or more")
    assert PatientArgon2Hasher().must_update(Argon2PasswordHasher().encode("x", "eight or more"))


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_password_of_the_demo_opens_nothing_outside_it(client: Client, is_demo: bool) -> None:
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto", is_demo=is_demo)
    User.objects.create_user("kepsek", DEMO_PASSWORD, name="Sri Wahyuni", honorific="IBU")
    assert sign_in(client, "kepsek", DEMO_PASSWORD).status_code == (302 if is_demo else 200)
    assert is_signed_in(client) is is_demo


def test_a_disabled_person_is_told_so_and_stays_out(client: Client, teacher: User) -> None:
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    response = sign_in(client, "guru1")
    assert response.status_code == 302
    assert response.url == reverse("account_login")
    assert not is_signed_in(client)


def test_disabling_a_person_ends_the_session_at_once(client: Client, teacher: User) -> None:
    client.force_login(teacher)
    assert client.get(reverse("account_logout")).status_code == 200
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    assert client.get(reverse("account_logout")).status_code == 302


@pytest.mark.parametrize("own", [True, False])
def test_on_a_shared_device_everybody_is_signed_out_when_idle(teacher: User, own: bool) -> None:
    client = Client()
    with time_machine.travel(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), tick=False) as clock:
        assert sign_in(client, "guru1", own=own).status_code == 302
        cookie = client.cookies["sessionid"]
        assert (cookie["max-age"] == 12 * 3600, cookie["max-age"] == "") == (own, not own)
        clock.shift(timedelta(minutes=29))
        assert client.get("/akun/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/akun/").status_code == (200 if own else 302)


def minutes_apart(client: Client, *minutes: float) -> bool:
    """Sign in, request a page after each pause, and return whether the session still lasts."""
    with time_machine.travel(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), tick=False) as clock:
        sign_in(client, "guru1", own=True)
        for pause in minutes:
            clock.shift(timedelta(minutes=pause))
            client.get(reverse("account_logout"))
        return is_signed_in(client)


OFFICES_THAT_IDLE_OUT = [COUNSELOR.code, COORDINATOR.code, OPERATOR.code]


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize(
    ("pauses", "idle_office_stays"), [((30,), True), ((31,), False), ((20, 20, 20), True)]
)
def test_counselors_and_operators_are_signed_out_when_idle(
    client: Client, teacher: User, office: str, pauses: tuple[int, ...], idle_office_stays: bool
) -> None:
    OfficeHolding.objects.create(user=teacher, office=office, starts_on=date(2020, 7, 1))
    stays = idle_office_stays or office not in OFFICES_THAT_IDLE_OUT
    assert minutes_apart(client, *pauses) is stays


@pytest.mark.parametrize(("pauses", "stays"), [((719,), True), ((600, 121), False)])
def test_every_session_ends_after_twelve_hours(
    client: Client, teacher: User, pauses: tuple[int, ...], stays: bool
) -> None:
    assert minutes_apart(client, *pauses) is stays


@pytest.mark.parametrize(("pause", "writes"), [(50, False), (70, True)])
def test_the_time_last_seen_is_written_at_most_once_a_minute(
    client: Client, teacher: User, pause: int, writes: bool
) -> None:
    OfficeHolding.objects.create(user=teacher, office=COUNSELOR.code, starts_on=date(2020, 7, 1))
    with time_machine.travel(datetime(2026, 3, 2, 0, 0, tzinfo=UTC), tick=False) as clock:
        sign_in(client, "guru1")
        clock.shift(pause)
        client.get(reverse("account_logout"))
        assert (client.session["seen_at"] > client.session["signed_in_at"]) is writes


def test_signing_out_takes_a_post(client: Client, teacher: User) -> None:
    client.force_login(teacher)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_what_was_said_to_one_person_is_not_said_at_the_door_to_the_next() -> None:
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    browser = signed_in(cast.bk)
    post(browser, reverse("cases:confirm", args=[case.pk]))
    assert "messages" not in browser.cookies
    door = browser.post(reverse("account_logout"), follow=True).content.decode()
    assert 'name="password"' in door
    assert "Dikonfirmasi" not in door


def test_signing_in_drops_what_is_kept_for_a_day_only(client: Client, teacher: User) -> None:
    cast = small_school()
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=25)):
        case = make.direct_case(cast, confirmed=False)
        post(signed_in(cast.bk), reverse("cases:confirm", args=[case.pk]))
        with recording(ChangeKind.STUDENTS, by=cast.operator) as change:
            change.create([Student(name="Baru", nis="99001", gender="L")])
        Upload.objects.create(made_by=cast.operator, made_at=clock.now(), packed=pack([]), length=0)
    kept = (IdempotentSubmit, BeforeImage, ChangedRow, Upload)
    assert [table.objects.count() for table in kept] == [1, 1, 1, 1]
    sign_in(client, "guru1")
    assert [table.objects.count() for table in kept] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "account_email", "account_inactive"]
)
def test_nothing_else_of_allauth_has_a_url(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_in_never_leads_to_another_site(client: Client, teacher: User) -> None:
    response = client.post(
        reverse("account_login") + "?next=https://example.com/",
        {"login": "guru1", "password": PASSWORD},
    )
    assert response.url == "/"

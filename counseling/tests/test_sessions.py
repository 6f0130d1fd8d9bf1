"""Where a person is signed in, and how it ends there."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from counseling.devices import device
from counseling.sessions import SessionStore, kept_as
from counseling.signed_in import SignedIn, signed_in_devices
from counseling.tests.second_factor import PASSWORD, START, first_step, with_password
from school.models import User
from school.tests import factories as make
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, queries_of_warm, signed_in

URL, END_OTHERS = "/akun/perangkat/", "/akun/perangkat/keluar/"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def now() -> Any:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def teacher() -> User:
    return with_password(make.person(username="guru1"))


def on(user: User, agent: str, *, own: bool = True) -> Client:
    """Return a browser that says of itself what `agent` says, with the person signed in."""
    client = Client(headers={"user-agent": agent})
    given = {"login": user.username, "password": PASSWORD, **({"remember": "on"} if own else {})}
    client.post(reverse("account_login"), given)
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


def listed(client: Client) -> list[SignedIn]:
    return list(client.get(URL).context["sessions"])


def devices(client: Client) -> list[tuple[str, bool]]:
    return [(one.device, one.is_this) for one in listed(client)]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (PHONE, "HP Android, Chrome"),
        (LAPTOP, "Komputer Windows, Firefox"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/120 Safari/537", "Chromebook, Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Komputer Windows, Edge"),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/23 Chrome/115",
            "HP Android, Samsung Internet",
        ),
        ("curl/8.5", "Perangkat tidak dikenal"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_a_device_is_named_in_words_of_people(agent: str, said: str) -> None:
    assert device(agent) == said


def test_the_list_says_which_device_since_when_and_when_it_was_last_used(teacher, now) -> None:
    phone = on(teacher, PHONE)
    now.shift(timedelta(minutes=20))
    assert is_in(phone)
    laptop = on(teacher, LAPTOP)
    this, other = listed(laptop)
    assert (this.device, this.is_this, this.since) == (
        "Komputer Windows, Firefox",
        True,
        START + timedelta(minutes=20),
    )
    assert (other.device, other.is_this, other.since) == ("HP Android, Chrome", False, START)
    assert other.seen_at == START + timedelta(minutes=20)
    html = laptop.get(URL).content.decode()
    assert "2 Maret 2026, 07.20" in html


def test_it_is_written_once_a_minute_that_a_session_was_used(teacher, now) -> None:
    phone = on(teacher, PHONE)
    for seconds, written in ((30, 0), (61, 61), (90, 61), (122, 122)):
        now.move_to(START + timedelta(seconds=seconds))
        assert is_in(phone)
        assert phone.session["seen_at"] == (START + timedelta(seconds=written)).timestamp()


def test_one_device_is_signed_out_at_once_and_the_others_stay(teacher) -> None:
    laptop, phone, tablet = on(teacher, LAPTOP), on(teacher, PHONE), on(teacher, "iPad Safari")
    pk = next(one.pk for one in listed(laptop) if one.device == "HP Android, Chrome")
    assert post(laptop, reverse("end_session", args=[pk]))["Location"] == URL
    assert [is_in(browser) for browser in (laptop, phone, tablet)] == [True, False, True]
    assert devices(laptop) == [("Komputer Windows, Firefox", True), ("iPad, Safari", False)]


def test_all_other_devices_are_signed_out_at_once_also_those_that_no_list_names(teacher) -> None:
    laptop, phone, unlisted = on(teacher, LAPTOP), on(teacher, PHONE), on(teacher, PHONE)
    stolen = Client()
    stolen.cookies["sessionid"] = laptop.cookies["sessionid"].value
    UserSession.objects.filter(session_key=kept_as(unlisted.session.session_key)).delete()
    assert is_in(stolen)
    assert post(laptop, END_OTHERS)["Location"] == URL
    assert [is_in(browser) for browser in (laptop, phone, unlisted, stolen)] == [
        True,
        False,
        False,
        False,
    ]
    assert devices(laptop) == [("Komputer Windows, Firefox", True)]
    assert Session.objects.count() == 1
    assert list(ActionEntry.objects.values_list("action", "actor")) == [
        ("end_sessions", teacher.pk)
    ]


def test_no_table_holds_a_key_that_opens_a_session(teacher) -> None:
    phone = on(teacher, PHONE)
    key = phone.cookies["sessionid"].value
    kept = Session.objects.get().session_key
    assert kept == UserSession.objects.get().session_key != key
    thief = Client()
    for cookie, opens in ((kept, False), (key, True)):
        thief.cookies["sessionid"] = cookie
        assert is_in(thief) is opens


def test_who_signs_out_leaves_no_session_behind(teacher) -> None:
    phone = on(teacher, PHONE)
    key = phone.cookies["sessionid"].value
    phone.post("/keluar/")
    assert not SessionStore().exists(key)
    assert not Session.objects.filter(session_key=kept_as(key)).exists()


def test_a_form_without_its_number_ends_nothing(teacher) -> None:
    laptop, phone = on(teacher, LAPTOP), on(teacher, PHONE)
    assert laptop.post(END_OTHERS).status_code == 400
    assert is_in(phone)


def test_a_session_from_before_the_list_is_on_it(teacher) -> None:
    assert devices(signed_in(teacher)) == [("Perangkat tidak dikenal", True)]


def test_nobody_ends_or_reads_the_sessions_of_another_person(teacher) -> None:
    other = with_password(make.person(username="guru2"))
    phone, foreign = on(teacher, PHONE), on(other, LAPTOP)
    pk = UserSession.objects.get(user=teacher).pk
    assert post(foreign, reverse("end_session", args=[pk])).status_code == 404
    assert post(foreign, END_OTHERS).status_code == 302
    assert is_in(phone)
    assert devices(foreign) == [("Komputer Windows, Firefox", True)]


def test_what_has_ended_is_not_listed(teacher, now) -> None:
    on(teacher, PHONE, own=False)
    signed_out = on(teacher, "iPad Safari")
    signed_out.post("/keluar/")
    now.shift(timedelta(minutes=31))
    assert devices(on(teacher, LAPTOP)) == [("Komputer Windows, Firefox", True)]


def test_the_list_asks_as_much_for_thirty_devices_as_for_two(teacher) -> None:
    here = on(teacher, LAPTOP)
    on(teacher, PHONE)
    for_two = queries_of_warm(here, URL)
    kept = Session.objects.get(pk=kept_as(here.session.session_key))
    for n in range(28):
        key = f"{n:032}"
        Session.objects.create(pk=key, session_data=kept.session_data, expire_date=kept.expire_date)
        UserSession.objects.create(user=teacher, session_key=key, ip="127.0.0.1", user_agent=PHONE)
    assert len(signed_in_devices(teacher, None)) == 30
    assert queries_of_warm(here, URL) == for_two


def test_signing_in_asks_nothing_of_each_other_device_and_drops_what_has_expired(
    teacher, now
) -> None:
    for _n in range(6):
        on(teacher, PHONE)
    now.shift(timedelta(hours=13))
    assert is_in(first_step(teacher))
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)


def test_a_changed_password_leaves_this_device_alone_on_the_list(teacher) -> None:
    on(teacher, PHONE)
    here, new = on(teacher, LAPTOP), "dua puluh tiga gembok"
    here.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert devices(here) == [("Komputer Windows, Firefox", True)]

"""Many sign in at once from one address, and somebody guesses: the school's server, over HTTP."""

import http.client
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import make_password
from django.middleware.csrf import _get_new_csrf_string

from counseling.tests.served import served
from school.models import User

PASSWORD = "sembilan belas kunci"
HASHER = "counseling.hashers.PatientArgon2Hasher"
LIMIT = 5
PATIENCE = 60
OK, FOUND, TOO_MANY = 200, 302, 429

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("threads"),
]


class SignIn(threading.Thread):
    """One press on *Sign in*; `status` is the answer, `took` the seconds until it came."""

    def __init__(self, host: tuple[str, int], username: str, password: str = PASSWORD) -> None:
        super().__init__()
        self.host = host
        self.fields = urlencode({"login": username, "password": password})
        self.status, self.took = 0, 0.0

    def run(self) -> None:
        token = _get_new_csrf_string()
        headers = {
            "Cookie": f"csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.monotonic()
        client = http.client.HTTPConnection(*self.host, timeout=PATIENCE)
        try:
            client.request("POST", "/masuk/", self.fields, headers)
            answer = client.getresponse()
            answer.read()
            self.status = answer.status
        finally:
            client.close()
            self.took = time.monotonic() - began


def staff(settings: Any, number: int) -> list[str]:
    settings.PASSWORD_HASHERS = [HASHER]
    hashed = make_password(PASSWORD)
    names = [f"guru{n:03}" for n in range(number)]
    User.objects.bulk_create(
        User(username=name, name=f"Guru {name}", honorific="IBU", password=hashed) for name in names
    )
    return names


@pytest.fixture
def host(tmp_path: Path, transactional_db: None) -> Iterator[tuple[str, int]]:
    with served(tmp_path) as at:
        yield at.place


def at_once(threads: list[SignIn]) -> list[SignIn]:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return threads


def test_45_who_sign_in_at_once_from_one_address_all_come_in(
    host: tuple[str, int], settings: Any, record_property: Any
) -> None:
    tried = at_once([SignIn(host, name) for name in staff(settings, 45)])
    assert [each.status for each in tried] == [FOUND] * 45
    slowest = round(1000 * max(each.took for each in tried))
    record_property("slowest of 45 sign-ins at once, ms", slowest)
    assert slowest < 1000 * PATIENCE / 4


@pytest.mark.trust
def test_among_200_sign_ins_in_a_minute_no_honest_one_is_refused(
    host: tuple[str, int], settings: Any, record_property: Any
) -> None:
    victim, *names = staff(settings, 101)
    honest = [SignIn(host, name) for name in names]
    guesses = [SignIn(host, victim, f"tebakan nomor {n}") for n in range(50)]
    spray = [SignIn(host, f"tebak{n}", "tebakan yang salah") for n in range(50)]
    began = time.monotonic()
    wrong = [guess for pair in zip(guesses, spray, strict=True) for guess in pair]
    for pair in zip(honest, wrong, strict=True):
        for each in pair:
            each.start()
            time.sleep(0.15)
    for each in (*honest, *wrong):
        each.join()
    refused = [each.status for each in honest if each.status != FOUND]
    accepted = [each for each in guesses if each.status == OK]
    record_property("sign-ins in a minute, half of them wrong", len(honest) + len(wrong))
    record_property("honest sign-ins refused", len(refused))
    record_property("guesses on one account that were looked at", len(accepted))
    assert time.monotonic() - began < 60
    assert refused == []
    assert len(accepted) <= LIMIT
    assert {each.status for each in guesses} <= {OK, TOO_MANY}

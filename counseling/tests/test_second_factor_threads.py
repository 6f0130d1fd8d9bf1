"""A code that is sent by many threads at once has one effect."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connections
from django.test import Client

from counseling.tests.second_factor import (
    SECOND_STEP,
    SET_UP,
    backup_codes,
    code_of_app,
    first_step,
    is_signed_in,
    secret_on,
    with_app,
    with_password,
)
from school.tests import factories as make
from workflow.models import ActionEntry

THREADS = 8

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("threads"),
]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


def at_once(browsers: list[Client], send: Callable[[Client], Any]) -> list[int]:
    """Return the statuses of what all browsers send at the same moment."""
    together = threading.Barrier(len(browsers))

    def one(client: Client) -> int:
        client.raise_request_exception = False
        together.wait()
        try:
            return int(send(client).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(browsers)) as threads:
        return list(threads.map(one, browsers))


def twins(client: Client) -> list[Client]:
    """Return browsers with the same session."""
    found = [Client() for _n in range(THREADS)]
    for twin in found:
        twin.cookies["sessionid"] = client.cookies["sessionid"].value
    return found


def test_an_app_is_set_up_once() -> None:
    client = first_step(with_password(make.person(username="guru1")))
    code = code_of_app(secret=secret_on(client.get(f"{SET_UP}aplikasi/")))
    answers = at_once(twins(client), lambda twin: twin.post(f"{SET_UP}aplikasi/", {"code": code}))
    assert max(answers) < 500
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == [
        "recovery_codes",
        "totp",
    ]
    assert list(ActionEntry.objects.values_list("action", flat=True)) == ["set_up_app"]


@pytest.mark.parametrize("kind", ["code of the app", "backup code"])
def test_a_code_lets_one_of_many_browsers_in(kind: str) -> None:
    user = with_app(make.person(username="guru1"))
    code = code_of_app() if kind == "code of the app" else backup_codes(user)[0]
    waiting = [first_step(user) for _n in range(4)]
    answers = at_once(waiting, lambda client: client.post(SECOND_STEP, {"code": code}))
    assert max(answers) < 500
    assert [is_signed_in(client) for client in waiting].count(True) == 1

"""Simultaneous taps on a button have one effect, for every URL that changes something."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from cases.tests.confirmed import confirmed
from counseling.tests.access import ACCESS, ACCOUNT
from counseling.tests.access_page import POST
from counseling.tests.buttons import Button, buttons_of
from school.tests.cast import small_school
from workflow.submits import FIELD

THREADS = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 4
WITHOUT_UUID = {"set_language", "search"} | ACCOUNT.keys() - {"end_session", "end_other_sessions"}
"""A search changes nothing. What allauth changes: see test_second_factor_threads.py."""

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("threads"),
]


class Crowd:
    """Many threads, each with a connection that it keeps from one button to the next."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS)
        self.together = threading.Barrier(THREADS)

    def press(self, button: Button, submit_ids: list[UUID]) -> list[int]:
        """Send all submits at the same moment, each from its own browser; return the statuses."""
        session = confirmed(button.by).cookies[settings.SESSION_COOKIE_NAME].value

        def tap(submit_id: UUID) -> int:
            client = Client(raise_request_exception=False)
            client.cookies[settings.SESSION_COOKIE_NAME] = session
            data: dict[str, Any] = {**button.data, FIELD: str(submit_id)}
            self.together.wait()
            return client.post(button.url, data).status_code

        return list(self.threads.map(tap, submit_ids))

    def go_home(self) -> None:
        def close(_number: int) -> None:
            self.together.wait()
            connections.close_all()

        list(self.threads.map(close, range(THREADS)))
        self.threads.shutdown()


@pytest.fixture
def crowd(transactional_db: None) -> Iterator[Crowd]:
    crowd = Crowd()
    yield crowd
    crowd.go_home()


def faults(
    crowd: Crowd, name: str, button: Button, submit_ids: list[UUID], expected: int
) -> list[str]:
    answers = crowd.press(button, submit_ids)
    effects = button.effects()
    found = []
    if len(answers) != THREADS or any(status >= 500 for status in answers):
        found.append(f"{name}: answers {sorted(answers)}")
    if effects != expected:
        found.append(f"{name}: {effects} effects instead of {expected}; {sorted(answers)}")
    return found


def test_every_changing_url_has_a_button_whose_taps_with_one_number_have_one_effect(
    crowd, record_property
):
    buttons = buttons_of(small_school(100))
    changing = {name for name, page in ACCESS.items() if POST in page.methods} - WITHOUT_UUID
    assert {name.partition(" ")[0] for name in buttons} == changing
    wrong = []
    for name, button in buttons.items():
        wrong += faults(crowd, name, button, [uuid4()] * THREADS, 1)
    record_property("buttons", len(buttons))
    record_property("threads on each, with one number and with their own", THREADS)
    assert not wrong, "\n".join(wrong)


def test_many_taps_with_their_own_numbers_have_the_effect_of_one_act_or_of_each(crowd):
    buttons = buttons_of(small_school(100))
    wrong = []
    for name, button in buttons.items():
        numbers = [uuid4() for _ in range(THREADS)]
        wrong += faults(crowd, name, button, numbers, button.expected(THREADS))
    assert not wrong, "\n".join(wrong)

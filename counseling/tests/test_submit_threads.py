"""A tap counts once: 20 threads on the same button of every changing URL, on both databases."""

import threading
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from counseling.tests.access import ACCESS, POST
from counseling.tests.buttons import Button, buttons_of
from school.tests.cast import small_school
from workflow.submits import FIELD
from workflow.tests.browser_free import signed_in

THREADS = 20
PUBLIC = {"account_login", "account_logout", "set_language"}

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("threads"),
]


def press(button: Button, submit_ids: list[UUID]) -> list[int]:
    """The answers to as many submits at the same moment, each from a browser of its own."""
    session = signed_in(button.by).cookies[settings.SESSION_COOKIE_NAME].value
    together = threading.Barrier(len(submit_ids))
    answers: list[int] = []

    def tap(submit_id: UUID) -> None:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        data: dict[str, Any] = {**button.data, FIELD: str(submit_id)}
        together.wait()
        try:
            answers.append(client.post(button.url, data).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tap, args=[submit_id]) for submit_id in submit_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def faults(name: str, button: Button, submit_ids: list[UUID], expected: int) -> list[str]:
    answers = press(button, submit_ids)
    effects = button.effects()
    found = []
    if len(answers) != THREADS or any(status >= 500 for status in answers):
        found.append(f"{name}: answers {sorted(answers)}")
    if effects != expected:
        found.append(f"{name}: {effects} effects instead of {expected}; {sorted(answers)}")
    return found


def test_every_changing_url_has_its_button():
    buttons = {name.partition(" ")[0] for name in buttons_of(small_school(60))}
    assert buttons == {name for name, page in ACCESS.items() if POST in page.methods} - PUBLIC


def test_twenty_taps_with_one_number_have_one_effect(record_property):
    buttons = buttons_of(small_school(60))
    wrong = []
    for name, button in buttons.items():
        wrong += faults(name, button, [uuid4()] * THREADS, 1)
    record_property("buttons", len(buttons))
    record_property("threads on each, with one number and with their own", THREADS)
    assert not wrong, "\n".join(wrong)


def test_twenty_taps_with_their_own_numbers_have_the_effect_of_one_act_or_of_each():
    buttons = buttons_of(small_school(60))
    wrong = []
    for name, button in buttons.items():
        numbers = [uuid4() for _ in range(THREADS)]
        wrong += faults(name, button, numbers, THREADS if button.each else 1)
    assert not wrong, "\n".join(wrong)

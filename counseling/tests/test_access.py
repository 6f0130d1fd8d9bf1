"""Nobody sees what is not theirs: every URL, every person, every kind of object."""

import os
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from counseling.tests.access import ACCESS
from counseling.tests.access_page import ALLOW, BOTH, DENY, GET, LOGIN, METHOD, POST, UNSEEN
from counseling.tests.crawl import all_names
from counseling.tests.rows import KEYS, Writes, changed, rows
from counseling.tests.scenarios.access import ANONYMOUS, PEOPLE, AccessScenario
from workflow.models import AccessEntry, IdempotentSubmit
from workflow.submits import FIELD

pytestmark = pytest.mark.once

ROOMS = ("cases:c", "cases:", "homevisits:r", "homevisits:", "")
"""The parts of the matrix: several processes can share them."""
MIN_CELLS = 2000
MOST_TURNS = 6
MARK = 10**17
LOGIN_URL = "/masuk/"


def part_of(name: str) -> str:
    return next(part for part in ROOMS if name.startswith(part))


def cells(part: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield (URL name, variant, method, person) of each cell of a part."""
    for name, page in ACCESS.items():
        if part_of(name) == part:
            for variant in page.grants:
                for method in BOTH:
                    for person in PEOPLE:
                        yield name, variant, method, person


def asked_now(part: str) -> list[tuple[str, str, str, str]]:
    """Return the cells that this run asks: all, or with `SHORT` some, like a chessboard.

    So each person still comes to each URL by a method that it answers, and one person by each that
    it does not. The long form asks all.
    """
    chosen = list(cells(part))
    return chosen if "SHORT" not in os.environ else list(filter(is_asked_in_short, chosen))


def is_asked_in_short(cell: tuple[str, str, str, str]) -> bool:
    name, variant, method, person = cell
    page = ACCESS[name]
    answered = [(one, way) for one in page.grants for way in page.methods]
    if method not in page.methods:
        return (variant, person) == (next(iter(page.grants)), PEOPLE[len(name) % len(PEOPLE)])
    turn = answered.index((variant, method)) + PEOPLE.index(person)
    return turn % min(MOST_TURNS, len(answered)) == 0


def test_every_url_is_classified_and_none_is_stale():
    assert set(ACCESS) == all_names()


def test_the_matrix_has_at_least_2000_cells(record_property):
    number = sum(len(list(cells(part))) for part in ROOMS)
    record_property("URLs classified", len(ACCESS))
    record_property("cells", number)
    assert number >= MIN_CELLS


class Browsers:
    """One browser for each person; its cookies are reset before each request."""

    def __init__(self, made: AccessScenario) -> None:
        self.clients = {}
        for name in PEOPLE:
            client = Client(raise_request_exception=True)
            if name != ANONYMOUS:
                client.force_login(made.people[name])
            self.clients[name] = (client, client.cookies.output())

    def ask(self, person: str, method: str, url: str) -> Any:
        client, cookies = self.clients[person]
        client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
        return client.get(url) if method == GET else client.post(url, {FIELD: str(uuid4())})


def said(response: Any) -> str:
    """Return allow, 403, 404, 405, or login for a redirect to the sign-in page."""
    if response.status_code == 302 and response["Location"].startswith(LOGIN_URL):
        return LOGIN
    known = {403: DENY, 404: UNSEEN, 405: METHOD}
    assert response.status_code < 500
    return known.get(response.status_code, ALLOW)


def expected_entries(
    page: Any, made: AccessScenario, variant: str, person: str
) -> list[tuple[Any, ...]]:
    """Return what the access log must hold after a request."""
    if not page.logged or person in {ANONYMOUS, "disabled"}:
        return []
    object_id, student_id = (None, None) if page.many else made.logged[page.kind][variant]
    return [(page.logged, object_id, student_id)]


def on_record(response: Any, method: str) -> int:
    """Return the status of the answer; 409 where the workflow refused and sent the person home."""
    is_home = response.status_code == 302 and response["Location"] == reverse("home")
    refused = method == POST and is_home and not IdempotentSubmit.objects.exists()
    return 409 if refused else response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("part", ROOMS)
def test_nobody_opens_what_is_not_theirs(part, access_school, record_property):
    """Check each cell: the answer, its entry in the access log, and refusals that change no row."""
    browsers, before = Browsers(access_school), rows()
    wrong, asked = [], 0
    for name, variant, method, person in asked_now(part):
        page = ACCESS[name]
        url = reverse(name, kwargs=access_school.ids[page.kind][variant] if page.kind else {})
        writes = Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                response = browsers.ask(person, method, url)
            entries = list(
                AccessEntry.objects.values_list("kind", "object_id", "student_id", "status")
            )
            found, expected = said(response), page.expected(variant, person, method)
            if page.is_open and found == LOGIN:
                found = ALLOW
            where = f"{person} {method} {name} ({variant})"
            if found != expected:
                wrong.append(f"{where}: {found}, not {expected}")
            logged = [
                (*entry, on_record(response, method))
                for entry in expected_entries(page, access_school, variant, person)
            ]
            if entries != logged:
                wrong.append(f"{where}: access log {entries}, not {logged}")
            written = writes.tables & KEYS.keys()
            if found != ALLOW and written and (left := changed(before, rows())):
                wrong.append(f"{where}: refused, and yet {left}")
            transaction.set_rollback(True)
        asked += 1
    record_property("cells asked", asked)
    print(f"{part or 'other'}: {asked} cells")
    assert not wrong, f"{len(wrong)} wrong\n" + "\n".join(wrong)


@pytest.mark.django_db
def test_what_was_never_there_answers_as_what_is_not_theirs(access_school):
    browsers = Browsers(access_school)
    for name, page in ACCESS.items():
        if page.kind:
            ids = {
                key: _nowhere(value) for key, value in access_school.ids[page.kind]["own"].items()
            }
            asker = "operator" if "operator" in page.grants["own"].may else "coordinator"
            for method in page.methods:
                with transaction.atomic():
                    response = browsers.ask(asker, method, reverse(name, kwargs=ids))
                    transaction.set_rollback(True)
                assert response.status_code == 404, name


@pytest.mark.django_db
def test_an_id_too_large_for_a_database_is_not_found_at_any_address(access_school):
    browsers = Browsers(access_school)
    for name, page in ACCESS.items():
        ids = access_school.ids[page.kind]["own"] if page.kind else {}
        for key in (key for key, value in ids.items() if isinstance(value, int)):
            place = reverse(name, kwargs=ids | {key: MARK})
            for number in (2**63, int("9" * 30)):
                url = place.replace(str(MARK), str(number))
                for method in BOTH:
                    assert browsers.ask("coordinator", method, url).status_code == 404, url


def _nowhere(value: Any) -> Any:
    if isinstance(value, int):
        return 999_999
    return "1901/1902-1" if str(value).startswith("20") else value

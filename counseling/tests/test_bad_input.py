"""Bad input on every form of every page: a clear message, never a 500, nothing typed lost."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import cache
from operator import itemgetter
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from counseling.tests.access import ACCOUNT
from counseling.tests.bad_inputs import NOT_OURS, BadInput, bad_inputs_of, filled
from counseling.tests.crawl import Found, all_names, view_name, walked
from counseling.tests.markup import Field, Form, read
from school.models import Enrolment, RecapPeriod, User
from school.tests.cast import Cast
from workflow.models import IdempotentSubmit
from workflow.submits import FIELD as SUBMIT_ID
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walked")]

PEOPLE = (
    *("guru", "guru2", "wali", "wali2", "bk", "coordinator", "principal"),
    *("student_affairs", "operator"),
)
SPOKEN = 400
WITHOUT_UUID = {"set_language", "search"} | ACCOUNT.keys() - {"end_session"}
"""URLs that change nothing in the school; some would end the session of the test itself."""
CHANGES_NOTHING = {"search"}
"""Forms that are posted only to keep words out of addresses: test_search.py tries bad ones."""


@cache
def pages_with_previews(user: User) -> list[Found]:
    """Return the pages of `user`, opened once, since each test begins with the same school."""
    found = walked(user)
    return found + [seen for page in found for seen in previews_of(user, page)]


def previews_of(user: User, page: Found) -> Iterator[Found]:
    """Yield the page that asks whether what a file would change is to be saved."""
    if page.name == "recaps:attendance_file" and page.markup.posts:
        pk, period = map(int, re.findall(r"\d+", page.url))
        absent = Enrolment.objects.filter(school_class=pk)[0].student
        day = RecapPeriod.objects.get(pk=period).starts_on
        data = {"text": f"NIS;Tanggal;Kode\n{absent.nis};{day};A", SUBMIT_ID: str(uuid4())}
        html = signed_in(user).post(page.url, data).content.decode()
        assert 'name="seal"' in html
        yield Found(page.name, page.url, html, read(html))


def forms_of(user: User, *before: User) -> Iterator[tuple[Found, str, Form]]:
    """Yield each form that changes something, once for each URL name and set of fields.

    Forms that the people `before` reach are left out.
    """
    seen = {key for other in before for key in keys_of(other)}
    for page in pages_with_previews(user):
        for form in page.markup.posts:
            action = urljoin(page.url, form.action)
            key = (view_name(action), frozenset(kinds_of(form)))
            if key not in seen and key[0] not in CHANGES_NOTHING:
                seen.add(key)
                yield page, action, form


@cache
def keys_of(user: User) -> set[tuple[str, frozenset[str]]]:
    """Return the URL name and the kinds of field of each form that the person reaches."""
    return {
        (view_name(urljoin(page.url, form.action)), frozenset(kinds_of(form)))
        for page in pages_with_previews(user)
        for form in page.markup.posts
    }


def kind_of(name: str) -> str:
    """Return the name of a field without digits, so that all rows of a form are alike."""
    return "".join(sign for sign in name if not sign.isdigit())


def kinds_of(form: Form) -> set[str]:
    return {kind_of(name) for name in form.fields}


def one_of_each_kind(form: Form) -> list[tuple[str, Field]]:
    """Return the fields of a form, of its rows the first."""
    found: dict[str, tuple[str, Field]] = {}
    for name, field in form.fields.items():
        found.setdefault(kind_of(name), (name, field))
    return list(found.values())


def share_of(bad: list[BadInput], place: int) -> list[BadInput]:
    """Return the bad values for the field at a place; with `SHORT` one of them.

    Neighbours get the others; the long form of the test asks each field all of them.
    """
    return bad if "SHORT" not in os.environ else [bad[place % len(bad)]]


def sent(client: Client, page: Found, action: str, data: dict[str, Any], **headers: str) -> Any:
    client.cookies.pop("messages", None)
    referer = f"http://testserver{page.url}"
    return client.post(action, data, headers={"referer": referer, **headers})


def undone(act: Callable[[], None]) -> None:
    """Do the act, then roll it back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def judge(client: Client, response: Any, data: dict[str, Any], bad: BadInput, where: str) -> None:
    """Check that the answer to bad input says what is wrong and keeps what was typed."""
    took_effect = IdempotentSubmit.objects.filter(submit_id=data[SUBMIT_ID][0]).exists()
    assert not (took_effect and bad.is_impossible), f"{where}: was taken"
    if response.status_code in {301, 302, 303}:
        target = response["Location"]
        assert target.startswith("/") or urlsplit(target).netloc == "testserver", (
            f"{where}: {target}"
        )
        if not took_effect:
            assert read(client.get(target).content.decode()).said, f"{where}: nothing is said"
    elif response.status_code == 200 and response["Content-Type"] == "application/json":
        assert took_effect, f"{where}: a script hears that it was saved, and it was not"
    elif response.status_code == 200:
        page = read(response.content.decode())
        names = set(data) - NOT_OURS
        is_next_step = any(asks_further(form, names) for form in page.posts)
        assert page.said or is_next_step, f"{where}: shown again without a word"
        kept(page.posts, data, where)
    else:
        assert response.status_code in {201, 204, 400, 403, 404, 409, 422}, f"{where}: {response}"
        assert took_effect or response.content, f"{where}: {response.status_code} without a word"


def kept(forms: list[Form], data: dict[str, Any], where: str) -> None:
    """Check that each typed text is in the form that is shown again."""
    names = set(data) - NOT_OURS
    again = [form for form in forms if names <= form.fields.keys() | dict(form.buttons).keys()]
    assert again, f"{where}: the form is not shown again"
    for name, found in again[0].fields.items():
        typed = [text.replace("\0", "").strip() for text in data.get(name, [])]
        if found.is_typed and any(typed):
            assert [text.replace("\0", "").strip() for text in found.values] == typed, (
                f"{where}: {name} was lost"
            )


def asks_further(form: Form, names: set[str]) -> bool:
    """Return whether this form is the next question, and carries the earlier answers along."""
    return names <= form.fields.keys() | dict(form.buttons).keys() and "confirmed" in form.fields


def faults_of(client: Client, forms: Iterable[tuple[Found, str, Form]]) -> tuple[int, list[str]]:
    """Return how many bad submits were sent, and what was wrong with the answers."""
    tried, faults = 0, []

    def attempt(
        page: Found,
        action: str,
        data: dict[str, Any],
        bad: BadInput,
        where: str,
        **headers: str,
    ) -> None:
        try:
            judge(client, sent(client, page, action, data, **headers), data, bad, where)
        except Exception as fault:
            faults.append(f"{where}: {type(fault).__name__} {fault}"[:SPOKEN])

    for page, action, form in forms:
        faults += faults_of_frame(client, page, action, form)
        button = {name: value for name, value in form.buttons[-1:] if name}
        asked = [(name, bad_inputs_of(found)) for name, found in one_of_each_kind(form)]
        # Forms of one field do not all begin with the same value.
        start = len(action)
        for place, (name, values) in enumerate(filter(itemgetter(1), asked), start):
            for bad in share_of(values, place):
                data = filled(form) | {SUBMIT_ID: [str(uuid4())], name: [bad.value]} | button
                where = f"{view_name(action)} ({page.url}) {name} {bad.what}"
                for headers in ({}, {"accept": "application/json"})[: 1 + form.is_queued]:
                    undone(lambda: attempt(page, action, data, bad, where, **headers))  # noqa: B023
                    tried += 1
    return tried, faults


def faults_of_frame(client: Client, page: Found, action: str, form: Form) -> list[str]:
    """Return faults in how a form handles its UUID and the address it redirects to."""
    where = f"{view_name(action)} ({page.url})"
    if SUBMIT_ID not in form.fields:
        return [] if view_name(action) in WITHOUT_UUID else [f"{where}: no UUID"]
    faults: list[str] = []

    def act() -> None:
        for wrong in ([], ["not a uuid"], ["\0" * 36], ["9" * 36]):
            answer = sent(client, page, action, filled(form) | {SUBMIT_ID: wrong})
            if answer.status_code != 400:
                faults.append(f"{where}: UUID {wrong} is answered by {answer.status_code}")
        data = filled(form) | {SUBMIT_ID: [str(uuid4())], "next": ["https://evil.example/"]}
        if "evil" in sent(client, page, action, data).get("Location", ""):
            faults.append(f"{where}: sends people on to any site")

    cookies = deepcopy(client.cookies)  # the session of the test may get another key, undone too
    undone(act)
    client.cookies = cookies
    return faults


@pytest.mark.parametrize("who", PEOPLE)
def test_bad_values_in_any_field_are_answered_in_words(who: str, every_state: Cast) -> None:
    before = PEOPLE[: PEOPLE.index(who)]
    people = [getattr(every_state, name) for name in (who, *before)]
    tried, faults = faults_of(signed_in(people[0]), forms_of(*people))
    print(f"{who}: {tried} bad submits")
    assert not faults, "\n".join(faults)


BY_SCRIPT_ALONE = {
    *("service_worker", "offline", "home_wide", "recaps:class_list_row"),
    *("school:letterhead_preview", "school:logo", "school:progress"),
    *("homevisits:small_photo", "homevisits:printed_photo", "homevisits:feed_file"),
}
"""URL names that scripts, pictures and calendars request, so that no link or form leads to them."""
FROM_OUTSIDE = {"reports:feedback", "reports:feedback_thanks"}
"""URL names to which a message leads; their bad input is in reports/tests/test_feedback.py."""
AFTER_AN_ACT = {"undo", "school:arrive", "school:import_refused"}
"""URL names of a toast, of the page of who left, and of that of a file with faults."""
AFTER_A_CONFIRMATION = {
    *("mfa_generate_recovery_codes", "cases:correct_note", "cases:delete_note"),
    *("cases:pass_on", "cases:read_left"),
}
"""URL names to which pages lead that ask first who sits there."""
AFTER_THE_DOOR = {"mfa_authenticate", "mfa_login_webauthn"}
"""URL names to which only the page of signing in leads."""


def test_the_walk_comes_to_every_address_of_the_project(every_state: Cast) -> None:
    reached = {"account_login"} | AFTER_THE_DOOR
    for who in PEOPLE:
        for page in pages_with_previews(getattr(every_state, who)):
            reached.add(page.name)
            for link in [*page.markup.links, *(form.action for form in page.markup.forms)]:
                reached.add(view_name(urljoin(page.url, link)))
    assert (
        all_names() - reached
        == BY_SCRIPT_ALONE | FROM_OUTSIDE | AFTER_AN_ACT | AFTER_A_CONFIRMATION
    )


def test_addresses_with_impossible_numbers_are_not_found(every_state: Cast) -> None:
    client = signed_in(every_state.coordinator)
    urls = {page.name: page.url for page in walked(every_state.coordinator)}
    for url in urls.values():
        path = urlsplit(url).path
        for part in filter(str.isdigit, path.strip("/").split("/")):
            for wrong in ("0", "999999999", "9" * 19, "9" * 60):
                response = client.get(path.replace(f"/{part}/", f"/{wrong}/", 1))
                assert response.status_code == 404, (url, wrong, response)


HUGE = "9" * 30
STRANGE = ("", "-1", HUGE, "nol\0byte", "😀", "' OR 1=1 --", "%", "2021-02-31", "x" * 3000)


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "principal"])
def test_filters_searches_and_sorts_take_any_word(who: str, every_state: Cast) -> None:
    user = getattr(every_state, who)
    client = signed_in(user)
    seen: set[str] = set()
    for page in walked(user):
        names = names_asked_for(page)
        if page.name in seen or names == {"page"}:
            continue
        seen.add(page.name)
        asked = [dict.fromkeys(names, strange) for strange in STRANGE]
        asked += [{name: strange} for name in names for strange in (HUGE, "nol\0byte")]
        for query in asked:
            response = client.get(urlsplit(page.url).path, query)
            assert response.status_code in {200, 400, 404}, (page.url, query, response)


def names_asked_for(page: Found) -> set[str]:
    """Return the parameters that the page's links and its search ask for."""
    names = {name for form in page.markup.forms if form.method != "post" for name in form.fields}
    for link in page.markup.links:
        whole = urlsplit(urljoin(page.url, link))
        if whole.path == urlsplit(page.url).path:
            names |= {pair.partition("=")[0] for pair in whole.query.split("&") if pair}
    return (names | {"page"}) - NOT_OURS

"""Bad input on every form of every page: a clear message, never a 500, nothing typed lost."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from counseling.tests.crawl import Found, all_names, pages_of, view_name
from counseling.tests.lived_in import LivedIn, lived_in_school
from counseling.tests.markup import Form, read
from counseling.tests.nasty import NOT_OURS, Nasty, filled, nasties
from workflow.models import Replay
from workflow.once import FIELD as SUBMIT_ID
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db

PEOPLE = ("guru", "wali", "bk", "principal", "operator", "student_affairs")
SPOKEN = 400


def forms_of(user: Any) -> Iterator[tuple[Found, str, Form]]:
    """Each form that changes something, once for each address's name and set of fields."""
    seen = set()
    for page in pages_of(user):
        for form in page.markup.posts:
            action = urljoin(page.url, form.action)
            key = (view_name(action), frozenset(kinds_of(form)))
            if key not in seen:
                seen.add(key)
                yield page, action, form


def kinds_of(form: Form) -> set[str]:
    """Names of fields, those of one row of many alike."""
    return {"".join(sign for sign in name if not sign.isdigit()) for name in form.fields}


def sent(client: Client, page: Found, action: str, data: dict[str, Any], **headers: str) -> Any:
    client.cookies.pop("messages", None)
    referer = f"http://testserver{page.url}"
    return client.post(action, data, headers={"referer": referer, **headers})


def undone(act: Callable[[], None]) -> None:
    """Leave the school as it was before."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def judge(client: Client, response: Any, data: dict[str, Any], nasty: Nasty, where: str) -> None:
    """The answer to bad input says what is wrong and keeps what was typed."""
    took_effect = Replay.objects.filter(submit_id=data[SUBMIT_ID][0]).exists()
    assert not (took_effect and nasty.is_impossible), f"{where}: was taken"
    if response.status_code in {301, 302, 303}:
        target = response["Location"]
        assert target.startswith("/") or urlsplit(target).netloc == "testserver", (
            f"{where}: {target}"
        )
        if not took_effect:
            assert read(client.get(target).content.decode()).said, f"{where}: nothing is said"
    elif response.status_code == 200:
        page = read(response.content.decode())
        assert page.said, f"{where}: shown again without a word"
        kept(page.posts, data, where)
    else:
        assert response.status_code in {201, 204, 400, 403, 404, 409, 422}, f"{where}: {response}"
        assert took_effect or response.content, f"{where}: {response.status_code} without a word"


def kept(forms: list[Form], data: dict[str, Any], where: str) -> None:
    """Each typed text stands in the form that is shown again."""
    again = [form for form in forms if set(data) <= set(form.fields) | {SUBMIT_ID}]
    assert again, f"{where}: the form is not shown again"
    for name, found in again[0].fields.items():
        typed = [text.replace("\0", "").strip() for text in data.get(name, [])]
        if found.is_typed and any(typed):
            assert [text.replace("\0", "").strip() for text in found.values] == typed, (
                f"{where}: {name} was lost"
            )


def faults_of(user: Any) -> tuple[int, list[str]]:
    """How many bad submits were sent, and what was wrong with the answers."""
    client, tried, faults = signed_in(user), 0, []

    def attempt(
        page: Found,
        action: str,
        data: dict[str, Any],
        nasty: Nasty,
        where: str,
        **headers: str,
    ) -> None:
        try:
            judge(client, sent(client, page, action, data, **headers), data, nasty, where)
        except Exception as fault:
            faults.append(f"{where}: {type(fault).__name__} {fault}"[:SPOKEN])

    for page, action, form in forms_of(user):
        button = dict(form.buttons[:1])
        for name, found in form.fields.items():
            for nasty in nasties(found):
                data = filled(form) | {SUBMIT_ID: [str(uuid4())], name: [nasty.value]} | button
                where = f"{view_name(action)} ({page.url}) {name} {nasty.what}"
                for headers in ({}, {"accept": "application/json"})[: 1 + form.is_queued]:
                    undone(lambda: attempt(page, action, data, nasty, where, **headers))  # noqa: B023
                    tried += 1
    return tried, faults


@pytest.mark.parametrize("who", PEOPLE)
def test_bad_values_in_any_field_are_answered_in_words(who: str) -> None:
    school = lived_in_school()
    tried, faults = faults_of(getattr(school.cast, who))
    print(f"{who}: {tried} bad submits")
    assert not faults, "\n".join(faults)


def test_a_form_without_its_uuid_or_with_a_wrong_one_is_told_to_be_sent_again() -> None:
    school = lived_in_school()
    for user in (school.cast.guru, school.cast.wali, school.cast.bk, school.cast.principal):
        client = signed_in(user)
        for page, action, form in forms_of(user):
            if SUBMIT_ID not in form.fields:
                assert view_name(action) in WITHOUT_UUID, f"{action} on {page.url} has no UUID"
                continue
            for wrong in ([], ["not a uuid"], [NUL_UUID], ["9" * 36]):
                response = sent(client, page, action, filled(form) | {SUBMIT_ID: wrong})
                assert response.status_code == 400, (action, page.url, wrong, response)


WITHOUT_UUID = {"account_logout", "set_language"}
NUL_UUID = "\0" * 36


def test_nobody_is_sent_off_to_another_site() -> None:
    school = lived_in_school()
    client = signed_in(school.cast.bk)
    for page, action, form in forms_of(school.cast.bk):

        def act(page: Found = page, action: str = action, form: Form = form) -> None:
            data = filled(form) | {SUBMIT_ID: [str(uuid4())], "next": ["https://evil.example/"]}
            assert "evil" not in sent(client, page, action, data).get("Location", ""), action

        undone(act)


BY_SCRIPT_ALONE: set[str] = set()
"""Addresses that only a script asks for, so that no link and no form on a page leads there."""


def test_the_walk_comes_to_every_address_of_the_project() -> None:
    school = lived_in_school()
    reached = {"account_login"}
    for user in school.cast.everybody:
        for page in pages_of(user):
            reached.add(page.name)
            for link in [*page.markup.links, *(form.action for form in page.markup.forms)]:
                reached.add(view_name(urljoin(page.url, link)))
    assert all_names() - reached == BY_SCRIPT_ALONE


def test_addresses_with_impossible_numbers_are_not_found() -> None:
    school: LivedIn = lived_in_school()
    client = signed_in(school.cast.coordinator)
    urls = {page.name: page.url for page in pages_of(school.cast.coordinator, enough=1)}
    for url in urls.values():
        path = urlsplit(url).path
        for part in filter(str.isdigit, path.strip("/").split("/")):
            for wrong in ("0", "999999999", "9" * 19, "9" * 60):
                response = client.get(path.replace(f"/{part}/", f"/{wrong}/", 1))
                assert response.status_code == 404, (url, wrong, response)


STRANGE = ("", "-1", "9" * 30, "nol\0byte", "😀", "' OR 1=1 --", "%", "2021-02-31", "x" * 3000)


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "principal"])
def test_filters_searches_and_sorts_take_any_word(who: str) -> None:
    user = getattr(lived_in_school().cast, who)
    client = signed_in(user)
    asked: set[tuple[str, str]] = set()
    for page in pages_of(user, enough=3):
        for name in names_asked_for(page):
            if (page.name, name) in asked:
                continue
            asked.add((page.name, name))
            for strange in STRANGE:
                response = client.get(urlsplit(page.url).path, {name: strange})
                assert response.status_code in {200, 400, 404}, (page.url, name, strange, response)


def names_asked_for(page: Found) -> set[str]:
    """The parameters that links and search forms of the page put into its address."""
    names = {name for form in page.markup.forms if form.method == "get" for name in form.fields}
    for link in page.markup.links:
        whole = urlsplit(urljoin(page.url, link))
        if whole.path == urlsplit(page.url).path:
            names |= {pair.partition("=")[0] for pair in whole.query.split("&") if pair}
    return (names | {"page"}) - NOT_OURS

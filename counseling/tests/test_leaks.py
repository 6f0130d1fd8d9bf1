"""A unique token in each confidential field is read by whom the table names, and by nobody else.

Searched in each answer to everybody, in logs, sessions, submits, the cache, mails, files and
exports; the words of confidential notes also in a raw dump of the database. The short form asks the
pages that the table grants, the long one (`make trust`) every page, and follows their links.
"""

import io
import logging
import os
from base64 import b64decode
from collections import Counter, deque
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, ConfidentialNote, ReviewNote, Summons
from cases.tests.confirmed import confirmed
from counseling.settings import VAR_DIR
from counseling.tests import access
from counseling.tests.access_page import ALLOW, GET, LIST
from counseling.tests.confidential import (
    CASE_OF,
    CONFIDENTIAL,
    HOLDS_CODES,
    NOTES,
    Planted,
    variants_of_cases,
)
from counseling.tests.crawl import view_name
from counseling.tests.leaks import Search, Tokens, texts_of
from counseling.tests.markup import read
from counseling.tests.scenarios.access import ANONYMOUS, PEOPLE, AccessScenario
from homevisits.models import Visit
from workflow import clock
from workflow.models import AccessEntry, ActionEntry, ActionNote, IdempotentSubmit
from workflow.tests.browser_free import post

pytestmark = pytest.mark.django_db
ROOMS = ("cases", "homevisits", "support")
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
FOLLOWED = 8
"""Links of each URL name that the long form follows, for each person."""
LARGEST = 5_000_000
SHOWN_ELSEWHERE = {
    *("support.followup.outcome", "support.followup.origin"),
    *("support.assistance.condition", "support.assistance.kept_reason"),
    *("support.referral.answer", "support.referral.answered_by"),
}
"""Fields of what is done, came back or comes from a visit, of which this school has nothing."""


def free_texts() -> set[str]:
    """Return each text column of the rooms that holds what people typed, by model and name."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not field.choices
        and type(field).__name__ != "CodesField"
    }


def test_each_text_that_people_type_says_who_reads_it() -> None:
    assert free_texts() == CONFIDENTIAL.keys() | NOTES.keys() | HOLDS_CODES


def plant(made: AccessScenario) -> Tokens:
    """Put a token into each confidential field of each row of the cases of the matrix."""
    number, tokens = count(1), Tokens()
    variants = variants_of_cases(made.ids)
    for variant in ("fresh", "own"):
        case = Case.objects.get(pk=made.ids["case"][variant]["pk"])
        ReviewNote.objects.create(
            case=case, author=made.cast.wali, text="x", written_at=clock.now()
        )
    for entry in ActionEntry.objects.filter(kind="cases.case", action="confirm"):
        ActionNote.objects.create(entry=entry, text="x")
    Summons.objects.update(delivered_on=clock.today())
    Visit.objects.update(is_urgent=True, urgent_reason="x")
    for field, readers in CONFIDENTIAL.items():
        label, _dot, name = field.rpartition(".")
        rows = apps.get_model(label)._default_manager.order_by("pk")
        for pk, case in rows.values_list("pk", CASE_OF[label]):
            token, variant = f"zq{next(number)}qz", variants[case]
            if _took(rows.filter(pk=pk), name, token):
                tokens[token] = Planted(field, variant, readers.get(variant, frozenset()))
    for note in ActionNote.objects.filter(entry__root_kind="cases.case").select_related("entry"):
        token, variant = f"zq{next(number)}qz", variants[note.entry.root_id]
        readers = CONFIDENTIAL["homevisits.visit.reason"][variant]
        tokens[token] = Planted("workflow.actionnote.text", variant, readers)
        ActionNote.objects.filter(pk=note.pk).update(text=token)
    return tokens | plant_notes(made, count(next(number)))


def _took(row: Any, name: str, token: str) -> bool:
    """Put the token into the row; return False if a constraint wants the field empty there."""
    try:
        with transaction.atomic():
            return bool(row.update(**{name: token}))
    except IntegrityError:
        return False


def plant_notes(made: AccessScenario, number: Iterator[int]) -> Tokens:
    """Write tokens into confidential notes as people do, through their pages."""
    tokens: Tokens = {}
    for variant, ids in made.ids["note"].items():
        note = ConfidentialNote.objects.select_related("author").get(key=ids["key"])
        token = f"zq{next(number)}qz"
        field = "cases.confidentialnote.sealed"
        tokens[token] = Planted(field, variant, NOTES[field][variant])
        if variant == "left":
            # Nobody can write it for its author, so it is sealed in a note of bk's that goes again.
            lent = ConfidentialNote.objects.get(key=_written(made, token))
            ConfidentialNote.objects.filter(pk=note.pk).update(sealed=lent.sealed)
            lent.delete()
            continue
        given = {"text": token, "read_at": note.version}
        url = reverse("cases:correct_note", args=[note.key])
        assert post(confirmed(note.author), url, given).status_code == 302
    gone = _written(made, "Salah siswa")
    token = f"zq{next(number)}qz"
    field = "cases.confidentialnote.sealed_reason"
    tokens[token] = Planted(field, "own", NOTES[field]["own"])
    url = reverse("cases:delete_note", args=[gone])
    assert post(confirmed(made.cast.bk), url, {"reason": token}).status_code == 302
    made.ids["note"]["gone"] = {"key": gone}
    return tokens


def _written(made: AccessScenario, text: str) -> UUID:
    """Let bk write a note on the own case; return its key."""
    url = reverse("cases:write_note", args=[made.ids["case"]["own"]["pk"]])
    assert post(confirmed(made.cast.bk), url, {"text": text}).status_code == 302
    return ConfidentialNote.objects.latest("written_at", "pk").key


def cells(made: AccessScenario, person: str) -> Iterator[str]:
    """Yield the pages that a person asks for: those that are granted, or all in the long form."""
    for name, page in access.ACCESS.items():
        if GET not in page.methods or name == "account_logout":
            continue
        for variant in page.grants:
            is_granted = page.logged and page.expected(variant, person, GET) == ALLOW
            if IS_LONG or is_granted:
                ids = {} if variant == LIST else made.ids[page.kind][variant]
                yield reverse(name, kwargs=ids)
    if IS_LONG or person == "bk":
        yield reverse("cases:confidential_note", kwargs=made.ids["note"]["gone"])


def ask_all(search: Search, made: AccessScenario, person: str, client: Client) -> None:
    """Let a person ask for their pages, and in the long form for where these lead."""
    waiting, seen = deque(cells(made, person)), set[str]()
    followed: Counter[str] = Counter()
    while waiting:
        url = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        with transaction.atomic():
            response = client.get(url)
        search.answer(person, url, response)
        html = response.get("Content-Type", "").startswith("text/html")
        if not (IS_LONG and html and not response.streaming):
            continue
        for link in read(response.content.decode()).links:
            whole = urljoin(url, link).partition("#")[0]
            name = view_name(whole) if whole.startswith("/") else ""
            if name and whole not in seen and followed[name] < FOLLOWED:
                followed[name] += 1
                waiting.append(whole)


def send_forms(search: Search, made: AccessScenario, person: str, client: Client) -> None:
    """Let a person send each form empty, and roll back what it does."""
    for name, page in access.ACCESS.items():
        for variant in page.grants if "POST" in page.methods and page.logged else ():
            ids = {} if variant == LIST else made.ids[page.kind][variant]
            url = reverse(name, kwargs=ids)
            with transaction.atomic():
                search.answer(person, url, post(client, url))
                transaction.set_rollback(True)


def search_what_is_kept(search: Search) -> None:
    """Search the logs, sessions, submits, the cache, mails, new files and exports."""
    for model in (AccessEntry, ActionEntry, IdempotentSubmit):
        search.nowhere(model._meta.label_lower, *map(str, model._default_manager.values_list()))
    search.nowhere("sessions", *(str(one.get_decoded()) for one in Session.objects.all()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM counseling_cache")
        values = [b64decode(value).decode(errors="replace") for (value,) in cursor.fetchall()]
    search.nowhere("cache", *values)
    search.nowhere("mails", *(str(one.message()) for one in mail.outbox))
    for shape in ("json", "csv"):
        out = io.StringIO()
        call_command("semester_report", "2021/2022-1", format=shape, by="class", stdout=out)
        search.nowhere("exports", out.getvalue())


def search_files(search: Search, settings: Any, since: float) -> None:
    """Search each file that was written meanwhile, other than databases."""
    for folder in (VAR_DIR, Path(settings.MEDIA_ROOT)):
        for path in folder.rglob("*"):
            if not path.is_file() or "sqlite3" in path.name:
                continue
            if path.stat().st_mtime >= since and path.stat().st_size < LARGEST:
                search.nowhere("files", *texts_of(path.read_bytes()))


def raw_dump() -> Iterator[str]:
    """Yield each row of each table, whatever it holds, and the bytes of an SQLite database."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from map(str, cursor.fetchall())
    if connection.vendor == "sqlite":
        yield connection.connection.serialize().decode("latin-1")


def test_the_words_of_confidential_notes_are_nowhere_in_the_database(
    access_school: AccessScenario,
) -> None:
    tokens = plant_notes(access_school, count(1))
    assert len(tokens) == len(access_school.ids["note"])
    search = Search(tokens)
    search.nowhere("the database", *raw_dump())
    assert search.searched["the database"] > 500
    assert search.leaks == set()
    texts = {note.text for note in ConfidentialNote.objects.written()}
    assert len(texts & tokens.keys()) >= len(tokens) - 1, "the tokens are there, encrypted"


@pytest.mark.sqlite
def test_what_is_confidential_is_read_by_nobody_else(
    access_school: AccessScenario,
    caplog: Any,
    settings: Any,
    record_property: Any,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (tmp_path / "now").touch()
    since = (tmp_path / "now").stat().st_mtime
    made = access_school
    search = Search(plant(made))
    for person in PEOPLE:
        client = Client() if person == ANONYMOUS else confirmed(made.people[person])
        client.raise_request_exception = False
        ask_all(search, made, person, client)
        if IS_LONG:
            send_forms(search, made, person, client)
    search_what_is_kept(search)
    search_files(search, settings, since)
    search.nowhere("log lines", *(record.getMessage() for record in caplog.records), caplog.text)
    record_property("confidential tokens", len(search.tokens))
    record_property("responses searched for them", search.searched["responses"])
    record_property("leaks", len(search.leaks))
    print(f"{len(search.tokens)} tokens, {dict(search.searched)}")
    assert search.leaks == set(), "\n".join(sorted(search.leaks))
    unseen = {one.field for one in search.tokens.values()} - search.seen
    unseen -= SHOWN_ELSEWHERE
    assert unseen == set(), f"nobody reads these, so their tokens say nothing: {unseen}"

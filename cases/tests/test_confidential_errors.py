"""An error page shows nothing of a confidential note, nor of what was typed for one."""

from typing import Any

import pytest
from django.urls import reverse

from cases.models import ConfidentialNote
from cases.tests import factories as make
from cases.tests.confirmed import confirmed
from cases.views import confidential_notes as views
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import post

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = "Ia cerita ayahnya memukul ibunya"
OTHER = "Ia cerita soal utang ayahnya"


@pytest.fixture
def cast() -> Cast:
    return small_school(6)


@pytest.fixture
def note(cast: Cast) -> ConfidentialNote:
    return make.note(make.direct_case(cast), cast.bk, WORDS)


def page_of(note: ConfidentialNote, name: str = "confidential_note") -> str:
    return reverse(f"cases:{name}", args=[note.key])


@pytest.mark.parametrize("debug", [True, False])
def test_an_error_page_shows_nothing_of_what_was_typed(cast, note, settings, monkeypatch, debug):
    settings.DEBUG = debug

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("cases.workflow.confidential_note.sealed", fail)
    client = confirmed(cast.bk)
    client.raise_request_exception = False
    for url, given in (
        (reverse("cases:write_note", args=[note.case_id]), {"text": OTHER}),
        (page_of(note, "correct_note"), {"text": OTHER, "read_at": 1}),
        (page_of(note, "delete_note"), {"reason": OTHER}),
    ):
        page = post(client, url, given)
        assert page.status_code == 500
        assert ("RuntimeError" in page.content.decode()) is debug
        assert OTHER not in page.content.decode()
        assert WORDS not in page.content.decode()


def test_an_error_while_it_is_shown_does_not_show_it(cast, note, settings, monkeypatch):
    settings.DEBUG = True

    def fail(request: Any, _template: str, context: Any) -> None:
        assert context["text"] == WORDS
        raise RuntimeError("broken")

    monkeypatch.setattr(views, "render", fail)
    client = confirmed(cast.bk)
    client.raise_request_exception = False
    page = client.get(page_of(note))
    assert page.status_code == 500
    assert "RuntimeError" in page.content.decode()
    assert WORDS not in page.content.decode()

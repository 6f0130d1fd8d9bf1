"""How confidential notes are told apart in lists, and where one goes on without reading them."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cases.models import ConfidentialNote
from cases.models.confidential_note import numbered
from cases.tests import factories as make
from cases.tests.confirmed import confirm, with_password
from cases.workflow import delete_note
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return small_school(6)


def test_notes_of_one_minute_are_numbered_wherever_they_are_listed(cast):
    case = make.direct_case(cast)
    notes = [make.note(case, cast.bk) for _n in range(3)]
    at = clock.day_start(days_ago(1))
    ConfidentialNote.objects.filter(pk__in=[note.pk for note in notes[:2]]).update(written_at=at)
    pages = ("/catatan-rahasia/", reverse("cases:hand_over", args=[case.pk]))
    for url in (*pages, case.get_absolute_url()):
        html = signed_in(cast.bk).get(url).content.decode()
        assert ("(1)" in html, "(2)" in html, "(3)" in html) == (True, True, False), url


def test_a_deleted_note_leaves_the_numbers_as_the_forms_have_them(cast):
    case = make.direct_case(cast)
    notes = [make.note(case, cast.bk) for _n in range(3)]
    at = clock.day_start(days_ago(1))
    ConfidentialNote.objects.update(written_at=at)
    delete_note(notes[0], by=cast.bk, reason="salah kasus")
    listed = numbered(ConfidentialNote.objects.order_by("pk"))
    chosen = numbered(ConfidentialNote.objects.written().order_by("pk"))
    assert [note.nth for note in listed[1:]] == [note.nth for note in chosen] == [1, 2]


@pytest.mark.parametrize("page", ["case", "list"])
def test_who_does_not_confirm_goes_back_to_where_they_came_from(cast, page):
    note = make.note(make.direct_case(cast), cast.bk)
    here = note.case.get_absolute_url() if page == "case" else "/catatan-rahasia/"
    client = signed_in(with_password(cast.bk))
    (url,) = {
        link
        for link in client.get(here).content.decode().split('"')
        if link.startswith("/catatan-rahasia/") and link != "/catatan-rahasia/"
    }
    asked = client.get(url, headers={"Referer": f"http://testserver{here}"})["Location"]
    assert f'href="{here}">Batal' in client.get(asked).content.decode()
    refused = client.post(asked, {"password": "bukan ini kuncinya"})
    assert f'href="{here}">Batal' in refused.content.decode()


@pytest.mark.parametrize("otherwise", ["//evil.example/", "https://evil.example/", "javascript:x"])
def test_nobody_is_led_out_of_the_app_by_cancelling(cast, otherwise):
    client = signed_in(with_password(cast.bk))
    url = reverse("account_reauthenticate")
    html = client.get(url, {"next": "/", "otherwise": otherwise}).content.decode()
    assert "Batal" in html
    assert "evil" not in html
    assert "javascript" not in html
    assert confirm(client).status_code == 302

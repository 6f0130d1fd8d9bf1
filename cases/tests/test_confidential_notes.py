"""Confidential notes: who reads them, after confirming who they are, and what never holds them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, ConfidentialNote, PassedNote
from cases.tests import factories as make
from cases.tests.acts import refused, send
from cases.tests.confirmed import ASKS, confirm, confirmed, with_password
from cases.workflow import correct_note, pass_on, read_left
from school.models import OfficeHolding, SchoolProfile, Student, User
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from workflow.errors import EditConflict, NotNow
from workflow.models import AccessEntry, ActionEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = pytest.mark.django_db
WORDS = "Ia cerita ayahnya memukul ibunya"
OTHER = "Ia cerita soal utang ayahnya"


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return small_school(6)


@pytest.fixture
def note(cast: Cast) -> ConfidentialNote:
    return make.note(make.direct_case(cast), cast.bk, WORDS)


def page_of(note: ConfidentialNote, name: str = "confidential_note") -> str:
    return reverse(f"cases:{name}", args=[note.key])


def asks_first(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(ASKS)


def fresh(note: ConfidentialNote) -> ConfidentialNote:
    return ConfidentialNote.objects.get(pk=note.pk)


def leave(person: User, how: str) -> None:
    if how == "disabled":
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        OfficeHolding.objects.filter(user=person).update(ends_on=days_ago(1))


def test_it_is_written_on_the_case_and_not_shown_back(cast):
    case = make.direct_case(cast)
    answer = send(cast.bk, "write_note", case, {"text": WORDS}, follow=True)
    assert "Catatan rahasia tersimpan" in answer.content.decode()
    assert WORDS not in answer.content.decode()
    note = ConfidentialNote.objects.get()
    assert (note.case, note.author, note.text) == (case, cast.bk, WORDS)
    assert WORDS not in note.sealed


def test_the_list_keeps_the_cases_of_two_students_of_one_name_apart(cast):
    one, other = cast.students[:2]
    Student.objects.filter(pk=other.pk).update(name=one.name)
    cases = [make.direct_case(cast, student) for student in (one, other)]
    for case in (*cases, *cases):
        make.note(case, cast.bk)
    listed = signed_in(cast.bk).get(reverse("cases:confidential_notes")).context["notes"]
    assert [note.case_id for note in listed] == [case.pk for case in cases for _note in range(2)]


def test_an_empty_note_is_refused_and_a_long_one_stays_in_the_form(cast):
    case = make.direct_case(cast)
    refused(send(cast.bk, "write_note", case, {"text": "  "}))
    assert "xxxx" in refused(send(cast.bk, "write_note", case, {"text": "x" * 4001}))
    assert not ConfidentialNote.objects.exists()


def test_it_is_read_only_after_the_password_again_within_ten_minutes(cast, note):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = signed_in(with_password(cast.bk))
        asked = client.get(page_of(note))
        assert asks_first(asked)
        assert confirm(client, "bukan ini kuncinya").status_code == 200
        assert asks_first(client.get(page_of(note)))
        assert client.post(asked["Location"], {"password": "sembilan belas kunci"}).url == page_of(
            note
        )
        page = client.get(page_of(note))
        assert WORDS in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        clock.shift(timedelta(minutes=9, seconds=59))
        assert client.get(page_of(note)).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert asks_first(client.get(page_of(note)))


def test_signing_in_is_not_enough(cast, note):
    SchoolProfile.objects.update_or_create(pk=SchoolProfile.ONLY, defaults={"is_demo": True})
    client = Client()
    given = {"login": with_password(cast.bk).username, "password": "sembilan belas kunci"}
    assert client.post("/masuk/", given).status_code == 302
    assert asks_first(client.get(page_of(note)))


@pytest.mark.parametrize(
    "who", ["coordinator", "bk2", "wali", "guru", "principal", "operator", "student_affairs"]
)
def test_to_everybody_else_it_is_not_there(cast, note, who):
    client = confirmed(getattr(cast, who))
    for name in ("confidential_note", "correct_note", "delete_note", "read_left"):
        assert client.get(page_of(note, name)).status_code == 404
    assert post(client, page_of(note, "pass_on")).status_code == 404


def test_the_case_page_says_to_its_author_alone_that_there_is_one(cast, note):
    url = note.case.get_absolute_url()
    before = signed_in(cast.coordinator).get(url).content.decode()
    own = signed_in(cast.bk).get(url).content.decode()
    assert page_of(note) in own
    assert WORDS not in own
    ConfidentialNote.objects.all().delete()
    after = signed_in(cast.coordinator).get(url).content.decode()

    def bare(html: str) -> list[str]:
        return [
            line for line in html.splitlines() if "csrf" not in line and "submit_id" not in line
        ]

    assert bare(before) == bare(after)


def test_the_log_of_the_case_and_what_can_be_undone_in_it_know_nothing_of_it(cast):
    case = make.direct_case(cast, confirmed=False)
    entries = ActionEntry.objects.filter(root_kind="cases.case")
    before = list(entries.values_list("pk"))
    post(signed_in(cast.bk), reverse("cases:confirm", args=[case.pk]))
    make.note(case, cast.bk)
    assert len(entries) == len(before) + 1
    undo = reverse("undo", args=["cases.case", case.pk, "confirm"])
    post(signed_in(cast.bk), undo)
    assert Case.objects.get(pk=case.pk).confirmed_at is None


def test_a_correction_takes_the_place_of_the_text(cast, note):
    client = confirmed(cast.bk)
    assert WORDS in client.get(page_of(note, "correct_note")).content.decode()
    answer = post(client, page_of(note, "correct_note"), {"text": OTHER, "read_at": 1})
    assert answer.status_code == 302
    assert (fresh(note).text, fresh(note).version) == (OTHER, 2)
    assert fresh(note).corrected_at is not None


def test_a_correction_in_two_windows_loses_nothing(cast, note):
    correct_note(note, by=cast.bk, text=OTHER, read_at=1)
    with pytest.raises(EditConflict):
        correct_note(note, by=cast.bk, text="Lain lagi", read_at=1)
    given = {"text": "Lain lagi", "read_at": 1}
    page = refused(post(confirmed(cast.bk), page_of(note, "correct_note"), given))
    assert OTHER in page
    assert "Lain lagi" in page
    assert fresh(note).text == OTHER


@pytest.mark.parametrize("text", [WORDS, OTHER])
def test_who_has_not_confirmed_corrects_nothing_and_learns_nothing_of_the_text(cast, note, text):
    page = refused(send(cast.bk, "correct_note", note, {"text": text, "read_at": 1}))
    assert "Pastikan sekali lagi bahwa ini Anda" in page
    assert text in page
    assert (fresh(note).text, fresh(note).version) == (WORDS, 1)


def test_a_deleted_note_leaves_its_day_and_the_reason_for_its_author_alone(cast, note):
    PassedNote.objects.create(note=note, to=cast.bk2, passed_at=timezone.now())
    refused(send(cast.bk, "delete_note", note, {"reason": " "}))
    assert send(cast.bk, "delete_note", note, {"reason": "Salah siswa"}).status_code == 302
    gone = fresh(note)
    assert (gone.sealed, gone.reason) == ("", "Salah siswa")
    assert "Salah siswa" not in gone.sealed_reason
    assert "Salah siswa" in confirmed(cast.bk).get(page_of(note)).content.decode()
    assert confirmed(cast.bk2).get(page_of(note)).status_code == 404
    listed = signed_in(cast.bk).get("/catatan-rahasia/").content.decode()
    assert "Dihapus" in listed
    assert send(cast.bk, "correct_note", note, {"text": OTHER, "read_at": 1}).status_code == 200
    assert fresh(note).sealed == ""


def test_the_database_keeps_no_text_of_a_deleted_note(note):
    for values in ({"status": "DELETED"}, {"sealed": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConfidentialNote.objects.filter(pk=note.pk).update(**values)


def test_it_is_passed_on_only_to_another_counselor_of_the_case_and_once(cast, note):
    with pytest.raises(NotNow):
        pass_on(note, by=cast.bk)
    Case.objects.filter(pk=note.case_id).update(counselor=cast.bk2)
    pass_on(fresh(note), by=cast.bk)
    with pytest.raises(NotNow):
        pass_on(fresh(note), by=cast.bk)
    for reader in (cast.bk, cast.bk2):
        assert WORDS in confirmed(reader).get(page_of(note)).content.decode()
    assert confirmed(cast.bk2).get(page_of(note, "correct_note")).status_code == 403


@pytest.mark.parametrize("how", ["disabled", "left the office"])
def test_the_coordinator_reads_what_an_author_left_with_a_reason_on_record(cast, note, how):
    leave(cast.bk, how)
    client = confirmed(cast.coordinator)
    listed = client.get("/catatan-rahasia/").content.decode()
    assert page_of(note, "read_left") in listed
    assert client.get(page_of(note)).url == page_of(note, "read_left")
    refused(post(client, page_of(note, "read_left"), {"reason": ""}))
    given = {"reason": "Siswa dirujuk ke psikolog"}
    assert post(client, page_of(note, "read_left"), given).url == page_of(note)
    assert WORDS in client.get(page_of(note)).content.decode()
    assert asks_first(signed_in(cast.coordinator).get(page_of(note)))
    acts = ActionEntry.objects.filter(action="read_left", object_id=note.pk)
    assert list(acts.values_list("actor", "note__text")) == [(cast.coordinator.pk, given["reason"])]
    seen = AccessEntry.objects.filter(kind="cases.confidentialnote", status=200)
    assert seen.filter(student_id=note.student_id, person=cast.coordinator).exists()


def test_a_reason_opens_it_for_ten_minutes(cast, note):
    leave(cast.bk, "disabled")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        read_left(note, by=cast.coordinator, reason="Siswa dirujuk")
        assert confirmed(cast.coordinator).get(page_of(note)).status_code == 200
        clock.shift(timedelta(minutes=10))
        again = confirmed(cast.coordinator).get(page_of(note))
        assert again.url == page_of(note, "read_left")


def test_an_author_who_returns_sees_who_read_it_when_and_why(cast, note):
    leave(cast.bk, "disabled")
    read_left(note, by=cast.coordinator, reason="Siswa dirujuk ke psikolog")
    User.objects.filter(pk=cast.bk.pk).update(is_active=True)
    page = confirmed(User.objects.get(pk=cast.bk.pk)).get(page_of(note)).content.decode()
    assert "Siswa dirujuk ke psikolog" in page
    assert cast.coordinator.called in page
    with pytest.raises(NotNow):
        read_left(note, by=cast.coordinator, reason="Sekali lagi")
    assert confirmed(cast.coordinator).get(page_of(note)).status_code == 404


def test_who_is_counselor_no_more_reads_none_of_their_own(cast, note):
    leave(cast.bk, "left the office")
    client = confirmed(User.objects.get(pk=cast.bk.pk))
    assert client.get(page_of(note)).status_code == 404
    assert client.get("/catatan-rahasia/").status_code == 403


def test_its_forms_are_not_kept_in_the_browser(cast, note):
    client = confirmed(cast.bk)
    for url in (
        reverse("cases:write_note", args=[note.case_id]),
        page_of(note, "correct_note"),
        page_of(note, "delete_note"),
    ):
        html = client.get(url).content.decode()
        assert "<textarea" in html
        assert "data-save" not in html
        assert "data-keep" not in html


def test_a_note_whose_key_is_lost_says_so(cast, note, settings):
    settings.ENCRYPTION_KEYS = ["another key"]
    client = confirmed(cast.bk)
    assert "tidak dapat dibaca" in client.get(page_of(note)).content.decode()
    assert client.get(page_of(note, "correct_note")).url == page_of(note)
    assert send(cast.bk, "delete_note", note, {"reason": "Kuncinya hilang"}).status_code == 302


@pytest.mark.sqlite
def test_one_note_and_thirty_ask_the_same(cast):
    case = make.direct_case(cast)
    client = signed_in(cast.bk)
    asked = []
    for more in (1, 29):
        for _number in range(more):
            make.note(case, cast.bk)
        pages = ("/catatan-rahasia/", case.get_absolute_url())
        asked.append({page: queries_of(client, page) for page in pages})
    assert asked[0] == asked[1]

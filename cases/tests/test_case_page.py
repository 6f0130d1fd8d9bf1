"""The case page: the student, where the case stands, the next act; each part for whom it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case, Summons
from cases.tests import factories as make
from cases.workflow import (
    confirm,
    dismiss,
    resolve,
    void_contact,
    withdraw_summons,
    write_review_note,
    write_summary,
)
from school.models import Guardian
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from workflow import clock
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page_of(user, case: Case, query: str = ""):
    page = signed_in(user).get(f"/kasus/{case.pk}/{query}")
    assert page.status_code == 200
    return page


def worked_case() -> tuple[Cast, Case]:
    cast = small_school()
    case = make.referred_case(cast)
    write_review_note(case, by=cast.wali, text="Ayah merantau ke Jakarta")
    confirm(case, by=cast.bk)
    write_summary(case, by=cast.bk, text="Sedang didampingi", read_at=1)
    make.attempt(case, cast.bk, note="Rahasia dari telepon")
    make.summons(case, cast.bk)
    return cast, case


PARTS = {
    "timeline": "Rahasia dari telepon",
    "evidence": "Tidak pernah ikut",
    "review note": "Ayah merantau",
    "summary": "Sedang didampingi",
    "guardian": "0812-9876-5432",
    "ladder": 'class="ladder"',
    "rung": "Panggilan",
    "handled": "Ditangani BK (Bu Retno)",
    "acts": "Catat hasil panggilan",
}


@pytest.mark.parametrize(
    ("person", "parts"),
    [
        ("bk", set(PARTS) - {"handled"}),
        ("coordinator", set(PARTS) - {"handled"}),
        ("wali", {"summary", "guardian", "ladder", "rung"}),
        ("principal", {"summary", "guardian", "ladder", "rung"}),
        ("guru", {"handled"}),
    ],
)
def test_each_finds_the_parts_granted(person, parts):
    cast, case = worked_case()
    shown = page_of(getattr(cast, person), case).content.decode()
    assert {name for name, words in PARTS.items() if words in shown} == parts


def test_the_homeroom_teacher_reads_evidence_and_notes_until_it_is_confirmed():
    cast = small_school()
    case = make.referred_case(cast)
    write_review_note(case, by=cast.bk, text="Mohon cek alamat")
    shown = page_of(cast.wali, case).content.decode()
    assert PARTS["evidence"] in shown
    assert "Mohon cek alamat" in shown
    confirm(case, by=cast.bk)
    shown = page_of(cast.wali, case).content.decode()
    assert PARTS["evidence"] not in shown
    assert "Mohon cek alamat" not in shown


def test_the_principal_finds_the_letters_that_bear_the_signature_and_nothing_else():
    cast, case = worked_case()
    letter = reverse("cases:summons", args=[Summons.objects.get().pk])
    assert letter in page_of(cast.principal, case).content.decode()
    assert letter not in page_of(cast.wali, case).content.decode()


def test_other_acts_stand_in_groups_and_what_can_be_done_before_what_cannot():
    cast, case = worked_case()
    context = page_of(cast.bk, case).context
    on = {label: [act.on for act in acts] for label, acts in context["groups"]}
    assert list(on) == ["Penanganan", "Kegiatan pendukung", "Kasus ini"]
    assert all(each == sorted(each, reverse=True) for each in on.values())
    assert {one for each in on.values() for one in each} == {True, False}


def test_acts_that_wait_for_the_same_share_a_line():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    groups = dict(page_of(cast.bk, case).context["groups"])
    off = [act for act in groups["Penanganan"] if not act.on]
    assert len(off) == 1
    assert str(off[0].label) == "Buat surat panggilan · Usulkan kunjungan rumah"
    assert off[0].reason == "Tinjau dan konfirmasi dulu."


def test_what_the_homeroom_teacher_said_is_a_row_of_the_recap_data():
    cast = small_school()
    case = make.referred_case(cast)
    case.evidence.update(note="Ayah merantau")
    assert '<td colspan="2">“Ayah merantau”' in page_of(cast.bk, case).content.decode()


def now_of(cast: Cast, case: Case) -> tuple[list[str], dict[str, str]]:
    """Return the names of the main acts, and the reason of each act that is off."""
    context = page_of(cast.bk, case).context
    shown = [act.name for act in (*context["main"], *context["beside"])]
    return shown, {act.name: str(act.reason) for act in context["others"] if not act.on}


def test_one_main_action_suggests_itself_in_each_state():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    shown, off = now_of(cast, case)
    assert shown == ["confirm", "log"]
    assert off["resolve"] == "Tinjau dan konfirmasi dulu."
    confirm(case, by=cast.bk)
    assert now_of(cast, case)[0] == ["log"]
    first = make.attempt(case, cast.bk)
    assert now_of(cast, case)[0] == ["log", "issue"]
    make.attempt(case, cast.bk, "REACHED")
    assert now_of(cast, case)[0] == ["resolve", "log"]
    void_contact(first, by=cast.bk)
    letter = make.summons(case, cast.bk, is_over=False)
    assert now_of(cast, case)[0] == ["deliver", "log"]
    withdraw_summons(letter, by=cast.bk)
    make.unattended_summons(case, cast.bk)
    assert now_of(cast, case)[0][0] == "propose"


def test_the_enrolment_that_ended_puts_close_first():
    cast = small_school()
    case = make.direct_case(cast)
    case.student.enrolments.update(ends_on=days_ago(1), end_reason="LEFT")
    assert now_of(cast, case)[0][0] == "close"


def test_of_a_student_who_left_page_and_home_say_the_same():
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk, "REACHED")
    case.student.enrolments.update(ends_on=days_ago(1), end_reason="LEFT")
    coming = page_of(cast.bk, case).context["coming"]
    assert str(coming.text) == "Tutup kasus: sudah keluar dari sekolah"
    assert coming.due_on is None


def test_the_ladder_bears_the_days_of_the_steps_that_count():
    cast = small_school()
    case = make.direct_case(cast, days_ago=2)
    make.attempt(case, cast.bk, happened_at=clock.now() - timedelta(days=1))
    void_contact(make.attempt(case, cast.bk), by=cast.bk)
    make.summons(case, cast.bk, meets_at=clock.now() + timedelta(seconds=30))
    steps = page_of(cast.bk, case).context["ladder"]
    assert [step.state for step in steps] == ["done", "done", "now", ""]
    assert steps[2].when == "I · hari ini"
    assert steps[3].when == ""
    yesterday = days_ago(1).day
    assert steps[1].when.startswith(f"{yesterday} ")


@pytest.mark.parametrize(
    ("kind", "icons"),
    [
        ("", {"envelope", "telephone", "clipboard-check", "list-check"}),
        ("contact", {"telephone"}),
        ("summons", {"envelope"}),
        ("visit", set()),
        ("nonsense", set()),
    ],
)
def test_the_timeline_is_narrowed_in_the_address(kind, icons):
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    make.summons(case, cast.bk)
    shown = page_of(cast.bk, case, f"?kind={kind}" if kind else "").context["timeline"]
    assert {line["icon"] for line in shown} == icons


def test_an_act_taken_back_leaves_the_timeline():
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk, "REACHED")
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    post(signed_in(cast.bk), reverse("undo", args=["cases.case", case.pk, "resolve"]))
    titles = [str(line["title"]) for line in page_of(cast.bk, case).context["timeline"]]
    assert "Tuntas" not in titles
    case.refresh_from_db()
    assert case.is_open


def test_new_evidence_waits_until_it_is_read():
    cast = small_school()
    case = make.direct_case(cast)
    make.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert "Sudah saya baca" in page_of(cast.bk, case).content.decode()
    assert "Sudah saya baca" not in page_of(cast.wali, case).content.decode()
    post(signed_in(cast.bk), reverse("cases:notice_evidence", args=[case.pk]))
    assert "Sudah saya baca" not in page_of(cast.bk, case).content.decode()


def test_evidence_on_an_ended_case_offers_to_reopen_it():
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk, "REACHED")
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    make.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    page = page_of(cast.bk, case)
    assert len(page.context["unread"]) == 1
    assert reverse("cases:reopen", args=[case.pk]) in page.content.decode()


def test_the_draft_to_parents_says_nothing_of_the_case():
    cast, case = worked_case()
    people = page_of(cast.bk, case).context["people"]
    assert {one.relation for one in people} == {"ibu", "siswa"}
    for text in (one.message for one in people):
        for word in ("kasus", "panggilan", "siswa 001", "ikut", "alpa"):
            assert word not in text.lower()


def test_only_a_counselor_writes_to_parents_as_one():
    cast, case = worked_case()
    for person in (cast.wali, cast.principal):
        text = page_of(person, case).context["people"][0].message
        assert f"Saya {person.name}, " in text
        assert "BK" not in text


def test_a_bad_number_is_offered_for_correction_until_an_attempt_succeeds():
    cast = small_school()
    case = make.direct_case(cast)
    guardian = Guardian.objects.get(student=case.student)
    make.attempt(case, cast.bk, "WRONG", guardian=guardian)
    fix = reverse("school:correct_guardian", args=[guardian.pk])
    assert f"{fix}?next=/kasus/{case.pk}/" in page_of(cast.bk, case).content.decode()
    make.attempt(case, cast.bk, "REACHED", guardian=guardian)
    assert fix not in page_of(cast.bk, case).content.decode()


def test_an_ended_case_says_how_it_ended():
    cast = small_school()
    case = make.direct_case(cast)
    dismiss(case, by=cast.bk, reason="Sakit, sudah lapor")
    page = page_of(cast.bk, case)
    assert "Sakit, sudah lapor" in page.content.decode()
    assert page.context["main"] == []


def test_the_english_page_has_no_indonesian_left():
    cast, case = worked_case()
    cast.bk.language = "en"
    cast.bk.save()
    shown = page_of(cast.bk, case).content.decode()
    for word in ("Sekarang", "Riwayat penanganan", "Data rekap", "Hubungi", "Tindakan lain"):
        assert word not in shown
    for word in ("Now", "History", "Recap data", "Other actions"):
        assert word in shown

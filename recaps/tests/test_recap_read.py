"""A recap after it was handed over: who may read, withdraw, return and correct it."""

from datetime import timedelta

import pytest

from recaps.models import Recap, RecapStatus
from recaps.tests import factories as make
from recaps.workflow import (
    begin_correction,
    class_list_of,
    hand_over,
    hand_over_list,
    return_recap,
    save_entry,
)
from school.tests import factories as make_school
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotNow
from workflow.models import AccessEntry
from workflow.run import undo
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def handed_over(cast: Cast) -> Recap:
    noted = {cast.students[0]: {"absent": 4, "note": "Bekerja di bengkel"}}
    return make.handed_over_recap(cast.maths, cast.period, noted)


def gone_to_bk(cast: Cast) -> Recap:
    recap = make.handed_over_recap(cast.maths, cast.period)
    hand_over_list(class_list_of(cast.own, cast.period, by=cast.wali), by=cast.wali)
    return recap


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guru", 200),
        ("wali", 200),
        ("bk", 200),
        ("coordinator", 200),
        ("guru2", 404),
        ("wali2", 404),
        ("bk2", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_who_reads_a_handed_over_recap(who: str, status: int) -> None:
    cast = small_school()
    recap = handed_over(cast)
    answer = signed_in(getattr(cast, who)).get(f"/rekap/{recap.pk}/")
    assert answer.status_code == status
    page = answer.content.decode()
    shown = [text in page for text in ("Siswa 001", "Alpa 4 dari 4", "Bekerja di bengkel")]
    assert shown == [status == 200] * 3
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.status) == ("recaps.recap", recap.pk, status)


def test_a_draft_is_read_by_its_writer_and_the_coordinator_only() -> None:
    cast = small_school()
    save_entry(
        cast.maths, cast.period, cast.students[0].pk, by=cast.guru, values={"sick": 1}, read_at=0
    )
    url = f"/rekap/{Recap.objects.get().pk}/"
    seen = {
        who: signed_in(getattr(cast, who)).get(url).status_code for who in ("guru", "wali", "bk")
    }
    assert seen == {"guru": 200, "wali": 404, "bk": 404}
    assert "Sakit 1" in signed_in(cast.coordinator).get(url).content.decode()


def test_who_teaches_it_no_more_reads_what_they_handed_over() -> None:
    cast = small_school()
    recap = gone_to_bk(cast)
    successor = make_school.TeachingAssignmentFactory(
        teacher=cast.guru2, school_class=cast.own, subject=cast.maths.subject
    )
    cast.maths.ends_on = clock.today() - timedelta(days=1)
    cast.maths.save()
    begin_correction(recap, by=cast.guru2, reason="Salah hitung")
    save_entry(
        successor, cast.period, cast.students[1].pk, by=cast.guru2, values={"sick": 2}, read_at=0
    )
    hand_over(recap, by=cast.guru2)
    url = f"/rekap/{recap.pk}/"
    assert "Sakit 2" not in signed_in(cast.guru).get(url).content.decode()
    make_school.TeachingAssignmentFactory(teacher=cast.guru, school_class=cast.own)
    of_student = f"/siswa/{cast.students[1].pk}/"
    assert "Sakit 2" not in signed_in(cast.guru).get(of_student).content.decode()
    assert "Sakit 2" in signed_in(cast.guru2).get(of_student).content.decode()
    cast.own.counselor = cast.guru  # no longer a counselor, but not replaced yet
    cast.own.save()
    assert "Sakit 2" not in signed_in(cast.guru).get(url).content.decode()
    assert "Sakit 2" in signed_in(cast.wali).get(url).content.decode()


def test_the_teacher_withdraws_while_the_list_is_open() -> None:
    cast = small_school()
    recap = handed_over(cast)
    client = signed_in(cast.guru)
    page = client.get(f"/rekap/{recap.pk}/").content.decode()
    assert ("Tarik kembali" in page, "Koreksi" in page) == (True, False)
    answer = post(client, f"/rekap/{recap.pk}/tarik/")
    assert answer.headers["Location"] == f"/rekap/{cast.maths.pk}/{cast.period.pk}/"
    recap.refresh_from_db()
    assert recap.status == RecapStatus.DRAFT


def test_after_the_list_went_to_bk_it_is_corrected_and_the_old_one_stands() -> None:
    cast = small_school()
    recap = gone_to_bk(cast)
    client = signed_in(cast.guru)
    page = client.get(f"/rekap/{recap.pk}/").content.decode()
    assert ("Tarik kembali" in page, f"/rekap/{recap.pk}/perbaiki/" in page) == (False, True)
    refused = post(client, f"/rekap/{recap.pk}/tarik/", follow=True).content.decode()
    assert "Koreksi" in refused or "koreksi" in refused
    sheet = post(client, f"/rekap/{recap.pk}/perbaiki/", {"reason": "Salah hitung"}, follow=True)
    assert "Salah hitung" in sheet.content.decode()
    recap.refresh_from_db()
    assert (recap.status, recap.standing_sheet.number) == (RecapStatus.CORRECTING, 1)
    assert signed_in(cast.wali).get(f"/rekap/{recap.pk}/").status_code == 200
    post(client, f"/rekap/{recap.pk}/batal-perbaiki/")
    recap.refresh_from_db()
    assert (recap.status, recap.sheets.count()) == (RecapStatus.HANDED_OVER, 1)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_correction_without_a_reason_is_refused_in_words(reason: str) -> None:
    cast = small_school()
    recap = gone_to_bk(cast)
    page = post(signed_in(cast.guru), f"/rekap/{recap.pk}/perbaiki/", {"reason": reason})
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    recap.refresh_from_db()
    assert recap.status == RecapStatus.HANDED_OVER


def test_the_homeroom_teacher_returns_it_with_a_reason_which_the_sheet_shows() -> None:
    cast = small_school()
    recap = handed_over(cast)
    wali = signed_in(cast.wali)
    assert f"/rekap/{recap.pk}/kembalikan/" in wali.get(f"/rekap/{recap.pk}/").content.decode()
    page = post(
        wali, f"/rekap/{recap.pk}/kembalikan/", {"reason": "Izin Siswa 002 belum ada"}, follow=True
    ).content.decode()
    assert "Dikembalikan ke guru." in page
    assert f"/batalkan/recaps.recap/{recap.pk}/return/" in page
    sheet = signed_in(cast.guru).get(f"/rekap/{cast.maths.pk}/{cast.period.pk}/").content.decode()
    assert "Izin Siswa 002 belum ada" in sheet
    post(wali, f"/batalkan/recaps.recap/{recap.pk}/return/")
    recap.refresh_from_db()
    assert (recap.status, recap.standing_sheet.number) == (RecapStatus.HANDED_OVER, 1)


def test_a_return_is_not_undone_after_the_list_went_without_the_recap() -> None:
    cast = small_school()
    recap = handed_over(cast)
    return_recap(recap, by=cast.wali, reason="Belum lengkap")
    undo(recap, "return", by=cast.wali)
    assert recap.standing_sheet is not None
    return_recap(recap, by=cast.wali, reason="Belum lengkap")
    hand_over_list(class_list_of(cast.own, cast.period, by=cast.wali), by=cast.wali)
    with pytest.raises(NotNow):
        undo(recap, "return", by=cast.wali)
    assert (recap.standing_sheet, Recap.objects.get().status) == (None, RecapStatus.RETURNED)


def test_a_returned_recap_is_handed_over_again_with_what_was_changed() -> None:
    cast = small_school()
    recap = handed_over(cast)
    return_recap(recap, by=cast.wali, reason="Periksa lagi")
    client = signed_in(cast.guru)
    url = f"/rekap/{cast.maths.pk}/{cast.period.pk}/"
    post(client, f"{url}siswa/{cast.students[1].pk}/", {"read_at": 0, "permitted": 1})
    post(client, f"{url}serahkan/")
    assert "Izin 1" in signed_in(cast.wali).get(f"/rekap/{recap.pk}/").content.decode()


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_a_return_without_a_reason_is_refused_in_words(reason: str) -> None:
    cast = small_school()
    recap = handed_over(cast)
    page = post(signed_in(cast.wali), f"/rekap/{recap.pk}/kembalikan/", {"reason": reason})
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)


def test_returning_what_bk_has_says_whom_to_ask() -> None:
    cast = small_school()
    recap = gone_to_bk(cast)
    url = f"/rekap/{recap.pk}/kembalikan/"
    page = post(signed_in(cast.wali), url, {"reason": "Periksa lagi"}).content.decode()
    assert "Minta guru mapel membuat koreksi." in page
    assert "Periksa lagi" in page


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("tarik/", {"wali": 403, "bk": 403, "coordinator": 403, "guru2": 404, "principal": 404}),
        ("perbaiki/", {"wali": 403, "bk": 403, "coordinator": 403, "guru2": 404, "operator": 404}),
        ("batal-perbaiki/", {"wali": 403, "bk": 403, "guru2": 404, "principal": 404}),
        ("kembalikan/", {"guru": 403, "bk": 403, "coordinator": 403, "wali2": 404}),
    ],
)
def test_who_may_do_what_to_a_recap(part: str, status: dict[str, int]) -> None:
    cast = small_school()
    recap = handed_over(cast)
    url = f"/rekap/{recap.pk}/{part}"
    got = {who: post(signed_in(getattr(cast, who)), url).status_code for who in status}
    assert got == status


@pytest.mark.sqlite
def test_a_recap_asks_as_many_queries_for_1_as_for_30_notes() -> None:
    cast = small_school(30)
    few = make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: {"sick": 1}})
    many = make.handed_over_recap(
        cast.physics, cast.period, {student: {"sick": 1} for student in cast.students}
    )
    asked = [queries_of(signed_in(cast.wali), f"/rekap/{one.pk}/") for one in (few, many)]
    assert asked[0] == asked[1] <= 15

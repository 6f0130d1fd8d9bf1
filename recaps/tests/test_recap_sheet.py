"""The sheet, saved entry by entry without a browser: rights, refusals and replays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from recaps.models import Entry, Recap, RecapStatus, Sheet
from recaps.tests import factories as make
from recaps.tests.class_list_pages import handed_over_school
from recaps.workflow import begin_correction, class_list_of, hand_over, hand_over_list, save_entry
from school.models import Enrolment, TeachingAssignment
from school.tests import factories as make_school
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

JSON = {"accept": "application/json"}


def sheet_of(cast: Cast) -> str:
    return f"/rekap/{cast.maths.pk}/{cast.period.pk}/"


def row_of(cast: Cast, student=None) -> str:
    return f"{sheet_of(cast)}siswa/{(student or cast.students[0]).pk}/"


@pytest.mark.parametrize(
    "who",
    ["guru2", "wali", "bk", "coordinator", "principal", "student_affairs", "operator"],
)
@pytest.mark.parametrize("part", ["serahkan/", "pertemuan/", "siswa/{student}/"])
def test_only_who_teaches_it_today_finds_the_sheet(who: str, part: str) -> None:
    cast = small_school()
    url = sheet_of(cast) + part.format(student=cast.students[0].pk)
    client = signed_in(getattr(cast, who))
    assert client.get(sheet_of(cast)).status_code == 404
    assert post(client, url, {"read_at": 0}).status_code == 404
    assert Recap.objects.count() == 0


def test_looking_at_a_sheet_writes_no_recap() -> None:
    cast = small_school()
    page = signed_in(cast.guru).get(sheet_of(cast)).content.decode()
    assert "Siswa 001" in page
    assert "Siswa 101" not in page
    assert Recap.objects.count() == 0


@pytest.mark.parametrize("days", [1, 40])
def test_a_sheet_lists_who_was_there_on_a_day_of_its_period(days: int) -> None:
    cast = small_school()
    left = cast.students[0].enrolments.get()
    Enrolment.objects.filter(pk=left.pk).update(ends_on=clock.today() - timedelta(days=days))
    page = signed_in(cast.guru).get(sheet_of(cast)).content.decode()
    assert (cast.students[0].name in page) is (days == 1)


def test_namesakes_are_told_apart_by_their_nis() -> None:
    cast = small_school()
    for student in cast.students[:2]:
        student.name = "Bagas Setiawan"
        student.save()
    page = signed_in(cast.guru).get(sheet_of(cast)).content.decode()
    assert [student.nis in page for student in cast.students] == [True, True, False, False]


def test_a_period_that_has_not_begun_has_no_sheet() -> None:
    cast = small_school()
    later = make_school.RecapPeriodFactory(
        semester=cast.semester,
        starts_on=clock.today() + timedelta(days=1),
        ends_on=clock.today() + timedelta(days=30),
    )
    url = f"/rekap/{cast.maths.pk}/{later.pk}/"
    assert signed_in(cast.guru).get(url).status_code == 404


def test_the_header_begins_as_the_last_period_of_the_subject() -> None:
    cast = small_school()
    make.handed_over_recap(cast.maths, cast.earlier_period, meetings=7, assignments=3)
    sheet = signed_in(cast.guru).get(sheet_of(cast)).context["sheet"]
    assert (sheet.meetings, sheet.assignments, sheet.pk) == (7, 3, None)


def test_a_save_is_answered_its_new_version_in_the_one_request() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    for read_at, absent in ((0, 2), (1, 3)):
        data = {"read_at": read_at, "absent": absent}
        answer = post(client, row_of(cast), data, headers=JSON)
        assert (answer.status_code, answer.json()["version"]) == (200, read_at + 1)
        assert Entry.objects.get().absent == absent


def test_without_a_script_a_save_leads_back_to_the_row() -> None:
    cast = small_school()
    answer = post(signed_in(cast.guru), row_of(cast), {"read_at": 0, "absent": 2})
    row = f"{sheet_of(cast)}#s{cast.students[0].pk}"
    assert (answer.status_code, answer.headers["Location"]) == (303, row)


def test_a_replay_has_one_effect_and_the_version_that_it_made() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    data = {"read_at": 0, "absent": 2, "submit_id": str(uuid4())}
    first = client.post(row_of(cast), data, headers=JSON)
    Entry.objects.update(absent=1, version=5)
    again = client.post(row_of(cast), data, headers=JSON)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert again.json()["version"] == 1
    assert Entry.objects.get().absent == 1


def test_a_replay_is_for_whom_the_right_still_is() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    data = {"read_at": 0, "absent": 2, "submit_id": str(uuid4())}
    assert client.post(row_of(cast), data, headers=JSON).status_code == 200
    yesterday = clock.today() - timedelta(days=1)
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=yesterday)
    assert client.post(row_of(cast), data, headers=JSON).status_code == 404


def test_a_number_that_was_used_elsewhere_saves_nothing_and_says_so() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    data = {"read_at": 0, "absent": 2, "submit_id": str(uuid4())}
    client.post(row_of(cast), data, headers=JSON)
    other = client.post(row_of(cast, cast.students[1]), data, headers=JSON)
    more = client.post(row_of(cast), data | {"absent": 3}, headers=JSON)
    for answer in (other, more):
        assert (answer.status_code, list(answer.json())) == (409, ["error"])
    assert Entry.objects.get().absent == 2


def test_opening_the_sheet_is_on_record_and_saving_in_it_is_not() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    client.get(sheet_of(cast))
    data = {"read_at": 0, "absent": 2, "submit_id": str(uuid4())}
    for _time in range(2):
        client.post(row_of(cast), data, headers=JSON)
    post(client, f"{sheet_of(cast)}pertemuan/", {"read_at": 1, "meetings": 6, "assignments": 3})
    post(client, row_of(cast), {"read_at": 1, "absent": "banyak"}, headers=JSON)
    entries = AccessEntry.objects.order_by("pk").values_list("method", "student_id", "status")
    assert list(entries) == [("GET", None, 200), ("POST", cast.students[0].pk, 422)]


def test_what_stands_already_is_a_success_at_any_version() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    for _ in range(2):
        answer = post(client, row_of(cast), {"read_at": 0, "absent": 2}, headers=JSON)
        assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert Entry.objects.get().version == 1


def test_an_older_version_is_refused_with_what_stands() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    post(client, row_of(cast), {"read_at": 0, "absent": 2}, headers=JSON)
    answer = post(client, row_of(cast), {"read_at": 0, "sick": 1, "note": "x"}, headers=JSON)
    refused = answer.json()
    assert answer.status_code == 409
    assert (refused["version"], refused["current"]["absent"], refused["current"]["note"]) == (
        1,
        2,
        "",
    )
    assert Entry.objects.get().sick == 0


def test_without_a_script_both_texts_are_shown_and_a_second_save_lets_mine_stand() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    post(client, row_of(cast), {"read_at": 0, "absent": 2})
    answer = post(client, row_of(cast), {"read_at": 0, "sick": 1, "note": "Kata ibunya demam"})
    page = answer.content.decode()
    assert "Yang tersimpan" in page
    assert "Kata ibunya demam" in page
    assert answer.context["form"]["read_at"].value() == "1"
    saved = post(client, row_of(cast), {"read_at": 1, "sick": 1, "note": "Kata ibunya demam"})
    assert saved.headers["Location"] == f"{sheet_of(cast)}#s{cast.students[0].pk}"
    assert Entry.objects.get().sick == 1


def test_the_header_is_an_entry_too() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    url = f"{sheet_of(cast)}pertemuan/"
    data = {"read_at": 1, "meetings": 6, "assignments": 3}
    saved = post(client, url, data, headers=JSON)
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    refused = post(client, url, {**data, "meetings": 5}, headers=JSON)
    assert (refused.status_code, refused.json()["current"]) == (
        409,
        {"meetings": 6, "assignments": 3},
    )
    both = post(client, url, {**data, "meetings": 5}).content.decode()
    assert "Yang tersimpan" in both


BAD = [
    {"absent": "-1"},
    {"absent": "100"},
    {"absent": "banyak"},
    {"note": "x" * 301},
    {"activity": "LAZY"},
    {"own_meetings": "-3"},
    {"own_assignments": "1000"},
    {"read_at": ""},
    {"read_at": "-1"},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_said_and_nothing_typed_is_lost(bad: dict[str, str]) -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    data = {"read_at": "0", "sick": "1", "note": "Demam", **bad}
    page = post(client, row_of(cast), data)
    assert (page.status_code, "Periksa yang ditandai" in page.content.decode()) == (200, True)
    assert page.context["form"]["sick"].value() == "1"
    answer = post(client, row_of(cast), data, headers=JSON)
    assert (answer.status_code, bool(answer.json()["error"])) == (422, True)
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("bad", [{"meetings": ""}, {"meetings": "-1"}, {"assignments": "100"}])
def test_a_bad_header_is_said(bad: dict[str, str]) -> None:
    cast = small_school()
    url = f"{sheet_of(cast)}pertemuan/"
    data = {"read_at": 1, "meetings": 4, "assignments": 2, **bad}
    page = post(signed_in(cast.guru), url, data)
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert Sheet.objects.count() == 0


@pytest.mark.parametrize("sent", [{"read_at": 0, "sick": 1}, {"sick": "x"}])
def test_a_student_of_another_class_has_no_row(sent: dict[str, Any]) -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    url = row_of(cast, cast.foreign_students[0])
    assert client.get(url).status_code == 404
    assert post(client, url, sent).status_code == 404
    assert not Entry.objects.exists()


def test_a_student_who_has_left_keeps_a_row_with_a_note() -> None:
    """Who has a note is on the sheet, so the note can be mended."""
    cast = small_school()
    client = signed_in(cast.guru)
    post(client, row_of(cast), {"read_at": 0, "sick": 1})
    Enrolment.objects.filter(student__in=cast.students[:2]).update(
        ends_on=clock.today() - timedelta(days=40)
    )
    assert post(client, row_of(cast), {"read_at": 1, "sick": 2}).status_code == 303
    assert post(client, row_of(cast, cast.students[1]), {"read_at": 0}).status_code == 404
    assert Entry.objects.get().sick == 2


def test_a_form_without_its_uuid_says_what_to_do() -> None:
    cast = small_school()
    answer = Client(raise_request_exception=False)
    answer.force_login(cast.guru)
    assert answer.post(row_of(cast), {"read_at": 0}).status_code == 400


def test_more_absences_than_meetings_are_shown_and_refused_at_handing_over() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    post(client, row_of(cast), {"read_at": 0, "absent": 3, "sick": 2})
    assert "Lebih dari 4 pertemuan" in client.get(sheet_of(cast)).content.decode()
    page = client.post(
        f"{sheet_of(cast)}serahkan/",
        {"submit_id": str(uuid4()), "next": sheet_of(cast)},
        follow=True,
    )
    assert "Siswa 001: ketidakhadiran melebihi 4 pertemuan." in page.content.decode()
    assert Recap.objects.get().status == RecapStatus.DRAFT


@pytest.mark.parametrize(
    ("noted", "nihil", "status"),
    [
        (True, False, "HANDED_OVER"),
        (False, True, "HANDED_OVER"),
        (True, True, ""),
        (False, False, ""),
    ],
)
def test_nihil_is_said_on_purpose(noted: bool, nihil: bool, status: str) -> None:
    cast = small_school()
    if noted:
        save_entry(
            cast.maths,
            cast.period,
            cast.students[0].pk,
            by=cast.guru,
            values={"sick": 1},
            read_at=0,
        )
    post(signed_in(cast.guru), f"{sheet_of(cast)}serahkan/", {"nihil": "1"} if nihil else {})
    handed_over = Recap.objects.filter(status=RecapStatus.HANDED_OVER)
    assert handed_over.count() == (1 if status else 0)


def test_handing_over_twice_has_one_effect() -> None:
    cast = small_school()
    client = signed_in(cast.guru)
    data = {"submit_id": str(uuid4()), "nihil": "1"}
    url = f"{sheet_of(cast)}serahkan/"
    answers = [client.post(url, data) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/rekap/", "/rekap/"]
    assert Recap.objects.get().status == RecapStatus.HANDED_OVER


def test_a_handed_over_recap_is_read_not_written() -> None:
    cast = small_school()
    recap = make.handed_over_recap(cast.maths, cast.period)
    client = signed_in(cast.guru)
    assert client.get(sheet_of(cast)).headers["Location"] == f"/rekap/{recap.pk}/"
    answer = post(client, row_of(cast), {"read_at": 0, "sick": 1}, headers=JSON)
    assert (answer.status_code, "sudah diserahkan" in answer.json()["error"]) == (409, True)
    assert Entry.objects.count() == 0


def test_no_undo_is_offered_for_a_late_recap_that_opened_the_list_again() -> None:
    cast = small_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    client = signed_in(cast.guru)
    page = client.post(
        f"{sheet_of(cast)}serahkan/", {"submit_id": str(uuid4()), "nihil": "1"}, follow=True
    ).content.decode()
    assert "Nihil diserahkan" in page
    assert "/batalkan/" not in page


@pytest.mark.sqlite
def test_a_sheet_asks_as_many_queries_for_1_as_for_36_students() -> None:
    cast = small_school(1)
    save_entry(
        cast.maths, cast.period, cast.students[0].pk, by=cast.guru, values={"sick": 1}, read_at=0
    )
    few = queries_of(signed_in(cast.guru), sheet_of(cast))
    for number in range(35):
        student = make_school.StudentFactory(nis=f"9{number:04d}")
        make_school.EnrolmentFactory(student=student, school_class=cast.own)
        save_entry(cast.maths, cast.period, student.pk, by=cast.guru, values={"sick": 1}, read_at=0)
    assert queries_of(signed_in(cast.guru), sheet_of(cast)) == few
    assert few <= 15


def test_a_draft_passes_to_the_successor() -> None:
    cast = small_school()
    save_entry(
        cast.maths, cast.period, cast.students[0].pk, by=cast.guru, values={"sick": 1}, read_at=0
    )
    cast.maths.ends_on = clock.today() - timedelta(days=1)
    cast.maths.save()
    successor = make_school.TeachingAssignmentFactory(
        teacher=cast.guru2,
        school_class=cast.own,
        subject=cast.maths.subject,
        starts_on=clock.today(),
    )
    url = f"/rekap/{successor.pk}/{cast.period.pk}/"
    assert "Sakit 1" in signed_in(cast.guru2).get(url).content.decode()
    assert signed_in(cast.guru).get(sheet_of(cast)).status_code == 404
    hand_over(Recap.objects.get(), by=cast.guru2)
    assert Recap.objects.get().standing_sheet.handed_over_by == cast.guru2


def test_a_frozen_semester_takes_no_note_in_a_draft_either() -> None:
    cast = small_school()
    save_entry(
        cast.maths, cast.period, cast.students[0].pk, by=cast.guru, values={"sick": 1}, read_at=0
    )
    cast.semester.frozen_at = clock.now()
    cast.semester.save()
    answer = post(signed_in(cast.guru), row_of(cast), {"read_at": 1, "sick": 2}, headers=JSON)
    assert (answer.status_code, Entry.objects.get().sick) == (409, 1)


def test_a_correction_stays_as_it_is_once_the_semester_is_frozen() -> None:
    cast, _list = handed_over_school()
    recap = Recap.objects.get()
    begin_correction(recap, by=cast.guru, reason="A typing error")
    cast.semester.frozen_at = clock.now()
    cast.semester.save()
    assert post(signed_in(cast.guru), f"/rekap/{recap.pk}/batal-perbaiki/").status_code == 302
    recap.refresh_from_db()
    assert (recap.status, recap.sheets.count()) == ("CORRECTING", 2)


def test_without_scripts_a_refused_hand_over_lists_every_row_too() -> None:
    cast = small_school(6)
    for number in (4, 1):
        student = cast.students[number]
        save_entry(
            cast.maths, cast.period, student.pk, by=cast.guru, values={"absent": 3}, read_at=0
        )
    Sheet.objects.update(meetings=2)
    client = signed_in(cast.guru)
    answer = post(client, f"{sheet_of(cast)}serahkan/")
    listed = client.get(answer["Location"]).context["mistakes"]
    assert [str(mistake) for row, mistake in listed] == [
        "Siswa 002: ketidakhadiran melebihi 2 pertemuan.",
        "Siswa 005: ketidakhadiran melebihi 2 pertemuan.",
    ]
    assert Recap.objects.get().status == RecapStatus.DRAFT

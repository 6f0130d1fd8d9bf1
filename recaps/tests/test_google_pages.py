"""A sheet filled from files of Google: chosen, asked about, seen, saved, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recaps.models import Absence, Entry, GoogleFill, KnownColumns, KnownName, Recap, Sheet
from recaps.models.google import PURPOSE
from recaps.tests import google_files as files
from recaps.tests.factories import handed_over_recap
from recaps.tests.google_pages import Pages, answered, three_files
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    save_entry,
    save_header,
)
from school.models import GroupMember, Semester, Student
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory, StudentFactory, mixed_group
from workflow import clock
from workflow.encryption import decrypt
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def pages(cast: Cast) -> Pages:
    return Pages(cast)


def filled(pages: Pages, **more: Any) -> Any:
    """Go all the way with the three files."""
    pages.send(three_files(pages.cast))
    answered(pages)
    return pages.save(**more)


def standing(cast: Cast) -> dict[str, tuple[int, ...]]:
    """Return name → sick, absent, missing work of the entries, and the header."""
    sheet = Sheet.objects.get()
    found = {
        entry.student.name: (entry.sick, entry.absent, entry.missing_work)
        for entry in sheet.entries.select_related("student")
    }
    return found | {"": (sheet.meetings, sheet.assignments)}


def test_three_files_at_once_fill_the_sheet_and_say_where_it_comes_from(
    cast: Cast, pages: Pages
) -> None:
    answer = filled(pages)
    assert answer.headers["Location"] == f"/rekap/{cast.maths.pk}/{cast.period.pk}/"
    assert standing(cast) == {
        "": (2, 2),
        "Siswa 001": (0, 0, 1),
        "Siswa 002": (1, 1, 1),
        "Siswa 003": (0, 2, 0),
        "Siswa 004": (0, 2, 0),
    }
    assert Recap.objects.get().status == "DRAFT"
    sheet, first = Sheet.objects.get(), Entry.objects.get(student=cast.students[0])
    assert sheet.sources["assignments"] == "Classroom: nilai.csv"
    assert first.sources == {"missing_work": "Classroom: nilai.csv"}
    page = pages.client.get(answer.headers["Location"]).content.decode()
    assert "dari Classroom" in page
    assert "Dari Meet" in page or "Dari Classroom" in page
    assert not GoogleFill.objects.exists()


def test_the_same_files_again_change_nothing(cast: Cast, pages: Pages) -> None:
    filled(pages)
    before = [list(model.objects.order_by("pk").values()) for model in (Sheet, Entry)]
    pages.send(three_files(cast))
    pages.answer(**dict.fromkeys(pages.fields("e-"), "missing"))
    pages.answer()
    page = pages.client.get(pages.url("google_fill"))
    assert not page.context["plan"].is_possible
    assert "Dicocokkan dengan siswa: 3 lewat nama." in page.content.decode()
    assert "Semua isi file ini sudah ada di lembar" in page.content.decode()
    pages.save()
    assert [list(model.objects.order_by("pk").values()) for model in (Sheet, Entry)] == before


def test_what_was_typed_stays_unless_the_teacher_takes_the_number_of_the_files(
    cast: Cast, pages: Pages
) -> None:
    place, by = (cast.maths, cast.period), cast.guru
    save_header(*place, by=by, meetings=5, assignments=2, read_at=1)
    for student in cast.students[:2]:
        save_entry(*place, student.pk, by=by, values={"missing_work": 2, "sick": 2}, read_at=0)
    taken = [f"{cast.students[1].pk}-missing_work"]
    filled(pages, taken=taken)
    assert standing(cast)[""] == (5, 2)
    assert standing(cast)["Siswa 001"] == (2, 0, 2)
    assert standing(cast)["Siswa 002"] == (2, 0, 1)
    assert Entry.objects.get(student=cast.students[0]).sources == {}


def test_who_types_one_reason_for_being_away_keeps_the_others_too(cast: Cast, pages: Pages) -> None:
    filled(pages)
    entry = Entry.objects.get(student=cast.students[1])
    entry.origins["absent"]["value"] = entry.absent = 0
    entry.save()
    place = (cast.maths, cast.period, entry.student_id)
    save_entry(*place, by=cast.guru, values={"sick": 2}, read_at=entry.version)
    filled(pages)
    assert standing(cast)["Siswa 002"] == (2, 0, 1)


def test_an_entry_that_files_made_takes_what_another_file_says_later(
    cast: Cast, pages: Pages
) -> None:
    pages.send({"nilai.csv": three_files(cast)["nilai.csv"]})
    pages.answer(**dict.fromkeys(pages.fields("e-"), "missing"))
    pages.save()
    filled(pages)
    assert standing(cast)["Siswa 002"] == (1, 1, 1)


def test_a_number_that_was_typed_over_no_longer_comes_from_a_file(cast: Cast, pages: Pages) -> None:
    filled(pages)
    entry = Entry.objects.get(student=cast.students[1])
    place = (cast.maths, cast.period, entry.student_id)
    save_entry(*place, by=cast.guru, values={"sick": 3}, read_at=entry.version)
    entry.refresh_from_db()
    assert set(entry.sources) == {"absent", "missing_work"}


def test_a_sheet_that_changed_meanwhile_is_shown_again(cast: Cast, pages: Pages) -> None:
    pages.send(three_files(cast))
    answered(pages)
    seal = pages.client.get(pages.url("google_fill")).context["plan"].seal
    save_header(cast.maths, cast.period, by=cast.guru, meetings=7, assignments=1, read_at=1)
    answer = post(pages.client, pages.url("google_fill"), {"seal": seal})
    assert answer.status_code == 200
    assert "Ini berbeda dari yang Anda lihat" in answer.content.decode()
    assert not Entry.objects.exists()


def test_nothing_of_other_classes_and_no_mark_is_kept(cast: Cast, pages: Pages) -> None:
    pages.send(three_files(cast))
    packed = decrypt(GoogleFill.objects.get().packed, purpose=PURPOSE)
    assert cast.foreign_students[0].name not in packed
    assert '"90"' not in packed
    assert "Siswa 001" not in GoogleFill.objects.get().packed
    page = pages.client.get(pages.url()).content.decode()
    assert "1 baris kelas lain tidak disimpan" in page


def test_once_it_is_filled_no_address_and_no_name_is_kept(
    cast: Cast, pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    given = three_files(cast)
    stranger = files.meet({"Guru Sendiri": "50 min", "Siswa 0": "40 min"})
    name = f"{cast.period.ends_on} 10-00.csv"
    pages.send(given | {name: files.written(stranger)})
    pages.answer()
    pages.answer(rest="on")
    pages.answer(**dict.fromkeys(pages.fields("e-"), "missing"))
    pages.answer()
    pages.save()
    assert KnownName.objects.filter(student=None).count() == 2
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
        assert "siswa.sch.id" not in text
        assert "Guru Sendiri" not in text
    assert "siswa.sch.id" not in caplog.text


def test_answers_about_names_and_columns_are_remembered_until_they_are_forgotten(
    cast: Cast, pages: Pages
) -> None:
    rows = files.form([(cast.period.ends_on, "Siswa Satu", "X MIPA 3", "Nyimak")])
    given = {"presensi.csv": files.written(rows)}
    pages.send(given)
    pages.answer()
    (who,) = pages.fields("w-")
    pages.answer(**{who: str(cast.students[0].pk)})
    (word,) = pages.fields("s-")
    pages.answer(**{word: "T"})
    post(pages.client, pages.url("google_remove"), {"file": "all"})
    assert pages.send(given).status_code == 302
    assert pages.client.get(pages.url()).context["step"].name == "counts"
    assert pages.fields("s-") == [word]
    post(pages.client, pages.url("google_forget"), {})
    assert (KnownName.objects.count(), KnownColumns.objects.count()) == (0, 0)
    pages.send(given)
    assert pages.client.get(pages.url()).context["step"].name == "columns"


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_taken(
    cast: Cast, pages: Pages
) -> None:
    given = three_files(cast) | {"daftar.csv": b"nama;kelas\nSiti;X"}
    answer = pages.send(given)
    assert answer.status_code == 302
    page = pages.client.get(pages.url())
    assert len(page.context["filling"].fill.files) == 3
    assert "Tidak diambil: daftar.csv: Bukan dari Classroom" in page.content.decode()
    answer = pages.send({"daftar.csv": b"nama;kelas\nSiti;X"})
    assert answer.status_code == 200
    assert "daftar.csv: Bukan dari Classroom, Meet, atau Form." in answer.content.decode()


def test_a_file_of_another_class_alone_is_refused(cast: Cast, pages: Pages) -> None:
    other = files.meet({student.name: "40 min" for student in cast.foreign_students})
    answer = pages.send({"lain.csv": files.written(other)})
    assert "Tidak ada siswa kelas ini di dalamnya." in answer.content.decode()
    assert "bersama paling besar 16 MB." in answer.content.decode()
    assert not GoogleFill.objects.exists()


def test_files_with_more_to_ask_than_anybody_answers_are_refused(
    cast: Cast, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {f"Orang {n}": "40 min" for n in range(201)} | {"Siswa 001": "40 min"}
    answer = pages.send({"semua.csv": files.written(files.meet(people))})
    assert "semua.csv: Lebih dari 200 orang di dalamnya" in answer.content.decode()
    monkeypatch.setattr("recaps.workflow.google.MOST_TASKS", 1)
    pages.send(three_files(cast))
    assert "lebih dari 1 tugas periode ini" in pages.client.get(pages.url()).content.decode()
    assert not GoogleFill.objects.exists()


def test_a_page_asks_no_more_than_a_request_carries_and_the_next_one_the_rest(
    cast: Cast, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recaps.forms.google_names.MOST_ASKED", 1)
    monkeypatch.setattr("recaps.forms.google_away.MOST_FIELDS", 3)
    meeting = files.written(
        files.meet({"Siswa 001": "40 min", "Orang Satu": "40 min", "Rina Melati": "40 min"})
    )
    days = [cast.period.ends_on - timedelta(days=n) for n in range(2)]
    pages.send({f"{day}.csv": meeting for day in days})
    asked = []
    while step := pages.client.get(pages.url()).context["step"]:
        asked.append((step.name, len(pages.fields("w-")) + len(pages.fields("k-"))))
        pages.answer(rest="on")
    assert asked == [("names", 1), ("names", 1), ("counts", 0), ("away", 3), ("away", 3)]
    pages.save()
    assert standing(cast)["Siswa 004"] == (0, 2, 0)


def test_a_meeting_without_a_day_in_its_name_is_asked_about(cast: Cast, pages: Pages) -> None:
    pages.send({"Rapat.csv": files.written(files.meet({"Siswa 001": "40 min"}))})
    (day,) = pages.fields("d-")
    assert list(pages.answer().context["step"].errors) == [day]
    pages.answer(**{day: cast.period.ends_on.isoformat()})
    assert pages.client.get(pages.url()).context["step"].name == "counts"


def test_an_empty_mark_must_be_answered_of_assignments_that_count(cast: Cast, pages: Pages) -> None:
    pages.send({"nilai.csv": three_files(cast)["nilai.csv"]})
    answer = pages.answer()
    assert "Pilih arti nilai kosong di tugas ini." in answer.content.decode()
    first, second = pages.fields("e-")
    counted = pages.fields("a-")
    given = {first: "later", counted[0]: "on", "step": "counts"}
    assert post(pages.client, pages.url(), given).status_code == 302
    pages.save()
    assert standing(cast)[""][1] == 1
    assert second not in given


def test_who_was_away_is_as_daily_attendance_says_only_if_the_teacher_takes_it(
    cast: Cast, pages: Pages
) -> None:
    day = cast.period.ends_on
    for student in cast.students[1::2]:
        Absence.objects.create(student=student, day=day, code="S", by=cast.wali)
    pages.send({f"{day}.csv": files.written(files.meet({"Siswa 001": "40 min"}))})
    pages.answer()
    assert "kehadiran harian: Sakit" in pages.client.get(pages.url()).content.decode()
    pages.answer(daily="on", **{pages.fields("k-")[-1]: "D"})
    pages.save()
    assert standing(cast)["Siswa 002"] == (1, 0, 0)
    assert standing(cast)["Siswa 003"] == (0, 1, 0)
    assert standing(cast)["Siswa 004"] == (0, 0, 0)


@pytest.mark.parametrize("why", ["handed over", "frozen"])
def test_a_sheet_that_takes_nothing_any_more_refuses(cast: Cast, pages: Pages, why: str) -> None:
    pages.send(three_files(cast))
    answered(pages)
    seal = pages.client.get(pages.url("google_fill")).context["plan"].seal
    if why == "frozen":
        Semester.objects.update(frozen_at=timezone.now())
    else:
        handed_over_recap(cast.maths, cast.period)
    before = Entry.objects.count()
    post(pages.client, pages.url("google_fill"), {"seal": seal})
    pages.send(three_files(cast))
    assert Entry.objects.count() == before
    assert "Belum bisa" in pages.client.get(pages.url()).content.decode()


def test_a_corrected_version_keeps_where_its_numbers_come_from(cast: Cast, pages: Pages) -> None:
    filled(pages)
    recap = Recap.objects.get()
    hand_over(recap, by=cast.guru)
    listed = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(listed, cast.students, "WATCH", by=cast.wali)
    hand_over_list(listed, by=cast.wali)
    sheet = begin_correction(Recap.objects.get(), by=cast.guru, reason="x")
    assert sheet.sources == Sheet.objects.get(number=1).sources
    assert all(entry.sources for entry in sheet.entries.all())


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"least": "-1"}, "least"),
        ({"least": "x" * 500}, "least"),
        ({"e-": "z"}, "e-"),
        ({"z-": "0"}, "z-"),
    ],
)
def test_a_bad_answer_is_marked_and_the_others_are_kept(
    cast: Cast, pages: Pages, answers: dict[str, str], field: str
) -> None:
    pages.send(three_files(cast))
    pages.answer()
    empty = dict.fromkeys(pages.fields("e-"), "missing")
    named = {name: (pages.fields(name) or [name])[0] for name in answers}
    given = {named[name]: value for name, value in answers.items()}
    answer = pages.answer(**(empty | given))
    step = answer.context["step"]
    assert list(step.errors) == [named[field]]
    assert "Periksa yang ditandai di bawah ini" in answer.content.decode()
    kept = {name: step[name].value() for name in empty if name not in given}
    assert set(kept.values()) <= {"missing"}


def test_answers_without_files_or_of_no_step_are_refused(cast: Cast, pages: Pages) -> None:
    for step in ("names", "x" * 300):
        assert post(pages.client, pages.url(), {"step": step}).status_code == 302
    said = "File-filenya sudah tidak ada. Pilih lagi."
    assert said in pages.client.get(pages.url()).content.decode()


def test_what_waits_is_forgotten_after_a_day_when_anybody_signs_in(
    cast: Cast, pages: Pages
) -> None:
    old = clock.now() - timedelta(days=1, seconds=1)
    cast.wali.set_password("sembilan belas kunci")
    cast.wali.save()
    pages.send(three_files(cast))
    GoogleFill.objects.update(made_at=old)
    given = {"login": cast.wali.username, "password": "sembilan belas kunci"}
    post(Client(), reverse("account_login"), given)
    assert not GoogleFill.objects.exists()
    pages.send(three_files(cast))
    GoogleFill.objects.update(made_at=old)
    assert pages.client.get(pages.url()).context["filling"].fill.files == []


def test_a_group_of_several_classes_takes_its_members_of_all_and_nobody_else(cast: Cast) -> None:
    """A member who left the group before a meeting has one meeting less."""
    members = [cast.students[0], cast.foreign_students[0]]
    taught = mixed_group(cast.guru, members, cast.semester.year)
    last, first = cast.period.ends_on, cast.period.starts_on
    GroupMember.objects.filter(student=members[1]).update(ends_on=last - timedelta(days=1))
    pages = Pages(cast)
    pages.url = lambda name="google": reverse(  # type: ignore[method-assign]
        f"recaps:{name}", args=[taught.pk, cast.period.pk]
    )
    for day in (first, last):
        people = {student.name: "40 min" for student in (*cast.students[:2], members[1])}
        pages.send({f"{day}.csv": files.written(files.meet(people))})
    assert "1 baris kelas lain tidak disimpan" in pages.client.get(pages.url()).content.decode()
    pages.answer()
    pages.save()
    assert Sheet.objects.get().meetings == 2
    found = Entry.objects.values_list("student", "own_meetings", "absent")
    assert list(found) == [(members[1].pk, 1, 0)]


def test_nobody_sees_what_another_teacher_of_the_class_has_sent(cast: Cast, pages: Pages) -> None:
    pages.send(three_files(cast))
    assert signed_in(cast.guru2).get(pages.url()).status_code == 404
    assert not GoogleFill.objects.visible_to(cast.guru2).exists()


def queries_of_steps(cast: Cast, pages: Pages) -> list[int]:
    """Return the queries of the page of each step and of what would change."""
    names = {
        student.name: ["", "0"] for student in Student.objects.of_class(cast.own.pk, cast.period)
    }
    day = cast.period.ends_on
    grades = files.classroom({"Tugas 1": day, "Kuis": day}, names)
    meeting = files.meet({"Siswa 001": "2 min", "Orang Lain": "40 min"})
    post(pages.client, pages.url("google_remove"), {"file": "all"})
    KnownName.objects.all().delete()
    pages.send({"n.csv": files.written(grades), f"{day}.csv": files.written(meeting)})
    found = [queries_of(pages.client, pages.url())]
    pages.answer(rest="on")
    found.append(queries_of(pages.client, pages.url()))
    pages.answer(**dict.fromkeys(pages.fields("e-"), "missing"))
    found.append(queries_of(pages.client, pages.url()))
    pages.answer()
    return [*found, queries_of(pages.client, pages.url("google_fill"))]


@pytest.mark.sqlite
def test_each_page_asks_as_many_queries_for_1_as_for_30_students() -> None:
    cast = small_school(1)
    pages = Pages(cast)
    few = queries_of_steps(cast, pages)
    for number in range(29):
        student = StudentFactory(nis=f"9{number:04d}")
        EnrolmentFactory(student=student, school_class=cast.own)
    assert queries_of_steps(cast, pages) == few
    assert max(few) <= 15

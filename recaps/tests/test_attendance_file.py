"""Daily attendance from a file: seen first, then all of it or nothing, and safe to send twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from recaps.forms.attendance_file import LONGEST_FILE, AttendanceFileForm
from recaps.models import Absence
from recaps.queries.attendance import month_at
from recaps.queries.attendance_file import Plan, plan_of
from recaps.queries.attendance_rows import CODE, DAY, NAME, NIS, NISN, written_day
from recaps.workflow.attendance import save_day, save_days
from school.days import Holiday
from school.models import Enrolment, Policy, Semester, Student
from school.sheets.table import MOST_ROWS, Row
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory
from school.tests.import_files import SECRET, book
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.tests.browser_free import post, queries_of, rolled_back, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
HEAD = "NISN;Nama;Tanggal;Keterangan"


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def day(cast: Cast) -> date:
    return cast.period.ends_on


def page_of(cast: Cast, name: str = "attendance_file") -> str:
    return reverse(f"recaps:{name}", args=[cast.own.pk, cast.period.pk])


def table(*rows: str, head: str = HEAD) -> str:
    return "\n".join((head, *rows))


def sent(cast: Cast, text: str | bytes, **more: str) -> Any:
    """Return the page that the homeroom teacher gets after choosing a file."""
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("kehadiran.csv", content, content_type="text/csv")
    return post(signed_in(cast.wali), page_of(cast), {"file": file, "text": "", **more})


def confirmed(cast: Cast, page: Any, client: Client | None = None) -> Any:
    """Press Save on the page of a preview."""
    seen = {"text": page.context["form"].read_text, "seal": page.context["plan"].seal}
    return post(client or signed_in(cast.wali), page_of(cast), seen)


def saved(cast: Cast, text: str) -> Any:
    return confirmed(cast, sent(cast, text))


def standing() -> list[tuple[str, date, str]]:
    rows = Absence.objects.order_by("day", "student__name")
    return list(rows.values_list("student__name", "day", "code"))


def plan(page: Any) -> Plan:
    return page.context["plan"]


def why(page: Any) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.why) for refusal in plan(page).refusals]


def entered(cast: Cast, day: date, at: int, code: str) -> None:
    codes = {cast.students[at].pk: code}
    save_day(cast.own, cast.period, day, by=cast.wali, codes=codes, read={})


def test_what_would_change_is_shown_and_nothing_changes_until_it_is_confirmed(
    cast: Cast, day: date
) -> None:
    page = sent(cast, table(f";Siswa 001;{written_day(day)};S", f";siswa 002;{day};Alpa"))
    assert [str(change.said) for change in plan(page).new] == ["Sakit", "Alpa"]
    assert standing() == []
    answer = confirmed(cast, page)
    assert answer.headers["Location"] == page_of(cast, "attendance")
    assert standing() == [("Siswa 001", day, "S"), ("Siswa 002", day, "A")]
    assert set(Absence.objects.values_list("by", flat=True)) == {cast.wali.pk}


def test_a_workbook_is_read_like_its_csv(cast: Cast, day: date) -> None:
    head, title = ["NIK", "Nama", "Tanggal", "Keterangan"], ["Daftar Hadir"]
    file = book([title, [], head, [SECRET, "Siswa 001", day, "S"], [], [None, "Siswa", day, "S"]])
    page = sent(cast, file)
    assert why(page) == [(6, why(page)[0][1])]
    assert SECRET not in page.content.decode()
    page = sent(cast, book([title, head, [SECRET, "Siswa 001", day, "S"]]))
    assert confirmed(cast, page).status_code == 302
    assert standing() == [("Siswa 001", day, "S")]


def test_a_file_sent_twice_has_nothing_more_to_change(cast: Cast, day: date) -> None:
    text = table(f";Siswa 001;{day};S", f";Siswa 001;{day};sakit")
    first = sent(cast, text)
    assert confirmed(cast, first).status_code == 302
    ids = list(Absence.objects.values_list("pk", flat=True))
    again = sent(cast, text)
    assert (plan(again).changes, plan(again).same) == ([], 2)
    html = again.content.decode()
    assert "Semua isi file ini sudah tercatat" in html
    assert 'name="seal"' not in html
    assert confirmed(cast, first).status_code == 200
    assert list(Absence.objects.values_list("pk", flat=True)) == ids


def test_what_stands_is_replaced_or_taken_away_and_the_rest_stays(cast: Cast, day: date) -> None:
    for at, code in enumerate("SSA"):
        entered(cast, day, at, code)
    entered(cast, day - timedelta(days=1), 1, "I")
    page = sent(
        cast, table(f";Siswa 001;{day};I", f";Siswa 002;{day};Hadir", f";Siswa 004;{day};h")
    )
    assert [(c.student.name, c.was, c.code) for c in plan(page).replaced] == [
        ("Siswa 001", "S", "I"),
        ("Siswa 002", "S", ""),
    ]
    assert plan(page).same == 1
    confirmed(cast, page)
    assert standing() == [
        ("Siswa 002", day - timedelta(days=1), "I"),
        ("Siswa 001", day, "I"),
        ("Siswa 003", day, "A"),
    ]


def test_rows_without_date_and_code_are_skipped(cast: Cast, day: date) -> None:
    page = sent(cast, table(";Siswa 001;;", ";;;", f";Siswa 002;{day};S"))
    assert (plan(page).empty, len(plan(page).new), why(page)) == (1, 1, [])
    assert "Belum ada kehadiran yang diisi" in sent(cast, table(";Siswa 001;;")).content.decode()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Siswa 001;{day};T", "“T” bukan kode kehadiran. Tulis S, I, atau A."),
        (";Siswa 001;{day};", "Kodenya kosong. Tulis S, I, atau A."),
        (";Siswa 001;;S", "Tanggalnya kosong. Tulis seperti {like}."),
        (";Siswa 001;31/2/2021;S", "“31/2/2021” bukan tanggal. Tulis seperti {like}."),
        (";Siswa 001;kemarin;S", "“kemarin” bukan tanggal. Tulis seperti {like}."),
        (";Siswa 001;0/0/0000;S", "“0/0/0000” bukan tanggal. Tulis seperti {like}."),
        (";;{day};S", "NISN dan nama kosong. Isi salah satu."),
        (
            ";Budi;{day};S",
            "Tidak ada siswa kelas ini yang bernama “Budi”. Tulis namanya seperti di daftar siswa.",
        ),
        (
            "12;Budi;{day};S",
            "Tidak ada siswa kelas ini dengan NISN 12. Perbaiki atau kosongkan.",
        ),
        (";Siswa 101;{day};S", "Tidak ada siswa kelas ini yang bernama “Siswa 101”."),
        (";Siswa 001;{day};S;;x", "Isi baris ini lebih banyak daripada judul kolomnya."),
        (";Siswa 001;{tomorrow};S", "Tanggalnya belum tiba."),
        (";Siswa 001;{old};S", "sebelum semester"),
        (
            ";Siswa 001;{earlier};S",
            "Tanggal ini di luar periode. Isi di halaman periodenya sendiri.",
        ),
        (";Siswa 001;{free};S", "Maulid Nabi. Perbaiki tanggalnya atau hapus barisnya."),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_what_to_do(
    cast: Cast, day: date, row: str, said: str
) -> None:
    free = day - timedelta(days=2)
    Policy.objects.update(holidays=[Holiday(free, free, "Maulid Nabi")])
    words = {
        "day": day,
        "like": written_day(day),
        "free": free,
        "tomorrow": clock.today() + timedelta(days=1),
        "earlier": cast.earlier_period.ends_on,
        "old": cast.semester.starts_on - timedelta(days=1),
    }
    page = sent(cast, table(f";Siswa 002;{day};S", row.format(**words)))
    [(number, reason)] = why(page)
    assert number == 3
    assert said.format(**words) in reason
    html = page.content.decode()
    assert "Baris 3" in html
    assert 'name="seal"' not in html
    confirmed(cast, page)
    assert standing() == []


def test_two_rows_that_contradict_each_other_are_refused(cast: Cast, day: date) -> None:
    page = sent(cast, table(f";Siswa 001;{day};S", f";SISWA-001;{written_day(day)};I"))
    assert why(page) == [
        (3, "Baris 2 berisi kode lain untuk siswa dan tanggal yang sama. Sisakan salah satu.")
    ]


def test_nobody_is_absent_from_a_class_in_which_they_were_not(cast: Cast, day: date) -> None:
    moved = Enrolment.objects.filter(student=cast.students[0])
    moved.update(ends_on=day - timedelta(days=1), end_reason="MOVED_CLASS")
    rows = [f";Siswa 001;{each};S" for each in (day - timedelta(days=1), day)]
    [(number, reason)] = why(sent(cast, table(*rows)))
    assert number == 3
    assert reason.startswith("Siswa 001 tidak di kelas ini pada ")
    with pytest.raises(NotNow):
        save_days(
            cast.own,
            cast.period,
            by=cast.wali,
            codes={(cast.students[0].pk, day): "S"},
            read={},
        )
    for stranger in (cast.guru, cast.wali2, cast.bk, cast.coordinator):
        with pytest.raises(NotAllowed):
            save_days(cast.own, cast.period, by=stranger, codes={}, read={})


def named(cast: Cast, *names: str) -> None:
    for student, name in zip(cast.students, names, strict=False):
        Student.objects.filter(pk=student.pk).update(name=name)


class TestWhoIsMeant:
    """NISN, NIS or name is enough; two of them never lead to different students."""

    HEAD = "NISN;NIS;Nama;Tanggal;Ket"

    def meant(self, cast: Cast, who: str) -> str:
        day = cast.period.ends_on
        page = sent(cast, table(f"{who};{day};S", head=self.HEAD))
        if plan(page).refusals:
            return plan(page).refusals[0].why
        return plan(page).changes[0].student.nis

    @pytest.mark.parametrize(
        ("who", "meant"),
        [
            ("0045123456;;", "21001"),
            ("45123456;;", "21001"),
            ("'0045123456;;Nama lain", "21001"),
            (";21002;", "21002"),
            (";021002;", "21002"),
            (";;  m rizki ", "21002"),
            (";;d’arc ani", "21003"),
            ("0099999999;;M. Rizki", "21002"),
            ("-;21003;", "21003"),
            ("0099999999;;Budi", "Tidak ada siswa kelas ini dengan NISN 0099999999."),
            ("0045123456;;M. Rizki", "NISN, NIS, dan nama milik siswa yang berbeda."),
            ("0045123456;21002;", "NISN, NIS, dan nama milik siswa yang berbeda."),
            (";21001;M. Rizki", "NISN, NIS, dan nama milik siswa yang berbeda."),
            ("0099999999;;", "Tidak ada siswa kelas ini dengan NISN 0099999999."),
            (";99;", "Tidak ada siswa kelas ini dengan NIS 99."),
        ],
    )
    def test_each_of_the_three_is_enough(self, cast: Cast, who: str, meant: str) -> None:
        named(cast, "Budi", "M. Rizki", "D'Arc Ani")
        Student.objects.filter(nis="21001").update(nisn="0045123456")
        found = self.meant(cast, who)
        assert found.startswith(meant)

    def test_of_namesakes_only_a_number_says_who_is_meant(self, cast: Cast) -> None:
        named(cast, "Siti", "Siti")
        assert self.meant(cast, ";;Siti") == (
            "Beberapa siswa kelas ini bernama “Siti”. Isi NISN atau NIS-nya."
        )
        assert self.meant(cast, ";21002;Siti") == "21002"


def test_what_changed_since_it_was_shown_is_shown_again(cast: Cast, day: date) -> None:
    page = sent(cast, table(f";Siswa 001;{day};S"))
    entered(cast, day, 0, "A")
    again = confirmed(cast, page)
    assert "Ini berbeda dari yang Anda lihat tadi" in again.content.decode()
    assert standing() == [("Siswa 001", day, "A")]
    assert [(c.was, c.code) for c in plan(again).replaced] == [("A", "S")]
    assert confirmed(cast, again).status_code == 302
    assert standing() == [("Siswa 001", day, "S")]


def test_another_file_chosen_before_saving_is_shown_first(cast: Cast, day: date) -> None:
    first = sent(cast, table(f";Siswa 001;{day};S"))
    other = table(f";Siswa 002;{day};I").encode()
    data = {
        "file": SimpleUploadedFile("lain.csv", other),
        "text": first.context["form"].read_text,
        "seal": plan(first).seal,
    }
    page = post(signed_in(cast.wali), page_of(cast), data)
    assert [change.student.name for change in plan(page).new] == ["Siswa 002"]
    assert standing() == []


def test_the_example_lists_the_class_and_changes_nothing_when_it_is_sent_back(
    cast: Cast, day: date
) -> None:
    named(cast, "=Budi")
    entered(cast, day, 1, "S")
    entered(cast, day - timedelta(days=1), 1, "A")
    answer = signed_in(cast.wali).get(page_of(cast, "attendance_template"))
    assert f'filename="kehadiran-x-mipa-3-{day:%Y-%m}.csv"' in answer["Content-Disposition"]
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "NISN;NIS;Nama;Tanggal;Kode",
        ";21001;'=Budi;;",
        f";21002;Siswa 002;{written_day(day - timedelta(days=1))};A",
        f";21002;Siswa 002;{written_day(day)};S",
        ";21003;Siswa 003;;",
        ";21004;Siswa 004;;",
    ]
    page = sent(cast, answer.content)
    assert (plan(page).changes, plan(page).same, plan(page).empty, why(page)) == ([], 2, 3, [])
    filled = answer.content.replace(b"=Budi;;", f"=Budi;{written_day(day)};i".encode())
    assert [change.code for change in plan(sent(cast, filled)).new] == ["I"]


def test_the_example_says_of_who_moved_no_nisn_and_no_days_in_another_class(
    cast: Cast, day: date
) -> None:
    moved = cast.students[0]
    Student.objects.filter(pk=moved.pk).update(nisn="0012345678")
    Enrolment.objects.filter(student=moved).update(
        ends_on=day - timedelta(days=1), end_reason="MOVED_CLASS"
    )
    EnrolmentFactory(student=moved, school_class=cast.foreign, starts_on=day)
    save_day(cast.foreign, cast.period, day, by=cast.wali2, codes={moved.pk: "S"}, read={})
    for user, of_class, row in (
        (cast.wali, cast.own, f";{moved.nis};{moved.name};;"),
        (cast.wali2, cast.foreign, f"0012345678;{moved.nis};{moved.name};{written_day(day)};S"),
    ):
        url = reverse("recaps:attendance_template", args=[of_class.pk, cast.period.pk])
        assert row in signed_in(user).get(url).content.decode("utf-8-sig").splitlines()


def test_the_example_is_read_in_english_too(cast: Cast) -> None:
    cast.wali.language = "en"
    cast.wali.save(update_fields=["language"])
    answer = signed_in(cast.wali).get(page_of(cast, "attendance_template"))
    assert answer.content.decode("utf-8-sig").startswith("NISN;NIS;Name;Date;Code\r\n")
    page = sent(cast, answer.content)
    assert plan(page).empty == 4
    assert "No absence is filled in" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "File ini kosong."),
        (b"PK\x03\x04", "File Excel ini tidak dapat dibaca."),
        (b"\x00\x01", "Ini bukan tabel."),
        (b"Nama;Tanggal\nBudi;1", "Judul kolom tidak ditemukan."),
        (HEAD.encode() + b'\n"Budi;1', "Ada tanda kutip yang keliru di baris 2"),
        (HEAD.encode() + b"\n;a;1;S" * (MOST_ROWS + 1), "File berisi lebih dari 2.000 baris."),
        (b"x" * (LONGEST_FILE + 1), "File lebih dari 256 KB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    cast: Cast, content: bytes, said: str
) -> None:
    page = sent(cast, content)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert plan(page) is None


def test_a_form_without_a_file_asks_for_one(cast: Cast) -> None:
    for data in ({}, {"text": ""}, {"file": "no file", "seal": "x"}):
        assert "Pilih filenya." in post(signed_in(cast.wali), page_of(cast), data).content.decode()


def test_nothing_is_taken_after_the_freeze(cast: Cast, day: date) -> None:
    page = sent(cast, table(f";Siswa 001;{day};S"))
    Semester.objects.update(frozen_at=clock.now())
    again = confirmed(cast, page)
    assert "Laporan semester sudah dibekukan" in again.content.decode()
    assert plan(again) is None
    assert standing() == []


@given(st.binary(max_size=60), st.text(max_size=60), st.text(max_size=9))
def test_any_file_and_any_text_is_answered(content: bytes, text: str, seal: str) -> None:
    file = SimpleUploadedFile("x.csv", content)
    for files in ({}, {"file": file}):
        form = AttendanceFileForm({"text": text, "seal": seal}, files)
        assert form.is_valid() or form.errors["file"]


@given(st.data())
def test_each_row_is_counted_once_whatever_stands_in_it(cast: Cast, data: st.DataObject) -> None:
    """Kind and strange cells in any order: none raises, and none is lost."""
    day = cast.period.ends_on
    kind = st.sampled_from(["", "21001", "Siswa 001", "Siswa 002", f"{day}", "S", "izin", "T"])
    cells = st.lists(kind | st.text(max_size=8), min_size=5, max_size=5)
    names = (NISN, NIS, NAME, DAY, CODE)
    typed = data.draw(st.lists(cells, max_size=4))
    rows = [Row(n, dict(zip(names, c, strict=True)), False) for n, c in enumerate(typed, start=2)]
    month = month_at(cast.own.pk, cast.period.pk)
    assert month
    found = plan_of(month, rows)
    counted = len(found.changes) + len(found.refusals) + found.same + found.empty
    assert counted == len(rows)


def test_thirty_rows_need_as_many_queries_as_one() -> None:
    previews, saves, templates = set(), set(), set()
    for size in (1, 30):
        with rolled_back():
            cast = small_school(size)
            client = signed_in(cast.wali)
            days = [cast.period.ends_on - timedelta(days=at) for at in (0, 1)]
            rows = [f";Siswa {at + 1:03d};{days[at % 2]};S" for at in range(size)]
            templates.add(queries_of(client, page_of(cast, "attendance_template")))
            text = table(*rows)
            with CaptureQueriesContext(connection) as asked:
                page = post(client, page_of(cast), {"text": text})
            previews.add(len(asked))
            with CaptureQueriesContext(connection) as asked:
                answer = post(client, page_of(cast), {"text": text, "seal": plan(page).seal})
            assert answer.status_code == 302
            saves.add(len(asked))
            assert Absence.objects.count() == size
    assert (len(previews), len(saves), len(templates)) == (1, 1, 1)

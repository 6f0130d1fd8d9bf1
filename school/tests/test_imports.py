"""The page of files: nothing is written before it was seen; then all of it, or nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import connection
from django.test import Client
from django.urls import reverse

from school.days import Holiday
from school.imports.kinds import KINDS
from school.models import (
    Change,
    Enrolment,
    Guardian,
    Policy,
    SchoolClass,
    Semester,
    Student,
    Upload,
    User,
)
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.tests.import_files import (
    BUDI,
    SECRET,
    applied,
    book,
    dapodik,
    fields_of,
    imported,
    last_upload,
    refuse_rows,
    seen,
    sent,
)
from workflow import clock, progress
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGE = "/impor/"


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.operator)


def people(*names: str) -> bytes:
    return book(
        dapodik(
            {**BUDI, "Nama": name, "NIPD": str(40001 + n), "NISN": f"00512345{n:02}"}
            for n, name in enumerate(names)
        )
    )


def rows() -> list[int]:
    return [model.objects.count() for model in (Student, Guardian, Enrolment, SchoolClass, Change)]


def test_nothing_is_written_until_it_is_applied(client: Client) -> None:
    before = rows()
    page = seen(client, people("Budi"))
    assert "Budi" in page.content.decode()
    assert rows() == before
    answer = applied(client, page)
    assert answer.headers["Location"] == PAGE
    assert rows() == [before[0] + 1, before[1] + 2, before[2] + 1, before[3], before[4] + 1]
    assert not Upload.objects.waiting().exists()
    assert "Siswa dari file: 1 baru." in client.get(PAGE).content.decode()


class Noting(SimpleUploadedFile):
    """A file that notes how many transactions are open when it is read."""

    depths: list[int]

    def read(self, n: int = -1) -> bytes:
        self.depths.append(len(connection.savepoint_ids))
        return super().read(n)


class NotingHandler(MemoryFileUploadHandler):
    def file_complete(self, file_size: int) -> Any:
        found = super().file_complete(file_size)
        return found and Noting(found.name, found.read())


def test_a_file_is_read_before_anything_is_locked(client: Client, settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.{NotingHandler.__name__}"]
    Noting.depths = []
    assert sent(client, people("Budi Santoso")).status_code == 302
    assert Noting.depths == [len(connection.savepoint_ids)]


def test_only_what_was_seen_is_done(client: Client, cast: Cast) -> None:
    page = seen(client, people("Budi"))
    make.StudentFactory(nis="40001", name="Orang Lain")
    before = rows()
    again = applied(client, page)
    assert "Ada pertanyaan yang belum dijawab" in again.content.decode()
    assert rows() == before


def test_another_answer_is_shown_before_it_is_done(client: Client) -> None:
    page = seen(client, people("Budi"))
    before = rows()
    later = (clock.today() - timedelta(days=2)).isoformat()
    again = applied(client, page, on=later)
    assert "Ada yang berubah sejak tadi" in again.content.decode()
    assert rows() == before
    assert applied(client, again).status_code == 302
    assert Enrolment.objects.get(student__name="Budi").starts_on.isoformat() == later


def test_a_bad_row_keeps_all_others_from_being_written(client: Client) -> None:
    page = seen(client, people("Budi", "", "Wati"))
    html = page.content.decode()
    assert "1 baris tidak dapat diambil" in html or "Baris 8" in html
    before = rows()
    assert post(client, page.request["PATH_INFO"], {"seal": page.context["plan"].seal})
    assert rows() == before


@pytest.mark.parametrize("model", ["student", "guardian", "enrolment", "changedrow"])
def test_a_failure_at_any_row_leaves_nothing(client: Client, model: str) -> None:
    """Let the database refuse a row, when others of it and of other tables are written."""
    page = seen(client, people("Budi", "Wati"))
    before = rows()
    refuse_rows(f"school_{model}")
    answer = applied(client, page)
    assert answer.status_code == 302
    assert rows() == before
    assert Upload.objects.exists()


def undo(client: Client) -> None:
    post(client, reverse("school:undo_change", args=[Change.objects.get().pk]))


def test_an_import_is_undone_within_a_day(client: Client) -> None:
    before = rows()
    applied(client, seen(client, people("Budi")))
    change = reverse("school:change", args=[Change.objects.get().pk])
    assert change in client.get(PAGE).content.decode()
    undo(client)
    assert rows() == [*before[:4], 1]
    assert "diurungkan" in client.get(PAGE).content.decode()


def test_what_depends_on_an_import_keeps_it(client: Client) -> None:
    applied(client, seen(client, people("Budi")))
    budi = Student.objects.get(name="Budi")
    Guardian.objects.create(student=budi, name="Paman", relation="GUARDIAN")
    before = rows()
    undo(client)
    assert rows() == before


def test_the_file_that_waits_has_only_the_columns_of_its_layout(client: Client) -> None:
    sent(client, people("Budi"))
    kept = last_upload()
    assert SECRET not in repr(kept.rows)
    assert "nik" not in {name.casefold() for row in kept.rows for name in row.cells}
    assert len(kept.rows) == kept.length == 1


def test_a_file_is_seen_by_who_sent_it_and_gone_after_a_day(client: Client, cast: Cast) -> None:
    page = seen(client, people("Budi"))
    other = signed_in(make.person(OPERATOR, username="operator2"))
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    assert signed_in(cast.principal).get(page.request["PATH_INFO"]).status_code == 404
    Upload.objects.update(made_at=clock.now() - timedelta(hours=25))
    client.get(PAGE)
    assert not Upload.objects.exists()


def test_a_file_can_be_deleted_without_applying_it(client: Client) -> None:
    sent(client, people("Budi"))
    assert (
        post(client, reverse("school:import_discard", args=[last_upload().pk])).status_code == 302
    )
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.4", "Ini file PDF"),
        (b"", "kosong"),
        (book([["Nama", "NIS", "L/P"], ["Budi", "1", "L"]]), "mirip “Siswa”, tetapi kolom Kelas"),
        (book([["Apa", "Saja"]]), "Judul kolom tidak ditemukan"),
        (book([["Nama", "NIS", "L/P", "Kelas"]]), "Tidak ada baris di bawah judul"),
        ("Nama;NIS;JK;Kelas\n".encode("utf-16") + b"\xff", "bukan tabel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    client: Client, content: bytes, said: str
) -> None:
    page = sent(client, content)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", ";,\t")
def test_csv_is_read_in_each_coding_with_each_separator(
    client: Client, code: str, separator: str
) -> None:
    lines = [["NISN", "NIS", "Nama", "L/P", "Kelas"], ["", "40001", "Zoë O'Neill", "P", "X MIPA 3"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    page = seen(client, text.encode(code), name="siswa.csv")
    assert [line.who for line in page.context["plan"].new] == ["Zoë O'Neill"]


def test_a_school_without_a_semester_is_told_what_comes_first() -> None:
    operator = make.person(OPERATOR)
    client = signed_in(operator)
    assert "Belum ada semester" in client.get(PAGE).content.decode()
    page = seen(client, people("Budi"))
    assert page.context["plan"] is None or not page.context["plan"].writes
    assert "Buat semesternya dulu" in page.content.decode()


def test_an_empty_school_gets_its_classes_from_the_file() -> None:
    semester = make.SemesterFactory()
    operator = make.person(OPERATOR)
    assert imported(operator, people("Budi", "Wati")).status_code == 302
    assert list(SchoolClass.objects.values_list("name", "grade")) == [("X MIPA 3", "X")]
    assert set(Enrolment.objects.values_list("starts_on", flat=True)) == {semester.starts_on}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_file_to_fill_in_is_of_its_kind_and_changes_nothing(
    client: Client, cast: Cast, kind: str, language: str
) -> None:
    User.objects.filter(pk=cast.operator.pk).update(language=language)
    Policy.objects.update(holidays=[Holiday(clock.today(), clock.today(), "Libur")])
    answer = client.get(reverse("school:import_template"), {"kind": kind})
    plan = seen(client, answer.content).context["plan"]
    assert (last_upload().kind, plan.writes, plan.refusals) == (kind, [], [])


def test_many_errors_are_cut_with_a_count(client: Client) -> None:
    page = seen(client, people(*[""] * 60))
    assert page.content.decode().count('class="text-nowrap"') == 50
    assert "dan 10 baris lagi" in page.content.decode()


def test_a_long_list_is_cut_until_all_of_it_is_asked_for(client: Client) -> None:
    page = seen(client, people(*[f"Siswa Baru {n:02}" for n in range(60)]))
    assert "Siswa Baru 59" not in page.content.decode()
    whole = post(client, page.request["PATH_INFO"], {**fields_of(page), "show": "new"})
    assert "Siswa Baru 59" in whole.content.decode()
    assert not Student.objects.filter(name="Siswa Baru 59").exists()


def test_progress_is_told_to_the_one_who_waits(client: Client, cast: Cast) -> None:
    caches["progress"].clear()
    number = str(uuid4())
    page = seen(client, people("Budi", "Wati"))
    url = f"{reverse('school:progress')}?submit_id={number}"
    assert client.get(url).json() == {"done": 0, "of": 0}
    applied(client, page, submit_id=number)
    assert client.get(url).json() == {"done": 8, "of": 8}
    assert progress.told(cast.principal.pk, number) == (0, 0)


@pytest.mark.sqlite
def test_as_many_queries_for_a_long_plan_as_for_a_short_one(client: Client) -> None:
    asked = []
    for size in (1, 30):
        page = seen(client, people(*[f"Siswa Baru {n:02}" for n in range(size)]))
        asked.append(queries_of(client, page.request["PATH_INFO"]))
        Upload.objects.all().delete()
    assert asked[0] == asked[1]


def test_the_day_lies_in_the_semester(client: Client) -> None:
    page = seen(client, people("Budi"))
    far = (Semester.objects.get().ends_on + timedelta(days=1)).isoformat()
    again = post(client, page.request["PATH_INFO"], {**fields_of(page), "on": far})
    assert "Tanggal ini di luar semester itu" in again.content.decode()

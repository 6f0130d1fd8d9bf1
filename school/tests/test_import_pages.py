"""What the pages of files say: what waits, what is asked, and what a row lacks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from school import wording
from school.tests.cast import Cast, small_school
from school.tests.import_files import BUDI, book, dapodik, fields_of, last_upload, seen, sent
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.operator)


def people(number: int, **of: Any) -> bytes:
    """Return a file of students, each in a class that the school does not have."""
    return book(
        dapodik(
            BUDI
            | {"Nama": f"Siswa {n}", "NIPD": f"7{n:04}", "NISN": f"00700000{n:02}"}
            | {"Rombel Saat Ini": f"Kelas Aneh {n}"}
            | of
            for n in range(number)
        )
    )


def test_refused_rows_stand_in_the_order_of_the_file(client: Client) -> None:
    first = BUDI | {"Nama": "", "NIPD": "70001", "NISN": "0070000001"}
    same = BUDI | {"Nama": "Wati", "NIPD": "70002", "NISN": "0070000002"}
    again = same | {"Nama": "Sari"}
    last = first | {"NIPD": "70003", "NISN": "0070000003"}
    page = seen(client, book(dapodik([same, first, again, last])))
    rows = [one.row for one in page.context["refusals"]]
    assert len(rows) > 2
    assert rows == sorted(rows)


def test_many_answered_questions_are_folded_and_open_ones_are_not(client: Client) -> None:
    page = seen(client, people(8))
    asked = page.context["questions"]
    assert (len(asked.open), asked.answered) == (8, [])
    given = {field.name: field.field.choices[-1][0] for field in asked.open[1:]}
    checked = post(client, page.request["PATH_INFO"], fields_of(page) | given)
    form = checked.context["questions"]
    (still_open,) = (field for field in form.open if field.name.startswith("q-"))
    assert still_open.name == asked.open[0].name
    assert [field.name for field in form.answered] == list(given)
    assert "7 sudah terjawab" in checked.content.decode()


def test_a_few_answered_questions_stay_in_view(client: Client) -> None:
    page = seen(client, people(2))
    asked = page.context["questions"].open
    given = {field.name: field.field.choices[-1][0] for field in asked}
    form = post(client, page.request["PATH_INFO"], given).context["questions"]
    assert form.answered == []


def test_a_file_that_waits_says_since_when(client: Client) -> None:
    assert sent(client, people(1), name="siswa.xlsx").status_code == 302
    upload = last_upload()
    (waiting,) = client.get(reverse("school:imports")).context["waiting"]
    since = f"{wording.full_day(upload.made_at)}, {wording.clock_time(upload.made_at)}"
    assert waiting == (upload, f"siswa.xlsx · 1 baris · {since}")


def test_only_lists_with_something_to_say_have_a_second_column(client: Client, cast: Cast) -> None:
    student = cast.students[0]
    known = {"Nama": student.name, "NIPD": student.nis, "Rombel Saat Ini": cast.own.name}
    page = seen(client, book(dapodik([BUDI | {"NISN": ""} | known])))
    said = {one.name: one.says_what for one in page.context["lists"]}
    assert said == {"changed": True, "gone": False}
    assert page.content.decode().count(">Yang berubah</th>") == 1


def test_a_formula_without_a_result_is_said_with_its_rows(client: Client) -> None:
    rows = [["Nama", "NIS", "L/P", "Kelas"], ["Budi", "70001", "L", "X MIPA 3"]]
    rows += [["Wati", "=B2+1", "P", "X MIPA 3"], ["Sari", "=B3+1", "P", "X MIPA 3"]]
    page = sent(client, book(rows))
    (said,) = page.context["form"].errors["file"]
    assert said == (
        "Baris 3, 4: ada sel berisi rumus tanpa hasil. Simpan ulang filenya di Excel, atau tempel "
        "selnya sebagai nilai."
    )


def test_a_formula_beside_or_below_the_table_keeps_nothing_back(client: Client) -> None:
    rows = [["Nama", "NIS", "L/P", "Kelas", "Umur"], ["Budi", "70001", "L", "X MIPA 3", "=1+1"]]
    rows += [[], ["Jumlah", "=COUNTA(B2:B2)"]]
    assert sent(client, book(rows)).status_code == 302

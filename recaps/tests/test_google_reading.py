"""Files of Classroom, Meet and Form: told by their layout, read however they were saved."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recaps.google import form
from recaps.google.reading import LONGEST_FILE, MOST_ROWS, read
from recaps.google.said import (
    Assignment,
    Classroom,
    Form,
    Meet,
    Person,
    as_json,
    from_json,
    kind_of,
)
from recaps.tests import google_files as files
from recaps.tests.google_files import written
from school.sheets.errors import NotReadable
from school.tests.import_files import SECRET, book

pytestmark = pytest.mark.once
SAMPLES = Path(__file__).parent / "samples"
GRADES = files.classroom(
    {"Tugas 1": date(2020, 8, 3), "Kuis, bab 2": "2020-08-21"},
    {"Siti Nur Aini": ["100", ""], "Adi": ["0", "missing"], "Budi": ["7,5", "15/20"]},
)
MEETING = files.meet({"Siti Nur Aini": "34 min", "Adi": "1 hr 5 min"})
ANSWERS = files.form([(date(2020, 8, 24), "Siti", "X MIPA 1", "Hadir")])
GIVEN = {"Classroom": GRADES, "Meet": MEETING, "Form": ANSWERS}


def refusal(content: bytes, name: str = "kelas.csv") -> str:
    with pytest.raises(NotReadable) as why:
        read(content, name)
    return str(why.value)


def test_grades_are_read_without_the_marks_themselves() -> None:
    said = read(written(GRADES), "nilai.csv")
    assert said == Classroom(
        [Assignment("Tugas 1", "2020-08-03"), Assignment("Kuis, bab 2", "2020-08-21")],
        [
            Person(4, "Siti Nur Aini", "sitinuraini@siswa.sch.id"),
            Person(5, "Adi", "adi@siswa.sch.id"),
            Person(6, "Budi", "budi@siswa.sch.id"),
        ],
        ["x-", "0m", "xx"],
    )


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("classroom_all_grades.csv", 31),
        ("2020-08-06 07-30 Matematika.csv", 21),
        ("presensi_google_form.csv", 31),
    ],
)
def test_a_file_as_google_gives_it_is_read_whole(name: str, people: int) -> None:
    said = read((SAMPLES / name).read_bytes(), name)
    if isinstance(said, Form):
        columns = form.proposed(said.head)._replace(month_first=True)
        said = form.reduced(said, form.answers_of(said, columns), 0)
        assert len(said.sent) == 127
        assert {sent.day for sent in said.sent} == {
            f"2020-08-{day}" for day in ("03", "10", "18", "24", "31")
        }
    assert len({each.email for each in said.people}) == people


def test_the_participants_of_a_meeting_are_read_with_its_day_from_the_name_of_the_file() -> None:
    said = read(written(MEETING), "2020-08-06 07-30 Matematika.csv")
    assert isinstance(said, Meet)
    assert (said.day, said.at, said.minutes) == ("2020-08-06", "07:30", [34, 65])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2020-08-06 07-30 Matematika.csv", ("2020-08-06", "07:30")),
        ("Presensi 2020-08-06.csv", ("2020-08-06", "")),
        ("Matematika.csv", ("", "")),
        ("2020-13-40 07-30.csv", ("", "")),
    ],
)
def test_a_meeting_whose_file_names_no_day_has_none(name: str, found: tuple[str, str]) -> None:
    said = read(written(MEETING), name)
    assert isinstance(said, Meet)
    assert (said.day, said.at) == found


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("34 min", 34),
        ("1 hr 5 min", 65),
        ("1 jam 5 mnt", 65),
        ("2 jam", 120),
        ("0:40:30", 40),
        ("45", 45),
        ("30 s", 0),
        ("kurang dari 1 menit", 0),
        ("", 55),
    ],
)
def test_how_long_is_read_in_both_languages_else_from_the_hours(text: str, minutes: int) -> None:
    said = read(written(files.meet({"Adi": text})), "a.csv")
    assert isinstance(said, Meet)
    assert said.minutes == [minutes]


def test_who_joins_several_times_has_all_minutes_together() -> None:
    rows = [*MEETING, [*MEETING[1][:2], MEETING[1][2].upper(), "10 min", "", ""]]
    said = read(written(rows), "a.csv")
    assert isinstance(said, Meet)
    assert (said.minutes, len(said.people)) == ([44, 65], 2)


def test_answers_are_kept_whole_until_their_columns_are_known_and_then_without_the_others() -> None:
    rows = [[*row, f"rahasia {n}"] for n, row in enumerate(ANSWERS)]
    said = read(written(rows), "a.csv")
    assert isinstance(said, Form)
    assert said.is_open
    assert form.proposed(said.head) == form.Columns(0, 1, 2, 3, 4)
    answers = form.answers_of(said, form.proposed(said.head)._replace(month_first=True))
    assert [one.day for one in answers] == ["2020-08-24"]
    left = form.reduced(said, answers, 3)
    assert (left.is_open, left.others, left.sent) == (False, 3, [(0, "2020-08-24", "Hadir")])
    assert "rahasia 1" not in str(as_json(left))


def test_answers_are_in_the_order_in_which_they_were_sent() -> None:
    rows = [ANSWERS[0], *[["24/08/2020 8.30.00", "", "Siti", "", said] for said in "ab"]]
    rows[1][0] = "24/8/2020 1:05:00 PM"
    said = read(written(rows), "a.csv")
    assert isinstance(said, Form)
    answers = form.answers_of(said, form.proposed(said.head))
    assert [one.said for one in answers] == ["b", "a"]


@pytest.mark.parametrize("kind", GIVEN)
@pytest.mark.parametrize("separator", ",;\t")
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_says_the_same_however_it_was_saved(kind: str, separator: str, coding: str) -> None:
    table, name = GIVEN[kind], "2020-08-06 07-30.csv"
    plain = read(written(table), name)
    assert read(written(table, separator).decode().encode(coding), name) == plain
    assert from_json(kind_of(plain), as_json(plain)) == plain


@pytest.mark.parametrize("kind", GIVEN)
def test_a_workbook_is_read_like_its_csv(kind: str) -> None:
    table = GIVEN[kind]
    assert read(book(table), "a.xlsx") == read(written(table), "a.csv")


def test_heads_in_indonesian_are_known() -> None:
    names = {
        "Last Name": "Nama Belakang",
        "First Name": "Nama Depan",
        "Email Address": "Alamat Email",
        "Date": "Tanggal",
        "Points": "Poin",
        "First name": "Nama depan",
        "Last name": "Nama belakang",
        "Duration": "Durasi",
        "Time joined": "Waktu bergabung",
        "Time exited": "Waktu keluar",
        "Timestamp": "Cap waktu",
    }
    for table in GIVEN.values():
        said = [[names.get(cell, cell) for cell in row] for row in table]
        assert kind_of(read(written(said), "a.csv")) == kind_of(read(written(table), "a.csv"))


def changed(table: Any, row: int, column: int, text: str) -> bytes:
    rows = [list(each) for each in table]
    rows[row][column] = text
    return written(rows)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "File ini kosong."),
        (b"nama;kelas\nSiti;X", "Bukan dari Classroom, Meet, atau Form."),
        (b"%PDF-1.4", "PDF"),
        (written(GRADES[:1] + GRADES[2:]), "Baris 2 seharusnya berisi tanggal tugas."),
        (written(GRADES[:3]), "Tidak ada siswa di dalamnya."),
        (written([row[:3] for row in GRADES]), "Tidak ada kolom tugas di dalamnya."),
        (changed(GRADES, 1, 3, "besok"), "Baris 2: “besok” bukan tanggal."),
        (changed(GRADES, 4, 4, "bagus"), "Baris 5: “bagus” di “Kuis, bab 2” bukan nilai."),
        (changed(GRADES, 4, 3, "-5"), "Baris 5: “-5” di “Tugas 1” bukan nilai."),
        (changed(MEETING, 1, 3, "lama"), "Baris 2: tidak ada lamanya. Tulis seperti 34 min."),
        (written([MEETING[0], ["", "", "", "3 min"]]), "Baris 2: nama dan emailnya kosong."),
        (written([*MEETING, [*MEETING[1], "x"]]), "Baris 4: isinya lebih banyak daripada judul"),
        (written(MEETING[:1]), "Tidak ada siapa pun di dalamnya."),
        (written(ANSWERS[:1]), "Belum ada yang mengisi formulirnya."),
        (written(MEETING)[:-1] + b'"', "Ada tanda kutip yang keliru di baris"),
        (b"x" * (LONGEST_FILE + 1), "Lebih besar dari 1 MB."),
        (written([ANSWERS[0], *[ANSWERS[1]] * (MOST_ROWS + 1)]), "Lebih dari 10.000 baris."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_bad_rows_are_named_together() -> None:
    rows = [*GRADES[:3], *[["", f"S{n}", "", "baik", "1"] for n in range(10)]]
    said = refusal(written(rows))
    assert all(f"Baris {n}:" in said for n in range(4, 12))
    assert said.endswith("dan 2 lagi.")


def test_a_row_of_a_form_without_a_day_is_named_when_the_columns_are_known() -> None:
    said = read(changed(ANSWERS, 1, 0, "kemarin"), "a.csv")
    assert isinstance(said, Form)
    with pytest.raises(NotReadable, match="Baris 2: “kemarin” bukan tanggal"):
        form.answers_of(said, form.proposed(said.head))


def test_a_number_of_a_family_card_is_not_read() -> None:
    said = read(changed(ANSWERS, 1, 4, f"Hadir {SECRET}"), "a.csv")
    assert SECRET not in str(as_json(said))


def test_the_average_of_a_class_is_no_student() -> None:
    rows = [*GRADES, ["", "Class average", "", "50", "60"]]
    assert read(written(rows), "a.csv") == read(written(GRADES), "a.csv")

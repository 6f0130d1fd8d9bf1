"""Lists of one class each: its name stands in a title, or is that of the sheet."""

from typing import Any

import pytest
from openpyxl import Workbook

from school.imports.reading import Read, read
from school.sheets.errors import NotReadable
from school.tests.import_files import book

pytestmark = pytest.mark.once

HEAD = ["No", "Nama", "NIS", "L/P", "NISN", "Kelas"]
ROWS = [[n, f"Anak {n}", 50000 + n, "L", f"005123450{n}", "X MIPA 3"] for n in (1, 2, 3)]


def numbers(found: Read) -> list[int]:
    return [row.number for row in found.rows]


LIST = [head for head in HEAD if head != "Kelas"]
NAMELESS = [row[:-1] for row in ROWS]


@pytest.mark.parametrize(
    "titles",
    [
        [["DAFTAR SISWA"], ["Kelas : X MIPA 3"], ["Wali Kelas : Agus"]],
        [["DAFTAR SISWA KELAS X MIPA 3 TAHUN PELAJARAN 2021/2022"], []],
        [["Kelas", ":", "X MIPA 3", "Semester: Ganjil"]],
    ],
)
def test_a_title_names_the_class_of_all(titles: list[list[str]]) -> None:
    found = read(book([*titles, LIST, *NAMELESS, [4], [], ["Jumlah", 3]]))
    assert found.kind.code == "STUDENTS"
    assert {row["class"] for row in found.rows} == {"X MIPA 3"}
    assert numbers(found) == [len(titles) + n for n in (2, 3, 4)]


def test_classes_follow_each_other_below_their_titles() -> None:
    parts = [["KELAS X MIPA 3"], LIST, *NAMELESS[:2], [], ["KELAS X MIPA 4"], LIST, NAMELESS[2]]
    found = read(book(parts))
    assert [(row.number, row["class"]) for row in found.rows] == [
        *((3, "X MIPA 3"), (4, "X MIPA 3"), (8, "X MIPA 4"))
    ]


def of_sheets(*named: tuple[str, list[list[Any]]]) -> bytes:
    def change(made: Workbook) -> None:
        for sheet, (name, _rows) in zip(made.worksheets, named, strict=True):
            sheet.title = name

    return book(*(rows for _name, rows in named), change=change)


def test_each_class_has_a_sheet() -> None:
    sheets = (
        ("Petunjuk", [["Satu lembar tiap kelas"]]),
        ("X MIPA 3", [LIST, *NAMELESS[:2]]),
        ("XI IPS 1", [["DAFTAR"], LIST, NAMELESS[2]]),
    )
    found = read(of_sheets(*sheets))
    assert [(row.number, row["class"]) for row in found.rows] == [
        *((2, "X MIPA 3"), (3, "X MIPA 3"), (1003, "XI IPS 1"))
    ]
    assert found.remarks == [
        "Dibaca sekaligus dengan lembar “X MIPA 3”, nomor barisnya ditambah: “XI IPS 1” +1000."
    ]


def test_sheets_of_classes_with_a_column_are_read_together() -> None:
    found = read(of_sheets(("X MIPA 3", [HEAD, ROWS[0]]), ("X MIPA 4", [HEAD, ROWS[1]])))
    assert numbers(found) == [2, 1002]


def test_of_other_sheets_the_first_is_read_and_the_rest_named() -> None:
    found = read(of_sheets(("Data", [HEAD, ROWS[0]]), ("Lama", [HEAD, ROWS[1]])))
    assert (numbers(found), found.remarks) == (
        [2],
        ["Hanya lembar “Data” yang dibaca, bukan Lama."],
    )


@pytest.mark.parametrize("title", ["Wali Kelas : Xaverius", "Kelas : unggulan", "Kelas X"])
def test_a_title_without_a_class_names_none(title: str) -> None:
    with pytest.raises(NotReadable, match="Kelas"):
        read(book([[title], LIST, *NAMELESS]))

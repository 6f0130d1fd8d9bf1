"""Files in the shapes that schools have: what stands around a table, what only looks like one."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from school.imports.reading import Read, read
from school.sheets.errors import NotReadable
from school.tests.import_files import SECRET, book

HEAD = ["No", "Nama", "NIS", "L/P", "NISN", "Kelas"]
ROWS = [[n, f"Anak {n}", 50000 + n, "L", f"005123450{n}", "X MIPA 3"] for n in (1, 2, 3)]


def numbers(found: Read) -> list[int]:
    return [row.number for row in found.rows]


@pytest.mark.parametrize(
    "below",
    [
        [["Jumlah Laki-laki", None, 2], ["Jumlah Perempuan", None, 1], ["L", 2], ["P", 1]],
        [[], [None, "Jumlah", 3], [], [None, None, None, None, None, "Candiroto, 12 Juli 2021"]],
        [[None, None, None, None, None, "Candiroto, 12 Juli 2021"], [None, "Mengetahui"]],
        [[], ["Keterangan:"], ["L = Laki-laki"], [None, "Sri", None, None, None, "Agus"]],
        [[4], [5], [6]],
        [[], [f"Operator, NIK {SECRET}"]],
    ],
)
def test_what_stands_below_a_table_is_no_row(below: list[list[Any]]) -> None:
    found = read(book([HEAD, *ROWS, *below]))
    assert numbers(found) == [2, 3, 4]
    assert SECRET not in repr(found)


def test_rows_that_are_only_numbered_are_left_out_quietly() -> None:
    assert read(book([HEAD, *ROWS, [4], [5]])).remarks == []


def test_a_title_within_a_table_is_named_and_left_out() -> None:
    found = read(book([HEAD, *ROWS[:2], ["KELAS X MIPA 4"], HEAD, ROWS[2]]))
    assert numbers(found) == [2, 3, 6]
    (said,) = found.remarks
    assert "KELAS X MIPA 4" in said


def test_an_unfinished_row_is_kept_to_be_named() -> None:
    assert numbers(read(book([HEAD, ROWS[0], [2, None, None, "L"], ROWS[2]]))) == [2, 3, 4]


def test_two_numbers_stand_below_one_name() -> None:
    head = [["No", "Nomor Induk", None, "Nama", "L/P", "Kelas"], ["Urut", "NIS", "NISN"]]
    (row,) = read(book([*head, [1, 50001, "0051234501", "Anak", "L", "X"]])).rows
    assert (row.number, row["nis"], row["nisn"]) == (3, "50001", "0051234501")


def test_a_row_of_words_below_the_head_is_data() -> None:
    rows = [["Nama", "Kelas", "Hubungan", "Nama Ayah"], ["Sri", "X", "Ayah", "Slamet"]]
    assert len(read(book(rows), "CLASS_LISTS").rows) == 1


@pytest.mark.parametrize("separator", [",", ";", "|"])
def test_columns_that_were_opened_as_one_are_told_apart(separator: str) -> None:
    lines = [[separator.join(map(str, row))] for row in (HEAD, *ROWS)]
    found = read(book([["DAFTAR SISWA"], [], *lines]))
    assert numbers(found) == [4, 5, 6]
    assert found.rows[0].cells["nisn"] == "0051234501"


def test_a_line_that_may_be_cut_off_is_not_taken_for_a_row() -> None:
    lines = [[",".join([*map(str, row), "x" * 250])] for row in (HEAD, *ROWS)]
    with pytest.raises(NotReadable):
        read(book(lines))


PAGE = "<table><tr><td>Nama</td></tr></table>"


@pytest.mark.parametrize(
    "text",
    [f"<style>td {{}}</style>{PAGE}", f"<!-- x -->{PAGE}", f"Daftar Siswa<br>{PAGE}"],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_web_page_is_told_whatever_stands_first(text: str, coding: str) -> None:
    with pytest.raises(NotReadable, match="halaman web"):
        read(text.encode(coding))


def zipped(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped("siswa.xlsx", "guru.xlsx"), "folder terkompresi"),
        (zipped("content.xml", "mimetype"), "format lain"),
        (zipped("word/document.xml"), "bukan tabel"),
        (b"{\\rtf1 Daftar}", "bukan tabel"),
        (b"\xef\xbb\xbf\r\n", "kosong"),
    ],
)
def test_other_files_are_refused_with_the_way_out(content: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        read(content)

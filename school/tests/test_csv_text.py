"""CSV files as spreadsheets write them are read; what is none is refused in words."""

import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from school.sheets.cells import LONGEST_CELL, folded
from school.sheets.csv_text import MARK, safe, text_of, written
from school.sheets.errors import NotReadable
from school.sheets.heads import Layout
from school.sheets.limits import MOST_TITLES
from school.sheets.table import MOST_ROWS, Row, rows_of

LAYOUT = Layout(
    names={"who": ("nama", "name"), "on": ("tanggal",), "what": ("kode", "ket")},
    needed=(("who",), ("on",)),
    otherwise="no head",
)
HEAD = "Nama;Tanggal;Ket\n"


def read(text: str) -> list[dict[str, str]]:
    return [row.cells for row in rows_of(text, LAYOUT)]


BUDI = {"who": "Budi", "on": "6/9/2021", "what": "S"}


@pytest.mark.parametrize(
    "text",
    [
        "Nama;Tanggal;Ket\nBudi;6/9/2021;S\n",
        "Nama,Tanggal,Ket\r\nBudi,6/9/2021,S\r\n",
        "Nama\tTanggal\tKet\rBudi\t6/9/2021\tS",
        '"Nama";"Tanggal";"Ket"\n"Budi";"6/9/2021";"S"',
        '"Nama","Tanggal","Ket"\n"Budi","6/9/2021","S"',
        "KET ;No; tanggal: ;NAMA\nS;1; 6/9/2021 ; Budi \n",
        "sep=;\nNama;Tanggal;Ket\nBudi;6/9/2021;S",
        "DAFTAR HADIR;;\nKelas X MIPA 3;;\n\nNama;Tanggal;Ket\n;;\nBudi;6/9/2021;S\n;;\n",
        "Nama;Tanggal;Kode;Ket\nBudi;6/9/2021;S;demam\n",
    ],
)
def test_a_table_is_read_with_each_separator_order_and_title(text: str) -> None:
    assert read(text) == [BUDI]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_are_read_in_each_coding_of_a_spreadsheet(code: str) -> None:
    assert text_of("Nama\nZoë’s\n".encode(code)) == "Nama\nZoë’s\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "Ini bukan tabel"),
        (b"\xd0\xcf\x11\xe0rest", "file Excel lama"),
        (b"\x89PNG\x00\x81\x8d", "Ini bukan tabel"),
        (b"Nama\x00", "Ini bukan tabel"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        text_of(content)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Nama;Ket\nBudi;S", "\n" * (MOST_TITLES + 1) + HEAD, "a" * 200_000]
)
def test_a_table_without_the_needed_columns_near_its_top_is_refused(text: str) -> None:
    with pytest.raises(NotReadable, match="no head"):
        read(text)


def test_rows_have_the_numbers_of_a_spreadsheet() -> None:
    text = 'Daftar\n\nNama;Tanggal\nA;1\n\n"B\nb";2\nC;3;;x\n'
    assert [(r.number, r["who"], r["what"], r.has_more) for r in rows_of(text, LAYOUT)] == [
        (4, "A", "", False),
        (6, "B b", "", False),
        (7, "C", "", True),
    ]


def test_a_quotation_mark_that_would_swallow_rows_is_refused_with_its_row() -> None:
    for rows, number in (('A;1;S\n"B;2;S\nC;3;S\n', 3), ('A;1;S\n"B";2;S"\n"C"x;3;S\n', 4)):
        with pytest.raises(NotReadable, match=rf"keliru di baris {number}\."):
            read(HEAD + rows)


def test_a_table_has_an_end() -> None:
    assert len(read(HEAD + "A;1;S\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(NotReadable, match=r"lebih dari 2\.000 baris"):
        read(HEAD + "A;1;S\n" * (MOST_ROWS + 1))
    assert rows_of(f"{HEAD}{'x' * 500};1;S", LAYOUT)[0]["who"] == "x" * LONGEST_CELL


@given(st.text(alphabet='NamaTgl;,\t\n\r"=\0 1/é', max_size=80))
@example('Nama,Tanggal\n"')
def test_any_text_is_read_or_refused(text: str) -> None:
    for table in (text, HEAD + text):
        try:
            found = rows_of(table, LAYOUT)
        except NotReadable:
            continue
        assert all(isinstance(row, Row) for row in found)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(NotReadable):
        assert isinstance(text_of(content), str)


@given(st.lists(st.lists(st.text(max_size=9), min_size=2, max_size=3), max_size=4))
def test_what_is_written_is_read_again_and_starts_no_formula(rows: list[list[str]]) -> None:
    text = written(rows)
    assert text.startswith(MARK)
    cells = list(csv.reader(StringIO(text.removeprefix(MARK), newline=""), delimiter=";"))
    assert cells == [[safe(cell) for cell in row] for row in rows]
    assert not [c for row in cells for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_words_are_compared_without_signs_and_capitals() -> None:
    assert folded(" Tgl. Absen ") == folded("tgl_absen") == "tglabsen"

"""Workbooks are read as rows of text; what is none, or would fill the memory, is refused."""

import resource
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from school.sheets.cells import LONGEST_CELL, cleaned, text_of, unforced, without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.heads import Layout
from school.sheets.limits import MOST_ROWS
from school.sheets.reading import grids_of
from school.sheets.table import Row, table_in
from school.tests.import_files import book

pytestmark = pytest.mark.sqlite

PEOPLE = Layout(
    names={
        "name": ("nama", "namasiswa"),
        "nis": ("nis", "nipd"),
        "village": ("kelurahan", "desa"),
        "phone": ("hp", "nohp"),
        "father": ("ayah/nama", "namaayah"),
        "mother": ("ibu/nama", "namaibu"),
    },
    needed=(("name",), ("nis",)),
    otherwise="no head",
)


def read(content: bytes, layout: Layout = PEOPLE) -> list[Row]:
    table = table_in(grids_of(content), [layout])
    assert table, "no head"
    return table.rows(0, most=MOST_ROWS)


def cells(content: bytes) -> list[dict[str, str]]:
    return [{name: text for name, text in row.cells.items() if text} for row in read(content)]


BUDI = {"name": "Budi", "nis": "20601"}


@pytest.mark.parametrize(
    "rows",
    [
        [["NIS", "Nama"], ["20601", "Budi"]],
        [["Nama", "No", "NIPD"], ["Budi", 1, 20601]],
        [["NAMA SISWA ", "nis."], [" Budi\u00a0", 20601.0]],
        [["DAFTAR SISWA"], ["SMA Contoh"], [], ["Nama", "NIS"], [], ["Budi", "'20601"], []],
        [["Nama\nSiswa", "N I S"], ["Bu\u200bdi", "20601 "]],
        [["No", "Nama", "NIS"], [1, 2, 3], [1, "Budi", "20601"]],
        [["No", "Nama", "NIS"], ["(1)", "(2)", "(3)"], [1, "Budi", "20601"]],
        [["Nama", "NIS"], ["Budi", "20601"], [], ["Nama", "NIS"]],
        [["Nama (lengkap)", "NIS (NIPD)*"], ["Budi", "20601"]],
        [
            ["No", "Nomor Induk", None, "Nama"],
            [None, "NIS", "NISN", None],
            [1, 20601, "0051", "Budi"],
        ],
    ],
)
def test_a_table_is_read_wherever_its_head_stands(rows: list[list[Any]]) -> None:
    assert cells(book(rows)) == [BUDI]


def test_names_below_a_group_belong_to_it() -> None:
    head = ["No", "Nama", "NIPD", "Keluarahan", "Data Ayah", None, "Data Ibu", None, "HP"]
    below = [None, None, None, None, "Nama", "NIK", "Nama", "NIK", None]
    budi = [1, "Budi", "20601", "Muntung", "Slamet", "9", "Siti", "9", "0812"]
    everything = {
        **BUDI,
        "village": "Muntung",
        "father": "Slamet",
        "mother": "Siti",
        "phone": "0812",
    }
    assert cells(book([["Daftar"], head, below, budi])) == [everything]
    above = ["No", "Identitas", None, None, "Orang Tua: Ayah", None, "Ibu", None, None]
    single = ["No", "Nama", "NIPD", "Kelurahan", "Nama", "NIK", "Nama", "NIK", "HP Siswa"]
    assert cells(book([["Daftar"], above, single, budi])) == [
        {name: text for name, text in everything.items() if name != "phone"}
    ]


def test_a_parents_number_is_not_taken_for_the_students() -> None:
    head = ["Nama", "NIS", "Data Ayah", None]
    assert cells(book([head, [None, None, "Nama", "HP"], ["Budi", "20601", "Slamet", "0812"]])) == [
        {**BUDI, "father": "Slamet"}
    ]


def test_columns_that_nobody_asked_for_are_not_read() -> None:
    secret = "3323884092466854"
    head = ["Nama", "NIS", "NIK", "No KK", "Rekening", "Nomor KIP", "Bank"]
    rows = read(book([head, ["Budi", "20601", *[secret] * 5]]))
    assert secret not in repr(rows)


def test_a_number_of_16_digits_is_read_in_no_column() -> None:
    (row,) = read(
        book([["Nama", "NIS", "HP"], ["3323 8840 9246 6854", "20601", "3323884092466854"]])
    )
    assert (row["name"], row["phone"], row.hidden) == ("", "", ("name", "phone"))
    assert without_private_numbers("198609262015051001") == "198609262015051001"
    assert without_private_numbers("0051234567") == "0051234567"


@pytest.mark.parametrize(
    "text",
    [
        "Jl. Melati 5 3323010101010001",
        "3323010101010001 081234567890",
        "081234567890 3323010101010001",
        "081234567 3323 0101 0101 0001",
        "3323_0101_0101_0001",
        "3323 0812 0101 0001",
        "3323 - 0101 - 0101 - 0001",
        "332301, 010101, 0001",
        "3323010101010001 3323010101010002",
        "5 3323.0101.0101.0001 7",
        "1.3323010101010001",
        "NIK3323010101010001",
        "3.32301010101000E+15",
        "3,3E+15",
    ],
)
def test_a_number_of_16_digits_is_found_beside_others(text: str) -> None:
    assert without_private_numbers(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7890/0857-1234-5678",
        "0812 3456 7890 0857 1234 5678",
        "081234567890/0294",
        "+62 812 3456 7890, 0298-591234",
        "12/07/2021 16/07/2021",
        "12-07-2021 - 16-07-2021",
        "2021-07-12 2021-07-16",
        "-7.248407148451798",
        "110,0800994596245",
        "1.98609262015051E+17",
        "5.1234567E+07",
    ],
)
def test_phones_days_and_degrees_are_no_private_number(text: str) -> None:
    assert without_private_numbers(text) == text


def test_a_private_number_that_a_spreadsheet_has_shortened_is_not_read() -> None:
    (row,) = read(book([["Nama", "NIS", "HP"], ["Budi", "20601", 3323010101010001]]))
    assert (row["phone"], row.hidden) == ("", ("phone",))


def test_rows_have_the_numbers_of_the_spreadsheet() -> None:
    def far_down(made: Workbook) -> None:
        made.worksheets[0]["A40"], made.worksheets[0]["B40"] = "Wati", "20602"

    rows = read(book([["x"], ["Nama", "NIS"], [], ["Budi", "20601"]], change=far_down))
    assert [(row.number, row["name"]) for row in rows] == [(4, "Budi"), (40, "Wati")]


def test_the_first_sheet_that_fits_is_read_and_a_hidden_one_is_not() -> None:
    def hide(made: Workbook) -> None:
        made.worksheets[0].sheet_state = "hidden"

    hidden, other, fits = (
        [["Nama", "NIS"], ["Rahasia", "1"]],
        [["Petunjuk"]],
        [["NIS", "Nama"], ["20601", "Budi"]],
    )
    assert cells(book(hidden, other, fits, change=hide)) == [BUDI]
    assert not table_in(grids_of(book(other)), [PEOPLE])


def test_merged_cells_are_read_as_their_first() -> None:
    def merge(made: Workbook) -> None:
        made.worksheets[0].merge_cells("B2:B3")

    rows = [["Nama", "NIS"], ["Budi", "20601"], ["Wati", None]]
    assert cells(book(rows, change=merge)) == [BUDI, {"name": "Wati"}]


def test_formulas_are_never_worked_out() -> None:
    assert cells(book([["Nama", "NIS"], ["=1+1", "20601"], ['=HYPERLINK("http://x")', None]])) == [
        {"nis": "20601"},
        {},
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Budi \u00a0 Santoso\r\n", "Budi Santoso"),
        (1234.0, "1234"),
        (51234567, "51234567"),
        (-7.248407148451798, "-7.2484071484518"),
        (198609262015051001, "1.98609262015051E+17"),
        (10**400, ""),
        (float("nan"), ""),
        (True, "TRUE"),
        (datetime(2004, 3, 5), "2004-03-05"),  # noqa: DTZ001
        (datetime(2004, 3, 5, 7, 30), "2004-03-05 07:30"),  # noqa: DTZ001
        (date(2004, 3, 5), "2004-03-05"),
        ("#N/A", ""),
        ("'0051234567", "0051234567"),
        ('="0051234567"', "0051234567"),
        ("'Aisyah", "'Aisyah"),
        ("a\0b", "ab"),
        ("x" * 999, "x" * LONGEST_CELL),
    ],
)
def test_a_cell_is_read_as_people_see_it(value: object, text: str) -> None:
    assert text_of(value) == text


@given(st.text(max_size=60))
def test_a_cleaned_text_is_clean(text: str) -> None:
    assert unforced(cleaned(cleaned(text))) == unforced(cleaned(text))
    assert "\0" not in cleaned(text)


XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(**parts: str | bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stream.getvalue()


def with_part(name: str, text: str | bytes) -> bytes:
    """Return a workbook in which one part is another one."""
    stream, whole = BytesIO(), ZipFile(BytesIO(book([["Nama", "NIS"], ["Budi", "20601"]])))
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for part in whole.namelist():
            made.writestr(part, text if part == name else whole.read(part))
        if name not in whole.namelist():
            made.writestr(name, text)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD_XML = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL_XML = "</sheetData></worksheet>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "1234567890">]>'
MIB = 2**20


def ods() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return stream.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "xls": (XLS, "file Excel lama"),
    "with a password": (XLS + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
    "ods": (ods(), "format lain"),
    "docx": (zipped(word__document_dot_xml="<x/>"), "bukan tabel"),
    "xlsb": (zipped(xl__workbook_dot_bin="x"), "format lain"),
    "strict": (
        with_part("xl/workbook.xml", "<workbook xmlns='http://purl.oclc.org/ooxml/x'/>"),
        "format lain",
    ),
    "pdf": (b"%PDF-1.7\n" + bytes(90), "Ini file PDF"),
    "pdf behind a mark": (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "Ini file PDF"),
    "web page": (b"\xef\xbb\xbf <HTML><table>", "halaman web"),
    "spreadsheet of 2003": (b'<?xml version="1.0"?><Workbook>', "halaman web"),
    "photo": (b"\xff\xd8\xff\xe0", "bukan tabel"),
    "empty": (b" \r\n", "kosong"),
    "cut off": (book([["Nama", "NIS"]])[:900], "tidak dapat dibaca"),
    "no zip": (b"PK\x03\x04" + bytes(40), "tidak dapat dibaca"),
    "entities": (with_part(SHEET, ENTITIES + HEAD_XML + TAIL_XML), "tidak dapat dibaca"),
    "entities elsewhere": (with_part("xl/workbook.xml", ENTITIES + "<x/>"), "tidak dapat dibaca"),
    "no sheet": (with_part(SHEET, "<worksheet"), "tidak dapat dibaca"),
    "rows out of order": (
        with_part(SHEET, f'{HEAD_XML}<row r="2"/><row r="1"/>{TAIL_XML}'),
        "tidak dapat dibaca",
    ),
    "a row far down": (
        with_part(SHEET, f'{HEAD_XML}<row r="999999999"><c><v>1</v></c></row>{TAIL_XML}'),
        "tidak dapat dibaca",
    ),
    "a text without an index": (
        with_part(SHEET, f'{HEAD_XML}<row r="1"><c t="s"><v>99999</v></c></row>{TAIL_XML}'),
        "tidak dapat dibaca",
    ),
}
BOMBS: dict[str, Callable[[], bytes]] = {
    "bytes": lambda: with_part("xl/sharedStrings.xml", b" " * 300 * MIB),
    "cells of one row": lambda: with_part(
        SHEET, f"{HEAD_XML}<row r='1'>{'<c><v>1</v></c>' * 3_000_000}</row>{TAIL_XML}"
    ),
    "strings": lambda: with_part("xl/sharedStrings.xml", f"<sst>{'<si/>' * 4_000_000}</sst>"),
    "one string": lambda: with_part("xl/sharedStrings.xml", f"<sst><si><t>{'é' * 8 * MIB}"),
    "one attribute": lambda: with_part(SHEET, f'<worksheet a="{"x" * 60 * MIB}"/>'),
    "rows": lambda: with_part(
        SHEET, f"{HEAD_XML}{'<row><c><v>1</v></c></row>' * 50_000}{TAIL_XML}"
    ),
    "styles": lambda: with_part("xl/styles.xml", f"<styleSheet>{'<a/>' * 900_000}</styleSheet>"),
    "parts": lambda: zipped(**{f"x{n}": "" for n in range(3000)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_workbook_is_refused_with_the_way_out(name: str) -> None:
    content, said = HOSTILE[name]
    with pytest.raises(NotReadable, match=said):
        read(content)


def test_a_line_of_separators_alone_takes_no_time() -> None:
    assert not table_in(grids_of(b";" * 3_000_000), [PEOPLE])


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    content = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(NotReadable, match=r"lebih banyak daripada|tidak dapat dibaca"):
        read(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


@given(st.binary(max_size=200), st.integers(0, 4000))
def test_any_change_of_a_workbook_is_read_or_refused(noise: bytes, at: int) -> None:
    content = bytearray(SMALL)
    content[at : at + len(noise)] = noise
    try:
        table = table_in(grids_of(bytes(content)), [PEOPLE])
        assert table is None or isinstance(table.rows(0), list)
    except NotReadable:
        pass


SMALL = book([["Nama", "NIS"], ["Budi", "20601"]])


def test_the_library_reads_xml_without_entities() -> None:
    assert openpyxl.DEFUSEDXML is True

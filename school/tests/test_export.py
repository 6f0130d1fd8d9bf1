"""Files for spreadsheets: typed cells, and texts that stay texts."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from school.sheets.export import Column, Kind, Table, clean, comma_separated, workbook

pytestmark = pytest.mark.once

COLUMNS = [
    Column("Kelas"),
    Column("Siswa", Kind.COUNT, over="Ganjil"),
    Column("Persen", Kind.PERCENT, over="Ganjil"),
    Column("Sejak", Kind.DAY),
]
ROWS = [["X", 271, Decimal("13.65"), date(2020, 9, 7)], ["=1+1", 0, None, None]]


def test_a_workbook_has_typed_cells_merged_heads_and_a_sheet_that_says_what_it_shows() -> None:
    book = load_workbook(BytesIO(workbook([Table("A/B", COLUMNS, ROWS, 1)], [("Isi", "=Tabel")])))
    sheet, about = book.worksheets
    assert sheet.title == "A B"
    assert [[cell.value for cell in row] for row in sheet] == [
        [None, "Ganjil", None, None],
        ["Kelas", "Siswa", "Persen", "Sejak"],
        ["X", 271, 13.65, sheet["D3"].value],
        ["=1+1", 0, None, None],
    ]
    assert sheet["D3"].value.date() == date(2020, 9, 7)
    assert [str(one) for one in sheet.merged_cells.ranges] == ["B1:C1"]
    assert sheet.freeze_panes == "B3"
    assert sheet["A4"].data_type == "s"
    assert sheet["C3"].number_format == "0.00"
    assert sheet["A4"].font.b
    assert not sheet["A3"].font.b
    assert [[cell.value for cell in row] for row in about] == [["Isi", "=Tabel"]]


def test_who_waits_for_a_workbook_is_told_how_many_rows_of_all_sheets_are_written() -> None:
    told: list[tuple[int, int]] = []
    tables = [Table("Siswa", COLUMNS[:1], [["X"]] * rows) for rows in (300, 101)]
    workbook(tables, [], lambda done, everything: told.append((done, everything)))
    assert told == [(200, 401), (400, 401)]


def test_two_sheets_of_one_name_get_different_titles() -> None:
    table = Table("Kasus", COLUMNS[:1], [])
    book = load_workbook(BytesIO(workbook([table, table], [])))
    assert book.sheetnames[:2] == ["Kasus", "Kasus 2"]


def test_csv_has_each_table_under_its_title_in_the_signs_of_the_language() -> None:
    text = comma_separated([Table("Tabel", COLUMNS, ROWS)], [("Isi", "Tabel")])
    assert text.removeprefix("\ufeff").splitlines() == [
        "Tabel",
        ";Ganjil;Ganjil;",
        "Kelas;Siswa;Persen;Sejak",
        "X;271;13,65;07/09/2020",
        "'=1+1;0;;",
        "",
        "Isi;Tabel",
    ]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_no_text_becomes_a_formula_and_none_is_lost(texts: list[str]) -> None:
    table = Table("Teks", [Column("Teks")], [[text] for text in texts])
    sheet = load_workbook(BytesIO(workbook([table], []))).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2, max_row=len(texts) + 1)]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    written = [clean(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [(cell.value or "").replace("\r", "\n") for cell in cells] == written

"""A workbook names its parts as it likes; none is read that was not looked at before."""

import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from school.sheets.errors import NotReadable
from school.sheets.reading import grids_of
from school.tests.import_files import book

pytestmark = pytest.mark.sqlite
MOST_SECONDS = 2
PLAIN = [["Nama", "NIS"], ["Budi", "20601"]]
SHEET = "worksheets/sheet1.xml"
TYPE_OF_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
ROW = "<row>" + "<c><v>1</v></c>" * 200 + "</row>"
MANY_ROWS = f"<worksheet><sheetData>{ROW * 50_000}</sheetData></worksheet>"
MANY_STRINGS = f"<sst>{'<si><t>x</t></si>' * 900_000}</sst>"


def changed(old: str, new: str, **parts: str) -> bytes:
    """Return a workbook that says `new` for `old` wherever it names its parts, with more parts."""
    whole, stream = ZipFile(BytesIO(book(PLAIN))), BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name).replace(old.encode(), new.encode()))
        for name, text in parts.items():
            made.writestr(f"xl/{name}", text)
    return stream.getvalue()


def with_sheet(name: str, text: str) -> bytes:
    return changed(SHEET, name, **{name: text})


def with_strings(name: str, text: str) -> bytes:
    listed = f'<Override PartName="/xl/{name}" ContentType="{TYPE_OF_STRINGS}"/></Types>'
    return changed("</Types>", listed, **{name: text})


def rows_of(content: bytes) -> list[list[str]]:
    return [texts for grid in grids_of(content) for _number, texts in grid.lines()]


def test_parts_of_other_names_are_read() -> None:
    plain = ZipFile(BytesIO(book(PLAIN))).read(f"xl/{SHEET}").decode()
    assert rows_of(with_sheet("worksheets/Kelas X.xml", plain)) == PLAIN
    assert rows_of(with_strings("strings.xml", "<sst/>")) == PLAIN


@pytest.mark.parametrize(
    "content",
    [
        lambda: with_sheet("worksheets/sheet1.bin", MANY_ROWS),
        lambda: with_sheet("worksheets/SHEET1.XML", MANY_ROWS),
        lambda: with_sheet("worksheets/sheet1.rels", MANY_ROWS),
        lambda: with_sheet("sheet1", MANY_ROWS),
        lambda: with_strings("sharedStrings.dat", MANY_STRINGS),
        lambda: with_strings("sharedStrings.rels", MANY_STRINGS),
    ],
)
def test_a_bomb_under_another_name_takes_no_time(content: Callable[[], bytes]) -> None:
    sent = content()
    began = time.process_time()
    with pytest.raises(NotReadable):
        rows_of(sent)
    assert time.process_time() - began < MOST_SECONDS

"""The sheets of an .xlsx, row by row, as text. A formula counts by its last result; none runs."""

import warnings
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import islice, repeat, zip_longest
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from school.sheets.cells import NO_RESULT, text_of, without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid, Lines
from school.sheets.kinds import IS_ARCHIVE, IS_NO_TABLE, OTHER_BOOK
from school.sheets.limits import MOST_COLUMNS, broken, in_words, is_looked_at, sheets_in

BOOK = "xl/workbook.xml"
STRICT = b"purl.oclc.org/ooxml"
"""How "Strict Open XML" names its parts."""
FIRST = 4096
TABLES = (".xlsx", ".xls", ".csv", ".ods")

# It warns of what it leaves out, and quotes cells in doing so; nothing of a file belongs in a log.
warnings.filterwarnings("ignore", module=r"openpyxl\.")


def sheets_of(content: bytes) -> list[Grid]:
    """Return the sheets of a workbook that have something in them, without the hidden ones.

    Raises NotReadable.
    """
    with in_words():
        seen = sheets_in(content)
        _of_this_kind(content)
        sheets = _worksheets(content, data_only=True)
        if not sheets:
            raise broken()
        has_formulas = any(one.has_formulas for one in seen.values())
        formulas = _worksheets(content, data_only=False) if has_formulas else {}
        return [
            Grid(
                without_private_numbers(sheet.title) or "?",
                partial(_lines, sheet, formulas.get(path), seen[path].last_row),
            )
            for path, sheet in sheets.items()
            if sheet.sheet_state == "visible" and path in seen and seen[path].last_row
        ]


def _worksheets(content: bytes, *, data_only: bool) -> dict[str, ReadOnlyWorksheet]:
    """Return path → sheet; with formulas or, `data_only`, with their results."""
    reader = ExcelReader(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    _keep_to_looked_at(reader.archive)
    reader.read()
    sheets = [sheet for sheet in reader.wb.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
    return {sheet._worksheet_path.lstrip("/"): sheet for sheet in sheets}


def _keep_to_looked_at(archive: ZipFile) -> None:
    """Let the library open no part that was not looked at, whatever the workbook calls its sheets.

    It would read the whole of a part only to find out how large it is.
    """
    for name in [name for name in archive.NameToInfo if not is_looked_at(name)]:
        del archive.NameToInfo[name]


def _of_this_kind(content: bytes) -> None:
    """Raise NotReadable for a workbook that the library reads as an empty one, or not at all."""
    with ZipFile(BytesIO(content)) as book:
        names = set(book.namelist())
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise NotReadable(OTHER_BOOK)
        if not any(name.startswith("xl/") for name in names):
            is_archive = any(name.lower().endswith(TABLES) for name in names)
            raise NotReadable(IS_ARCHIVE if is_archive else IS_NO_TABLE)
        if BOOK in names:
            with book.open(BOOK) as part:
                if STRICT in part.read(FIRST):
                    raise NotReadable(OTHER_BOOK)


def _lines(sheet: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet | None, last: int) -> Lines:
    """Yield number and texts of each row; a gap between rows is a row without anything."""
    with in_words():
        written = _rows(formulas, last) if formulas else repeat(())
        rows = zip(_rows(sheet, last), written, strict=False)
        for number, (row, of_row) in enumerate(rows, start=1):
            yield number, _texts(_with_formulas(row, of_row))


def _rows(sheet: ReadOnlyWorksheet, last: int) -> Iterator[tuple[object, ...]]:
    # What a file says of its size is often wrong.
    sheet.reset_dimensions()
    return islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), last)


def _with_formulas(row: tuple[object, ...], written: tuple[object, ...]) -> tuple[object, ...]:
    """Return the values of a row; a formula without a result is marked as such."""
    pairs = zip_longest(row, written)
    return tuple(NO_RESULT if one is None and two is not None else one for one, two in pairs)


def _texts(row: tuple[object, ...]) -> list[str]:
    width = next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
    return [NO_RESULT if value == NO_RESULT else text_of(value) for value in row[:width]]

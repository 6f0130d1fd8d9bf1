"""The sheets of an .xlsx, row by row, as text. A formula counts by its last result; none runs."""

import warnings
from functools import partial
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from school.sheets.cells import text_of, without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid, Lines
from school.sheets.kinds import OTHER_BOOK
from school.sheets.limits import MOST_COLUMNS, broken, in_words, last_rows

BOOK = "xl/workbook.xml"
STRICT = b"purl.oclc.org/ooxml"
"""How "Strict Open XML" names its parts."""
FIRST = 4096

# It warns of what it leaves out, and quotes cells in doing so; nothing of a file belongs in a log.
warnings.filterwarnings("ignore", module=r"openpyxl\.")


def sheets_of(content: bytes) -> list[Grid]:
    """Return the sheets of a workbook that have something in them, without the hidden ones.

    Raises NotReadable.
    """
    with in_words():
        ends = last_rows(content)
        _of_this_kind(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        if not sheets:
            raise broken()
        return [
            Grid(without_private_numbers(sheet.title) or "?", partial(_lines, sheet, last))
            for sheet in sheets
            if sheet.sheet_state == "visible"
            and (last := ends.get(sheet._worksheet_path.lstrip("/"), 0))
        ]


def _of_this_kind(content: bytes) -> None:
    """Raise NotReadable for a workbook that the library reads as an empty one, or not at all."""
    with ZipFile(BytesIO(content)) as book:
        names = set(book.namelist())
        if "xl/workbook.bin" in names:
            raise NotReadable(OTHER_BOOK)
        if BOOK in names:
            with book.open(BOOK) as part:
                if STRICT in part.read(FIRST):
                    raise NotReadable(OTHER_BOOK)


def _lines(sheet: ReadOnlyWorksheet, last: int) -> Lines:
    """Yield number and texts of each row; a gap between rows is a row without anything."""
    with in_words():
        # What a file says of its size is often wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(islice(rows, last), start=1):
            yield number, _texts(row)


def _texts(row: tuple[object, ...]) -> list[str]:
    width = next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
    return [text_of(value) for value in row[:width]]

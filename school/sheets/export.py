"""A table for spreadsheets: typed cells in .xlsx, text in CSV, and what it shows and for whom.

A text stays a text, whatever it begins with: no cell can be a formula.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from itertools import count, groupby

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from school import wording
from school.sheets import csv_text

Value = str | int | Decimal | date | datetime | None
About = Sequence[tuple[str, str]]
"""What is said of a file, in lines of two cells: what it shows, its filter, who made it, when."""
Tell = Callable[[int, int], None]
"""Told how many rows are written, of how many."""
TOLD_EACH = 200
NARROWEST, WIDEST = 8, 60
LONGEST_TITLE = 31
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Kind(Enum):
    """What a column holds, with its number format in a workbook."""

    TEXT = "@"
    COUNT = "0"
    PERCENT = "0.00"
    DAYS = "General"
    """As many decimals as there are: of 0.# a spreadsheet shows 16 as "16."."""
    DAY = "dd/mm/yyyy"
    MOMENT = "dd/mm/yyyy hh:mm"


@dataclass(frozen=True)
class Column:
    head: str
    kind: Kind = Kind.TEXT
    over: str = ""
    """The head over it, which it shares with its neighbours."""


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook: columns, rows, and how many of the last rows are totals."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    totals: int = 0

    @property
    def heads(self) -> list[list[str]]:
        """Return the rows of heads: one, or two if a head stands over several columns."""
        heads = [column.head for column in self.columns]
        over = [column.over for column in self.columns]
        return [over, heads] if any(over) else [heads]


def untold(_done: int, _everything: int) -> None:
    """Tell nobody."""


def workbook(tables: Sequence[Table], about: About, tell: Tell = untold) -> bytes:
    """Return an .xlsx file: a sheet for each table, and one that says what they show."""
    book = Workbook(write_only=True)
    titles: set[str] = set()
    rows = [[list(row) for row in table.rows] for table in tables]
    written = _told(tell, sum(map(len, rows)))
    for table, of_table in zip(tables, rows, strict=True):
        _sheet(book, table, of_table, titles, written)
    _about(book, about, titles)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _told(tell: Tell, everything: int) -> Callable[[], None]:
    """Return what counts a row that is written, and tells of every so many."""
    numbers = count(1)

    def written() -> None:
        done = next(numbers)
        if done % TOLD_EACH == 0 and done < everything:
            tell(done, everything)

    return written


def _sheet(
    book: Workbook,
    table: Table,
    rows: list[list[Value]],
    titles: set[str],
    written: Callable[[], None],
) -> None:
    sheet, heads = book.create_sheet(_title(table.title, titles)), table.heads
    sheet.freeze_panes = f"B{len(heads) + 1}"
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _width(column, [row[number - 1] for row in rows])
    if len(heads) > 1:
        _merge(sheet, heads[0])
    for line in heads:
        sheet.append([_cell(sheet, head, Kind.TEXT, is_bold=True) for head in line])
    cells = _Cells(sheet, table.columns)
    for at, row in enumerate(rows):
        sheet.append(cells.holding(row, is_bold=at >= len(rows) - table.totals))
        written()


def _merge(sheet: WriteOnlyWorksheet, over: Sequence[str]) -> None:
    """Merge the cells of each head that stands over several columns."""
    at = 1
    for head, cells in groupby(over):
        long = len(list(cells))
        if head and long > 1:
            first, last = get_column_letter(at), get_column_letter(at + long - 1)
            sheet.merged_cells.add(f"{first}1:{last}1")
        at += long


def _about(book: Workbook, about: About, titles: set[str]) -> None:
    sheet = book.create_sheet(_title(_("About this file"), titles))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, WIDEST
    for name, said in about:
        named = _cell(sheet, name, Kind.TEXT, is_bold=True)
        sheet.append([named, _cell(sheet, said, Kind.TEXT)])


def _title(wanted: str, titles: set[str]) -> str:
    """Return a title that a sheet can have and that no other sheet of the workbook has."""
    plain = " ".join(clean(wanted).translate(NOT_IN_A_TITLE).split())[:LONGEST_TITLE] or "-"
    title, number = plain, 2
    while title.casefold() in titles:
        title = f"{plain[: LONGEST_TITLE - 4]} {number}"
        number += 1
    titles.add(title.casefold())
    return title


class _Cells:
    """The cells of a sheet, used again by each row, which the sheet writes at once.

    New ones for each row would take half as long again.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
        self.sheet, self.columns = sheet, columns
        self.known: dict[tuple[int, bool, bool], Cell] = {}

    def holding(self, values: Sequence[Value], *, is_bold: bool) -> list[Cell | None]:
        """Return the cells with the values of a row, None for an empty one."""
        pairs = enumerate(zip(self.columns, values, strict=True))
        return [
            None if value in (None, "") else self._cell(at, column.kind, value, is_bold)
            for at, (column, value) in pairs
        ]

    def _cell(self, at: int, kind: Kind, value: Value, is_bold: bool) -> Cell:
        key = at, isinstance(value, str), is_bold
        if known := self.known.get(key):
            return _filled(known, value)
        self.known[key] = made = _cell(self.sheet, value, kind, is_bold=is_bold)
        return made


def _cell(sheet: WriteOnlyWorksheet, value: Value, kind: Kind, *, is_bold: bool = False) -> Cell:
    """Return a cell of its type."""
    cell = _filled(WriteOnlyCell(sheet), value)
    cell.number_format = Kind.TEXT.value if isinstance(value, str) else kind.value
    if is_bold:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    return cell


def _filled(cell: Cell, value: Value) -> Cell:
    """Return the cell with a value in it; a text is never taken for a formula."""
    cell.value = _typed(value)
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell


def _typed(value: Value) -> object:
    if isinstance(value, datetime):
        return wording.local(value).replace(tzinfo=None)  # type: ignore[call-arg]
    if isinstance(value, str):
        return clean(value) or None
    return value


def clean(text: str) -> str:
    """Return the text without the signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _width(column: Column, values: Sequence[Value]) -> int:
    longest = max([len(column.head), *(len(said(value, column.kind)) for value in values)])
    return min(WIDEST, max(NARROWEST, longest + 2))


def comma_separated(tables: Sequence[Table], about: About, _tell: Tell = untold) -> str:
    """Return a CSV file as Excel in Indonesia opens it: each table with its title, then `about`.

    It takes a tenth of a workbook's time, so it tells nobody.
    """
    rows: list[list[str]] = []
    for table in tables:
        rows += [[table.title], *table.heads]
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            rows.append([said(value, column.kind) for column, value in cells])
        rows.append([])
    return csv_text.written([*rows, *(list(line) for line in about)])


def said(value: Value, kind: Kind) -> str:
    """Return a value in words of the language: "13,65", "07/09/2020"; "" for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{wording.formatted(value, 'd/m/Y')} {wording.clock_time(value)}"
    if isinstance(value, date):
        return wording.formatted(value, "d/m/Y")
    if isinstance(value, Decimal):
        places = 2 if kind is Kind.PERCENT else int(value != int(value))
        return wording.figure(value, places)
    return str(value)

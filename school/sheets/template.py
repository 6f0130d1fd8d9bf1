"""A workbook to fill in: a head, rows that are there already, and lists to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

TEXT = "@"
"""The format that keeps a spreadsheet from making numbers or dates of what one types."""
EMPTY_ROWS = 500
"""Rows below those that are filled, prepared as text and with lists."""
WIDEST = 40


@dataclass(frozen=True)
class Column:
    name: str
    choices: Sequence[str] = ()
    note: str = ""
    """How it is filled in."""


@dataclass(frozen=True)
class Template:
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]] = ()


def book_of(template: Template) -> bytes:
    """Return the workbook: the table, how to fill it in, and the hidden lists."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(template.title[:31])
    sheet.freeze_panes = "A2"
    length = len(template.rows) + EMPTY_ROWS
    lists = [column.choices for column in template.columns if column.choices]
    for number, column in enumerate(template.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(template, number - 1)
        if column.choices:
            place = lists.index(column.choices)
            sheet.data_validations.append(_list(number, place, column, length))
    sheet.append([_cell(sheet, column.name, is_head=True) for column in template.columns])
    empty = [""] * len(template.columns)
    for row in [*template.rows, *[empty] * EMPTY_ROWS]:
        sheet.append([_cell(sheet, text) for text in row])
    _notes(book, template.columns)
    _lists(book, lists)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: object, text: str, *, is_head: bool = False) -> Cell:
    """Return a cell that is text, whatever it begins with; no formula."""
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"
    cell.number_format = TEXT
    if is_head:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    return cell


def _width(template: Template, at: int) -> int:
    texts = [template.columns[at].name, *(row[at] for row in template.rows)]
    return min(WIDEST, max(map(len, texts)) + 3)


def _list(number: int, place: int, column: Column, length: int) -> DataValidation:
    letter = get_column_letter(place + 1)
    known = DataValidation(
        type="list",
        formula1=f"'{_title_of_lists()}'!${letter}$1:${letter}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=False,
    )
    at = get_column_letter(number)
    known.add(f"{at}2:{at}{length + 1}")
    return known


def _notes(book: Workbook, columns: Sequence[Column]) -> None:
    sheet = book.create_sheet(_("How to"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80
    for column in columns:
        sheet.append([_cell(sheet, column.name, is_head=True), _cell(sheet, column.note)])


def _lists(book: Workbook, lists: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet(_title_of_lists())
    sheet.sheet_state = "hidden"
    for at in range(max(map(len, lists), default=0)):
        sheet.append([_cell(sheet, one[at] if at < len(one) else "") for one in lists])


def _title_of_lists() -> str:
    return _("Lists")

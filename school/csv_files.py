"""Tables as CSV files: read what a spreadsheet or another program has written, write what it reads.

Spreadsheets write UTF-8 with a mark before it, UTF-16 or cp1252, and a semicolon where the comma is
the decimal sign. Columns are found by the names in the head, in any order; titles may stand above.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext_lazy as _

from workflow.errors import Text, WorkflowError

LONGEST_FILE = 256 * 1024
"""Bytes."""
MOST_ROWS = 2000
LONGEST_CELL = 120
"""Characters; what follows is not read."""
MOST_TITLES = 10
"""Rows above the head: a title, the school, the class."""
SEPARATORS = (";", ",", "\t")
MARK = "\ufeff"
"""Excel takes a file for UTF-8 if it begins with this."""
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of a spreadsheet itself begin: .xlsx and .ods, .xls."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotReadable(WorkflowError):
    """No table can be read from the file; the message says what to do."""


@dataclass(frozen=True)
class Layout:
    """What is read from a table."""

    names: Mapping[str, Sequence[str]]
    """Column → the names that its head may have, the best first, as `folded`."""
    needed: Sequence[Sequence[str]]
    """Of each group of columns there is one."""
    otherwise: Text
    """What to say of a table without them."""


@dataclass(frozen=True)
class Row:
    """A row below the head; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: dict[str, str]
    has_more: bool
    """Whether something stands to the right of the head's last column."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def text_of(content: bytes) -> str:
    """Return the text of a file. Raises NotReadable for what is no text."""
    if content.startswith(BOOKS):
        raise NotReadable(
            _("This is a workbook. Open it, choose Save as, then CSV, and choose that file here.")
        )
    marked = next((code for mark, code in MARKS.items() if content.startswith(mark)), "utf-8")
    for code in (marked, "cp1252"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotReadable(_("This is no CSV file. Choose a file whose name ends in .csv."))


def rows_of(text: str, layout: Layout) -> list[Row]:
    """Return the rows below the head, without those that are empty. Raises NotReadable."""
    for separator in SEPARATORS:
        lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        numbered = enumerate(lines, start=1)
        try:
            if head := _head(numbered, layout):
                return _below(head, numbered)
        except csv.Error:
            # Quotation marks that another separator may explain.
            continue
    raise NotReadable(layout.otherwise)


def folded(text: str) -> str:
    """Return small letters and digits alone: "Tgl. Absen" and "tgl absen" are the same."""
    return "".join(filter(str.isalnum, text.casefold()))


def written(rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table as Excel in Indonesia opens it; no cell can start a formula."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=SEPARATORS[0]).writerows(
        [safe(cell) for cell in row] for row in rows
    )
    return MARK + text.getvalue()


def safe(cell: str | int) -> str | int:
    """Return the cell so that a spreadsheet takes it as text, not as a formula."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return "'" + cell
    return cell


@dataclass(frozen=True)
class _Head:
    places: dict[str, int]
    """Column → its place in a row."""
    width: int
    number: int


def _head(numbered: Iterable[tuple[int, list[str]]], layout: Layout) -> _Head | None:
    """Return the first of the topmost rows that names the needed columns."""
    for number, cells in numbered:
        heads = [folded(cell) for cell in cells]
        places = {
            column: next(heads.index(name) for name in names if name in heads)
            for column, names in layout.names.items()
            if set(names) & set(heads)
        }
        if all(set(group) & set(places) for group in layout.needed):
            return _Head(places, len(cells), number)
        if number > MOST_TITLES:
            break
    return None


def _below(head: _Head, numbered: Iterator[tuple[int, list[str]]]) -> list[Row]:
    found: list[Row] = []
    number = head.number
    try:
        for number, line in numbered:
            cells = [cell.strip()[:LONGEST_CELL] for cell in line]
            if not any(cells):
                continue
            if len(found) == MOST_ROWS:
                words = {"rows": MOST_ROWS}
                raise NotReadable(
                    _("The file has more than %(rows)s rows. Split it, and send the parts.") % words
                )
            named = {name: cells[at] for name, at in head.places.items() if at < len(cells)}
            found.append(Row(number, named, any(cells[head.width :])))
    except csv.Error:
        raise NotReadable(
            _("A quotation mark is wrong in row %(row)s. Remove the quotation marks from that row.")
            % {"row": number + 1}
        ) from None
    return found

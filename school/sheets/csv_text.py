"""Tables as CSV files: read what a spreadsheet or another program has written, write what it reads.

Spreadsheets write UTF-8 with a mark before it, UTF-16 or cp1252, and a semicolon where the comma is
the decimal sign.
"""

import codecs
import csv
from collections.abc import Iterable, Sequence
from functools import partial
from io import StringIO

from django.utils.translation import gettext_lazy as _

from school.sheets.cells import cleaned, unforced
from school.sheets.errors import NotReadable, WrongQuotation
from school.sheets.grid import Grid, Lines
from school.sheets.kinds import IS_NO_TABLE, is_workbook
from school.sheets.limits import MOST_COLUMNS

SEPARATORS = (";", ",", "\t", "|")
MARK = "\ufeff"
"""Excel takes a file for UTF-8 if it begins with this."""
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text_of(content: bytes) -> str:
    """Return the text of a file. Raises NotReadable for what is no text."""
    if is_workbook(content):
        raise NotReadable(IS_NO_TABLE)
    for code in (_marked(content), "cp1252"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotReadable(IS_NO_TABLE)


def _marked(content: bytes) -> str:
    """Return the coding that the first bytes show: a mark, or every second one zero."""
    if found := next((code for mark, code in MARKS.items() if content.startswith(mark)), ""):
        return found
    first = content[:8]
    halves = {"utf-16-be": first[::2], "utf-16-le": first[1::2]}
    zeros = bytes(len(first) // 2)
    return next(
        (code for code, half in halves.items() if len(zeros) > 1 and half == zeros), "utf-8"
    )


def grids_of(text: str) -> list[Grid]:
    """Return the text as a table of each separator; which one is meant, its head will show."""
    return [Grid("", partial(_lines, text, separator)) for separator in SEPARATORS]


def _lines(text: str, separator: str) -> Lines:
    number = 0
    try:
        for number, cells in enumerate(_reader(text, separator), start=1):
            yield number, [unforced(cleaned(cell)) for cell in cells[:MOST_COLUMNS]]
    except csv.Error:
        raise WrongQuotation(
            _("A quotation mark is wrong in row %(row)s. Remove the quotation marks from that row.")
            % {"row": number + 1}
        ) from None


def _reader(text: str, separator: str) -> Iterable[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


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

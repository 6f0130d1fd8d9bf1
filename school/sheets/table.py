"""A table: the rows below a head, of which nothing is kept but the columns of its layout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from school.sheets.cells import NO_RESULT, without_private_numbers
from school.sheets.csv_text import grids_of, text_of, written
from school.sheets.errors import NotReadable, WrongQuotation
from school.sheets.grid import Grid, Line, Lines
from school.sheets.heads import Head, Layout, head_in
from school.sheets.kinds import is_workbook
from school.sheets.workbook import sheets_of

MOST_ROWS = 2000
MOST_NAMED = 8
"""Of the rows with a mistake."""


NOT_SAID = {"", NO_RESULT}


@dataclass(frozen=True)
class Row:
    """A row below the head; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: dict[str, str]
    has_more: bool
    """Whether something stands to the right of the head's last column."""
    hidden: tuple[str, ...] = ()
    """Columns with a number of 16 digits, as a NIK has; it was not read."""
    unsolved: tuple[str, ...] = ()
    """Columns with a formula that has no result."""
    begins: str = ""
    """What stands first in the row, in whichever column; not kept."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """The rows of the first sheet that has a head which fits."""

    grid: Grid
    heads: dict[int, Head]
    """Place of a layout → the head as it reads it."""
    lines: Lines

    def rows(self, at: int, most: int = MOST_ROWS) -> list[Row]:
        """Return the rows as the layout of this place reads them. Raises NotReadable."""
        head = self.heads[at]
        found: list[Row] = []
        for number, cells in _below(head, self.lines):
            if len(found) == most:
                words = {"rows": number_format(most, force_grouping=True)}
                raise NotReadable(
                    _("The file has more than %(rows)s rows. Split it, and send the parts.") % words
                )
            found.append(_row(head, number, cells))
        return found


def rows_of(text: str, layout: Layout) -> list[Row]:
    """Return the rows of a CSV file, without those that are empty. Raises NotReadable."""
    if table := table_in(grids_of(text), [layout]):
        return table.rows(0)
    raise NotReadable(layout.otherwise)


def as_csv(content: bytes, layout: Layout) -> str:
    """Return the table of a workbook as CSV with the columns of the layout alone.

    Each row stands in the line of its number. The text of a CSV file is returned as it is. Raises
    NotReadable.
    """
    if not is_workbook(content):
        return text_of(content)
    table = table_in(sheets_of(content), [layout])
    if table is None:
        raise NotReadable(layout.otherwise)
    head = table.heads[0]
    lines = {head.number: [layout.names[name][0] for name in head.places]}
    for row in solved(table.rows(0)):
        # What has no head stays to the right of it.
        lines[row.number] = [*(row[name] for name in head.places), *["?"] * row.has_more]
    return written(lines.get(number, []) for number in range(1, max(lines) + 1))


def solved(rows: list[Row]) -> list[Row]:
    """Return the rows. Raises NotReadable if a formula in them has no result."""
    unsolved = [str(row.number) for row in rows if row.unsolved]
    if unsolved:
        said = _(
            "Row %(rows)s: a cell has a formula without its result. Open the file in Excel and "
            "save it again, or paste the cells as values."
        )
        raise NotReadable(said % {"rows": ", ".join(unsolved[:MOST_NAMED])})
    return rows


def table_in(grids: Sequence[Grid], layouts: Sequence[Layout]) -> Table | None:
    """Return the first table whose head fits one of the layouts; None if there is none."""
    for grid in grids:
        try:
            found = head_in(grid.lines(), layouts)
        except WrongQuotation:
            continue
        if found:
            heads, lines = found
            return Table(grid, heads, lines)
    return None


def _row(head: Head, number: int, cells: Sequence[str]) -> Row:
    found = {name: cells[at] for name, at in head.places.items() if at < len(cells)}
    unsolved = tuple(name for name, text in found.items() if text == NO_RESULT)
    said = {name: "" if name in unsolved else text for name, text in found.items()}
    kept = {name: without_private_numbers(text) for name, text in said.items()}
    hidden = tuple(name for name, text in said.items() if text != kept[name])
    begins = without_private_numbers(next((text for text in cells if text not in NOT_SAID), ""))
    return Row(number, kept, any(cells[head.width :]), hidden, unsolved, begins)


def _below(head: Head, lines: Lines) -> Iterator[Line]:
    """Yield the rows that say something: no empty one, no head repeated, no numbers of columns."""
    is_first = True
    for number, cells in lines:
        said = tuple(filter(None, cells))
        if not said or said in head.texts:
            continue
        if not (is_first and _numbers_columns(said)):
            yield number, cells
        is_first = False


def _numbers_columns(said: Sequence[str]) -> bool:
    """Return whether a row only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    bare = [text.strip("()") for text in said]
    return len(bare) > 2 and bare == [str(n) for n in range(1, len(bare) + 1)]  # noqa: PLR2004

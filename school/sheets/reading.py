"""The tables in a file, whatever wrote it."""

from collections.abc import Iterable

from school.sheets import csv_text, workbook
from school.sheets.cells import LONGEST_CELL
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid
from school.sheets.kinds import is_workbook


def grids_of(content: bytes) -> list[Grid]:
    """Return the sheets of a workbook, or the text of a CSV file. Raises NotReadable."""
    if is_workbook(content):
        return workbook.sheets_of(content)
    return csv_text.grids_of(csv_text.text_of(content))


def apart(grids: Iterable[Grid]) -> list[Grid]:
    """Return tables whose rows stand in the first cell of each row, with their columns apart.

    A spreadsheet makes them of a CSV file that has another separator than it expects.
    """
    return [each for grid in grids for each in csv_text.grids_of(_first_cells(grid))]


def _first_cells(grid: Grid) -> str:
    """Return the first cells as lines; "" for a table with more of them, or with one cut off."""
    lines: list[str] = []
    try:
        for number, cells in grid.lines():
            first, *others = cells or [""]
            if any(others) or len(first) >= LONGEST_CELL:
                return ""
            lines += [""] * (number - 1 - len(lines)) + [first]
    except NotReadable:
        return ""
    return "\n".join(lines)

"""The tables in a file, whatever wrote it."""

from school.sheets import csv_text, workbook
from school.sheets.grid import Grid
from school.sheets.kinds import is_workbook


def grids_of(content: bytes) -> list[Grid]:
    """Return the sheets of a workbook, or the text of a CSV file. Raises NotReadable."""
    if is_workbook(content):
        return workbook.sheets_of(content)
    return csv_text.grids_of(csv_text.text_of(content))

"""Helpers that open the files of reports and lists."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from openpyxl import load_workbook

Rows = list[list[Any]]


def sheets_of(answer: HttpResponse) -> dict[str, Rows]:
    """Return title → rows of a workbook that was sent, each cell as its value."""
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def formulas_in(answer: HttpResponse) -> list[str]:
    """Return the texts of all cells that a spreadsheet would compute."""
    book = load_workbook(BytesIO(answer.content))
    cells = (cell for sheet in book for row in sheet for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


def lines_of(answer: HttpResponse) -> Rows:
    """Return the rows of a CSV file that was sent."""
    text = answer.content.decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]

"""Tables of one class each, which a title above them or the name of their sheet says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from school.grades import grade_of
from school.imports.class_names import key_of
from school.imports.student_rows import CLASS
from school.sheets.grid import Grid, Lines
from school.sheets.heads import Head, Layout, head_in

IN_A_TITLE = re.compile(
    r"(?<!wali )\b(?:kelas|rombel|rombongan belajar)\s*[:=]?\s*"
    r"((?:XIII|XII|XI|X|IX|VIII|VII|1[0-3]|[789])(?=[ .\-\d]|[A-Z]{1,6}[ .\-]?\d|[A-Z]\b).*?)"
    r"(?=\s*(?:$|[,;|(]|\b(?:tahun|thn|semester|tp|t\.p|wali|sem)\b))",
    re.IGNORECASE,
)
LONGEST_TITLE = 4
"""Cells of a title: "Kelas", ":", "X MIPA 1"."""
NEEDED = (CLASS,)


def with_class(grid: Grid, layouts: Sequence[Layout]) -> Grid | None:
    """Return a table with its class in a column of its own; None if it needs none or has none.

    Other titles may stand between the rows: what follows is of that class.
    """
    less = [replace(each, needed=[g for g in each.needed if g != NEEDED]) for each in layouts]
    found = head_in(grid.lines(), less)
    if not found:
        return None
    head = next(iter(found[0].values()))
    titles = (cells for number, cells in grid.lines() if number < head.number)
    named = [name for cells in titles if (name := title_of(cells))]
    name = named[-1] if named else of_sheet(grid)
    if not name or any(CLASS in each.places for each in found[0].values()):
        return None
    return replace(grid, lines=partial(_lines, grid, head, name), of_class=name)


def of_sheet(grid: Grid) -> str:
    """Return the class that is the name of a sheet; "" for another name."""
    return grid.of_class or (grid.name if is_class(grid.name) else "")


def title_of(cells: Iterable[str]) -> str:
    """Return the class that a row above a table names; "" if it names none."""
    said = list(filter(None, cells))
    found = IN_A_TITLE.search(" ".join(said)) if len(said) <= LONGEST_TITLE else None
    return found[1].strip() if found and is_class(found[1]) else ""


def is_class(name: str) -> bool:
    """Return whether a text is the name of a class: a grade, and more behind it."""
    grade = grade_of(name)
    return grade is not None and len(key_of(name)) > len(grade)


def _lines(grid: Grid, head: Head, name: str) -> Lines:
    """Yield the rows with their class behind them, without titles and heads in between."""
    for number, cells in grid.lines():
        said = tuple(filter(None, cells))
        if number < head.number:
            yield number, cells
        elif number == head.number:
            yield number, [*_padded(cells, head), "Kelas"]
        elif title := title_of(cells):
            name = title
        elif said not in head.texts:
            yield number, [*_padded(cells, head), name] if len(said) > 1 else cells


def _padded(cells: Sequence[str], head: Head) -> list[str]:
    return [*cells[: head.width], *[""] * (head.width - len(cells))]

"""Tables with classes or days along their head, turned into a row for each cell that says one.

A head of classes is that of lessons: teacher, subject, and the hours in each class. A head of the
days 1 to 31 is that of a month's attendance; which month it is, a title says.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice

from school.imports.class_titles import is_class
from school.months import month_of
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid, Line, Lines
from school.sheets.limits import MOST_TITLES

FEWEST_CLASSES, FEWEST_DAYS = 2, 15
ROWS_OF_A_HEAD = 3
A_MONTH = re.compile(r"([A-Za-z]{3,})\.?\s+(\d{4})")
NO_LESSON = {"", "-", "–", "0", "."}
"""Cells of classes in which a teacher has no lesson; a tick means one."""
NO_ABSENCE = NO_LESSON | {"•", "v", "√", "✓", "✔", "l", "libur"}
"""Cells of days on which a student was there, or nobody was."""
Said = Callable[[str, str], list[str]]
"""Return what a cell says in the column of a class or a day; [] for nothing."""


def upright(grid: Grid) -> Grid | None:
    """Return such a table with one class, or one day, in each row; None for any other."""
    try:
        top = list(islice(grid.lines(), MOST_TITLES + 1))
    except NotReadable:
        return None
    for at, (_number, cells) in enumerate(top):
        classes = {place: text for place, text in enumerate(cells) if is_class(text)}
        if len(classes) >= FEWEST_CLASSES:
            return _turned(grid, top[: at + 1], classes, ["Kelas"], _class_of)
        numbers = {place: text for place, text in enumerate(cells) if _is_day(text)}
        if len(numbers) >= FEWEST_DAYS and (days := _days(numbers, top[: at + 1], grid)):
            return _turned(grid, top[: at + 1], days, ["Tanggal", "Kehadiran"], _day_and_code)
    return None


def _class_of(name: str, cell: str) -> list[str]:
    return [] if cell.casefold() in NO_LESSON else [name]


def _day_and_code(day: str, cell: str) -> list[str]:
    return [] if cell.casefold() in NO_ABSENCE else [day, cell]


def _is_day(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= 31  # noqa: PLR2004


def _days(numbers: Mapping[int, str], top: list[Line], grid: Grid) -> dict[int, str]:
    """Return the days of the month that a title or the name of the sheet says; {} without one."""
    titles = " ".join(filter(None, [grid.name, *(text for _n, cells in top for text in cells)]))
    months = [(month_of(word), int(year)) for word, year in A_MONTH.findall(titles)]
    month, year = next(((month, year) for month, year in months if month), (0, 0))
    return {
        place: day.isoformat()
        for place, text in numbers.items()
        if (day := _day(year, month, text))
    }


def _day(year: int, month: int, text: str) -> date | None:
    try:
        return date(year, month, int(text))
    except ValueError:
        return None


def _turned(
    grid: Grid,
    top: list[Line],
    wide: Mapping[int, str],
    names: list[str],
    said: Said,
) -> Grid:
    plain = _names(top[-ROWS_OF_A_HEAD:], wide)
    head = top[-1][0], [*plain, *names]
    return replace(grid, lines=partial(_lines, grid, head, len(plain), wide, said))


def _names(rows: list[Line], wide: Mapping[int, str]) -> list[str]:
    """Return the names of the other columns: what stands lowest in each."""
    width = max(len(cells) for _number, cells in rows)
    columns = [[cells[at] for _n, cells in rows if at < len(cells)] for at in range(width)]
    lowest = [next(filter(None, texts[::-1]), "") for texts in columns]
    return ["" if at in wide else text for at, text in enumerate(lowest)]


def _lines(grid: Grid, head: Line, width: int, wide: Mapping[int, str], said: Said) -> Lines:
    """Yield the head and the turned rows below it; `width` columns stand before what is turned."""
    for number, cells in grid.lines():
        if number == head[0]:
            yield head
        elif number > head[0]:
            for more in _said(cells, wide, said):
                plain = ["" if at in wide else text for at, text in enumerate(cells[:width])]
                yield number, [*plain, *[""] * (width - len(plain)), *more]


def _said(cells: list[str], wide: Mapping[int, str], said: Said) -> Iterator[list[str]]:
    for at, name in wide.items():
        if at < len(cells) and (found := said(name, cells[at])):
            yield found

"""A table of a report as data: figures with their unit and link, the same on page and in files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from school import wording

Subject = TypeVar("Subject")
Value = int | Decimal | None
LONGEST_UNBROKEN = 15


class Unit(Enum):
    """What a figure counts; the value has the decimals that a page shows."""

    COUNT, PERCENT, DAYS = 0, 2, 1

    def said(self, value: Value) -> str:
        """Return the figure in words of the language: "12", "13,65", "3,5"; "–" for none."""
        if self is Unit.DAYS and value is not None and value == int(value):
            return wording.figure(int(value), 0)
        return wording.figure(value, self.value)


Key = frozenset[tuple[str, str]]
"""What a count is of on any page, e.g. {("semester", "2020/2021-1"), ("grade", "X")}."""
PUBLIC: Key = frozenset()
"""The key of a figure that everybody may read who opens the table."""
HIDDEN = "*"


@dataclass(frozen=True)
class Cell:
    """A figure, None where there is none, and the address of the rows behind it or ""."""

    value: Value
    url: str = ""
    key: Key | None = None
    """None if who reads no names does not read it."""
    is_hidden: bool = False
    """Whether its reader may not read it, since few are behind it (`small_numbers`)."""

    def said(self, unit: Unit) -> str:
        return HIDDEN if self.is_hidden else unit.said(self.value)


NOTHING = Cell(None)


@dataclass(frozen=True)
class Column:
    head: str
    unit: Unit = Unit.COUNT
    over: str = ""
    """The head over it, which it shares with its neighbours."""


@dataclass(frozen=True)
class Line:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Grid:
    """A table; `key` is its name in files and addresses."""

    key: str
    title: str
    first_head: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    totals: Sequence[Line] = ()
    note: str = ""

    @property
    def heads(self) -> list[str]:
        return [column.head for column in self.columns]

    @property
    def top(self) -> list[tuple[str, int]]:
        """Return the heads over the columns, each with the number of columns that it spans."""
        if not any(column.over for column in self.columns):
            return []
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.over:
                found[-1] = (column.over, found[-1][1] + 1)
            else:
                found.append((column.over, 1))
        return found

    @property
    def label_look(self) -> str:
        """Return the class of the labels: short ones, e.g. of classes, stand on one line."""
        is_short = all(len(line.label) <= LONGEST_UNBROKEN for line in self.lines)
        return "text-nowrap" if is_short else ""

    @property
    def said_lines(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return each line as its label, and its figures in words with their links."""
        return [self._said(line) for line in self.lines]

    @property
    def said_totals(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [self._said(line) for line in self.totals]

    def _said(self, line: Line) -> tuple[str, list[tuple[str, str]]]:
        cells = zip(self.columns, line.cells, strict=True)
        return line.label, [(cell.said(column.unit), cell.url) for column, cell in cells]

    @property
    def hides(self) -> bool:
        """Return whether a figure of it is hidden."""
        return any(cell.is_hidden for line in (*self.lines, *self.totals) for cell in line.cells)


@dataclass(frozen=True)
class Measure(Generic[Subject]):
    """A figure of each line: its head, and how to find it."""

    head: str
    cell: Callable[[Subject], Cell]
    unit: Unit = Unit.COUNT


def side_by_side(
    names: Sequence[str],
    measures: Sequence[Measure[Subject]],
    lines: Iterable[tuple[str, Sequence[Subject]]],
) -> tuple[list[Column], list[Line]]:
    """Return the columns and lines of measures, for each of the `names` beside one another.

    A line has a subject for each name. With one name alone, the columns do not say it.
    """
    if len(names) == 1:
        columns = [Column(each.head, each.unit) for each in measures]
    else:
        columns = [Column(name, each.unit, each.head) for each in measures for name in names]
    return columns, [
        Line(label, [each.cell(subject) for each in measures for subject in subjects])
        for label, subjects in lines
    ]

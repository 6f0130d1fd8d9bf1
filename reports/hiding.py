"""Hides small numbers of a table whose lines and columns add up, so that no total gives one away.

A number from 1 to 4 is hidden, and with it others, until no sum that is shown leaves a single one
to guess: of each sum at least two numbers are hidden, they are not all 1, and no combination of
the sums has only one answer for any of them. A zero is shown: it tells of nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

SMALL = range(1, 5)
PRIME = 2_147_483_647
Cell = tuple[str, str]
"""Row and column."""
Values = Mapping[Cell, int]


class Sum(NamedTuple):
    """The cell `whole` is the sum of the `parts`."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


@lru_cache(maxsize=64)
def sums_of(rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Sum, ...]:
    """Return the sums of a table whose first row and first column are the totals of the others."""
    across = (Sum((row, columns[0]), tuple((row, c) for c in columns[1:])) for row in rows)
    down = (Sum((rows[0], c), tuple((row, c) for row in rows[1:])) for c in columns)
    return (*across, *down)


def hidden_in(values: Values, rows: Sequence[str], columns: Sequence[str]) -> set[Cell]:
    """Return the cells to hide in a table as `sums_of` describes it."""
    sums = sums_of(tuple(rows), tuple(columns))
    hidden = {cell for cell, value in values.items() if value in SMALL}
    while hidden:
        more = _one_more(values, sums, hidden)
        if more is None:
            break
        hidden.add(more)
    return hidden


def _one_more(values: Values, sums: Sequence[Sum], hidden: set[Cell]) -> Cell | None:
    """Return a further cell to hide; None if no sum gives one away, or nothing is left to hide."""
    for one in sums:
        if not is_safe(values, one, hidden) and (cell := _smallest(values, one.cells, hidden)):
            return cell
    known = determined(frozenset(hidden), tuple(sums))
    for one in sums:
        if known & {*one.cells} and (cell := _smallest(values, one.cells, hidden)):
            return cell
    return _smallest(values, values, hidden) if known else None


def _smallest(values: Values, cells: Iterable[Cell], hidden: set[Cell]) -> Cell | None:
    """Return the cell with the smallest number that is shown and not zero."""
    shown = [cell for cell in cells if values[cell] and cell not in hidden]
    return min(shown, key=lambda cell: (values[cell], cell), default=None)


def is_safe(values: Values, one: Sum, hidden: set[Cell]) -> bool:
    """Return whether this sum alone leaves each of its hidden numbers more than one answer."""
    parts = [values[cell] for cell in one.parts if cell in hidden]
    if one.whole in hidden:
        return bool(parts) or values[one.whole] == 0
    return not parts or (len(parts) > 1 and sum(parts) > len(parts))


@lru_cache(maxsize=50_000)
def determined(hidden: frozenset[Cell], sums: tuple[Sum, ...]) -> frozenset[Cell]:
    """Return the hidden cells that follow from all sums together, whatever the numbers are."""
    places = {cell: at for at, cell in enumerate(sorted(hidden))}
    equations = [
        {places[c]: -1 if c == one.whole else 1 for c in one.cells if c in hidden} for one in sums
    ]
    alone = single_answers(equations)
    return frozenset(cell for cell, at in places.items() if at in alone)


def single_answers(equations: Iterable[dict[int, int]]) -> set[int]:
    """Return the unknowns that have only one answer; an equation is unknown → its factor.

    The equations are brought into reduced echelon form, with factors modulo a prime.
    """
    reduced: dict[int, dict[int, int]] = {}
    for equation in equations:
        row = _less(equation, reduced)
        if not row:
            continue
        pivot = min(row)
        inverse = pow(row[pivot], -1, PRIME)
        row = {at: factor * inverse % PRIME for at, factor in row.items()}
        for other, standing in list(reduced.items()):
            if pivot in standing:
                reduced[other] = _minus(standing, row, standing[pivot])
        reduced[pivot] = row
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _less(equation: dict[int, int], reduced: dict[int, dict[int, int]]) -> dict[int, int]:
    """Return an equation without the unknowns that are pivots of others."""
    row = {at: factor % PRIME for at, factor in equation.items()}
    for pivot in [at for at in row if at in reduced]:
        row = _minus(row, reduced[pivot], row[pivot])
    return row


def _minus(row: dict[int, int], other: dict[int, int], times: int) -> dict[int, int]:
    found = dict(row)
    for at, factor in other.items():
        rest = (found.get(at, 0) - times * factor) % PRIME
        if rest:
            found[at] = rest
        else:
            found.pop(at, None)
    return found

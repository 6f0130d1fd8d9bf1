"""The middle of some figures and how far they spread, by a method that is done by hand.

Quartiles are the medians of the lower and of the upper half. Of an odd number of figures the one in
the middle belongs to neither half (Moore and McCabe): of 1, 2, 3, 4, 5 they are 1.5, 3 and 4.5.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple


class Spread(NamedTuple):
    """How many figures there are, and their quartiles; None where there are too few."""

    number: int
    lower: Decimal | None
    median: Decimal | None
    upper: Decimal | None


def spread_of(figures: Iterable[int]) -> Spread:
    ordered = sorted(figures)
    half = len(ordered) // 2
    halves = ordered[:half], ordered[len(ordered) - half :]
    return Spread(len(ordered), _median(halves[0]), _median(ordered), _median(halves[1]))


def _median(ordered: Sequence[int]) -> Decimal | None:
    """Return the figure in the middle, or halfway between the two in the middle."""
    if not ordered:
        return None
    middle = len(ordered) // 2
    lower = ordered[middle] if len(ordered) % 2 else ordered[middle - 1]
    return Decimal(lower + ordered[middle]) / 2

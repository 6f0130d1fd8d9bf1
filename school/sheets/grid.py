"""A sheet before anybody knows what it is: numbered rows of texts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Line = tuple[int, list[str]]
"""The number that a spreadsheet shows beside a row, and its cells."""
Lines = Iterator[Line]


@dataclass(frozen=True)
class Grid:
    name: str
    """That of a sheet; "" for a CSV file."""
    lines: Callable[[], Lines]
    """Read from the top each time. Raises NotReadable."""
    of_class: str = ""
    """The class of all students in it, which no column says."""

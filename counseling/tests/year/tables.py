"""The tables of a Markdown file: heading → rows, each by the names in the table's head."""

from itertools import pairwise
from pathlib import Path

Row = dict[str, str]
HERE = Path(__file__).parent


def tables(name: str, folder: Path = HERE) -> dict[str, list[Row]]:
    """Return the rows of each table in the file `name`, under the heading above it."""
    found: dict[str, list[Row]] = {}
    heading, head = "", []
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    for line, following in pairwise([*lines, ""]):
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif following.startswith("|---"):
            head = _cells(line)
        elif line.startswith("|") and not line.startswith("|---"):
            found.setdefault(heading, []).append(dict(zip(head, _cells(line), strict=True)))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def listed(cell: str, by: str = ";") -> list[str]:
    """Return the parts of a cell, without empty ones."""
    return [part.strip() for part in cell.split(by) if part.strip()]

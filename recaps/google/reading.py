"""Which layout a file has, told by its head and never by its name, and what it says."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from recaps.google import classroom, form, meet
from recaps.google.said import Said
from school.sheets.cells import NO_RESULT, without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid, Line
from school.sheets.reading import apart, grids_of

LONGEST_FILE = 2**20
"""Bytes."""
MOST_ROWS = 10_000
MOST_ABOVE = 5
"""Rows above a head, at most."""
Reader = Callable[[Line, list[Line], str], Said]
LAYOUTS: tuple[tuple[Callable[[Sequence[str]], bool], Reader], ...] = (
    (meet.is_head, meet.read),
    (classroom.is_head, classroom.read),
    (form.is_head, form.read),
)


def read(content: bytes, name: str) -> Said:
    """Return what a file says. Raises NotReadable with what to do for any other file."""
    if len(content) > LONGEST_FILE:
        raise NotReadable(
            _("It is larger than %(mb)s MB. Delete the rows of other months, and choose it again.")
            % {"mb": LONGEST_FILE // 2**20}
        )
    grids = grids_of(content)
    for grid in (*grids, *apart(grids)):
        for depth, (number, cells) in enumerate(_top(grid)):
            for is_head, reader in LAYOUTS:
                if is_head(cells):
                    return reader((number, cells), _rows(grid, depth + 1), Path(name).stem)
    raise NotReadable(
        _(
            "It is not from Classroom, Meet or Form. Choose the CSV file as Google gives it: "
            "“Download all grades”, the participants of a meeting, or the answers to a form."
        )
    )


def _top(grid: Grid) -> Iterator[Line]:
    """Yield the topmost rows until one cannot be read; another separator may explain it."""
    try:
        yield from islice(grid.lines(), MOST_ABOVE)
    except NotReadable:
        return


def _rows(grid: Grid, above: int) -> list[Line]:
    """Return the rows below the head that say something. Raises NotReadable."""
    found: list[Line] = []
    for number, cells in islice(_solved(grid), above, None):
        if not any(cells):
            continue
        if len(found) == MOST_ROWS:
            words = {"rows": number_format(MOST_ROWS, force_grouping=True)}
            raise NotReadable(
                _("It has more than %(rows)s rows. Delete the rows of other months.") % words
            )
        found.append((number, [without_private_numbers(text) for text in cells]))
    return found


def _solved(grid: Grid) -> Iterator[Line]:
    for number, cells in grid.lines():
        if NO_RESULT in cells:
            raise NotReadable(
                _(
                    "Row %(n)s: a cell has a formula without its result. Choose the file as Google "
                    "gives it."
                )
                % {"n": number}
            )
        yield number, cells

"""A file as a kind reads it: which kind it is, and the rows of its table without what is below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from school.imports.kinds import KINDS, FileKind, fitting
from school.imports.student_rows import NIS, NISN, NUMBERS
from school.sheets.cells import without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid
from school.sheets.heads import Layout, lacks, nearest
from school.sheets.limits import MOST_ROWS
from school.sheets.reading import grids_of
from school.sheets.table import Row, Table, solved, table_in
from school.wording import NO_FIGURE

LONGEST_FILE = 10 * 2**20
"""Bytes."""
BELOW = re.compile(
    r"(jumlah|total|mengetahui|kepala|nip|catatan|keterangan|ket|dicetak|rekap|laki|perempuan"
    r"|wali kelas|operator|rata)\b",
    re.IGNORECASE,
)
"""How notes below a table begin."""
LONGEST_SAID = 60
BETWEEN_NUMBERS = re.compile(r"[\s/|,;]+")
IS_NISN = re.compile(r"\d{10}")


class WhichKind(NotReadable):
    """The file may be of several kinds; the operator has to say of which."""

    def __init__(self, kinds: Sequence[FileKind]) -> None:
        titles = ", ".join(str(kind.title) for kind in kinds)
        said = _("This may be one of several kinds: %(kinds)s. Choose which one it is.")
        super().__init__(said % {"kinds": titles})


@dataclass(frozen=True)
class Read:
    kind: FileKind
    rows: list[Row]
    columns: list[str]
    """Those of the kind that the head has, in its order."""
    remarks: list[str] = field(default_factory=list)


def read(content: bytes, code: str = "") -> Read:
    """Return what a file says. Raises NotReadable, or WhichKind if it may be of several kinds.

    With `code` the file is read as that kind.
    """
    if len(content) > LONGEST_FILE:
        words = {"mb": LONGEST_FILE // 2**20}
        raise NotReadable(
            _("The file is larger than %(mb)s MB. Split it, and send the parts.") % words
        )
    kinds = [KINDS[code]] if code else list(KINDS.values())
    grids = grids_of(content)
    table = table_in(grids, [kind.heads for kind in kinds])
    if table is None:
        return _without_head(grids, kinds)
    found = fitting(kinds[at] for at in table.heads)
    if len(found) > 1:
        raise WhichKind(found)
    return _read(found[0], kinds.index(found[0]), table, grids)


def _without_head(grids: Sequence[Grid], kinds: Sequence[FileKind]) -> Read:
    """Return the rows of a table without a head, if it is of a kind that can have none."""
    (kind, *others), nearly = (
        kinds,
        nearest([grid.lines for grid in grids], [k.heads for k in kinds]),
    )
    is_named = nearly and len(nearly[1]) < len(kinds[nearly[0]].heads.needed) - 1
    if others or is_named or kind.without_head is None:
        raise NotReadable(_what_is_missing(grids, kinds))
    rows = kind.without_head(grids)
    if len(rows) > MOST_ROWS:
        words = {"rows": MOST_ROWS}
        raise NotReadable(_("There are more than %(rows)s rows. Send them in parts.") % words)
    named = {name for row in rows for name in row.cells}
    return Read(kind, rows, [name for name in kind.labels if name in named])


def _read(kind: FileKind, at: int, table: Table, grids: Sequence[Grid]) -> Read:
    listed = map(with_numbers_apart, table.rows(at, MOST_ROWS))
    rows, below = without_notes(list(listed), kind.heads)
    if not rows:
        raise NotReadable(_("There is no row below the head of the table."))
    solved(rows)
    remarks = []
    if below:
        said = "; ".join(_said(row) for row in below)
        remarks.append(_("Not read, as it is no row of the table: %(said)s") % {"said": said})
    if others := _others(kind, table, grids):
        words = {"sheet": table.sheet, "others": ", ".join(others)}
        remarks.append(_("Only the sheet “%(sheet)s” is read, not %(others)s.") % words)
    places = table.heads[at].places
    return Read(kind, rows, sorted(places, key=lambda name: places[name]), remarks)


def _others(kind: FileKind, table: Table, grids: Sequence[Grid]) -> list[str]:
    """Return the names of other sheets that look the same, e.g. one for each class."""
    others = [grid for grid in grids if grid.name and grid.name != table.sheet]
    return [grid.name for grid in others if table_in([grid], [kind.heads])]


def without_notes(rows: list[Row], layout: Layout) -> tuple[list[Row], list[Row]]:
    """Return the rows of the table, and those that are none: totals, notes, signatures.

    A row is no part of it if it lacks half of the needed columns and begins like a note, or if it
    has a single cell, comes after a gap, and nothing whole follows; nor are those below such a row.
    """
    missing = [len(lacks(_filled(row), layout)) for row in rows]
    last_whole = max((at for at, count in enumerate(missing) if not count), default=len(rows))
    kept, below = list[Row](), list[Row]()
    has_ended = False
    for at, row in enumerate(rows):
        has_one = missing[at] >= len(layout.needed) - 1
        has_half = missing[at] * 2 >= len(layout.needed)
        is_alone = len(_filled(row)) == 1 and row.number > rows[at - 1].number + 1
        is_after = at > last_whole and has_one and (has_ended or is_alone)
        if is_after or (has_half and _is_note(row)):
            has_ended = at > last_whole
            below.append(row)
        else:
            kept.append(row)
    return kept, below


def _is_note(row: Row) -> bool:
    return any(BELOW.match(text) for text in row.cells.values() if text)


def _filled(row: Row) -> dict[str, int]:
    return {name: 0 for name, text in row.cells.items() if text}


def _said(row: Row) -> str:
    texts = " ".join(filter(None, row.cells.values()))[:LONGEST_SAID]
    return _("row %(n)s: “%(said)s”") % {"n": row.number, "said": texts}


def _what_is_missing(grids: Sequence[Grid], kinds: Sequence[FileKind]) -> str:
    """Return which columns the head lacks that fits best; all of them if none fits at all."""
    found = nearest([grid.lines for grid in grids], [kind.heads for kind in kinds])
    if found is None:
        return _(
            "No row of the file names its columns. Put their names into one row above the table, "
            "as in the file to fill in."
        )
    at, groups = found
    missing = ", ".join(_(" or ").join(kinds[at].names_of(group)) for group in groups)
    return _(
        "This looks like “%(kind)s”, but there is no column %(columns)s. Add it, or give it this "
        "name."
    ) % {"kind": kinds[at].title, "columns": missing}


def with_numbers_apart(row: Row) -> Row:
    """Return a row with NIS and NISN apart that stand in one cell: ten digits are the NISN."""
    if not row[NUMBERS]:
        return row
    parts = [part for part in BETWEEN_NUMBERS.split(row[NUMBERS]) if part]
    nisn = next((part for part in parts[::-1] if IS_NISN.fullmatch(part)), "")
    nis = next((part for part in parts if part != nisn), "")
    cells = {**row.cells, NUMBERS: "", NISN: row[NISN] or nisn, NIS: row[NIS] or nis}
    return replace(row, cells=cells)


def file_name(name: str) -> str:
    """Return the name of a file, shortened; "–" if it has a private number in it."""
    return without_private_numbers(name.replace("\0", ""))[-100:] or NO_FIGURE

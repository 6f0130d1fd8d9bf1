"""A file as a kind reads it: which kind it is, and the rows of its table without what is below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from school.imports.class_titles import of_sheet, with_class
from school.imports.kinds import KINDS, FileKind, fitting
from school.imports.other_programs import not_of_a_form, refuse_others
from school.imports.student_rows import NIS, NISN, NUMBERS
from school.imports.upright import upright
from school.models.change import ChangeKind
from school.sheets.cells import without_private_numbers
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid
from school.sheets.heads import Layout, lacks, nearest
from school.sheets.limits import MOST_ROWS
from school.sheets.reading import apart, grids_of
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
PLACE_AND_DAY = re.compile(
    r"(?!(?:senin|selasa|rabu|kamis|jum|sabtu|minggu|ahad))[a-z. ]+, .*\d{4}", re.I
)
"""Candiroto, 12 Juli 2021."""
WIDE = {ChangeKind.ASSIGNMENTS, ChangeKind.ATTENDANCE}
"""Kinds that schools also write with classes, or days, along the head."""
LONGEST_SAID = 60
STEPS = (1_000, 10_000, 100_000, 10_000_000)
"""Added to the numbers of rows of a second sheet, so that no two rows have the same."""
NO_ROW = Row(0, {}, has_more=False)
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
    turned = [each for grid in grids if (each := upright(grid))]
    wide = [kind for kind in kinds if kind.change in WIDE]
    if table := table_in(turned, [kind.heads for kind in wide]):
        return _read(_meant(table, wide), wide, table, turned)
    layouts = [kind.heads for kind in kinds]
    table = table_in(grids, layouts) or table_in(apart(grids), layouts)
    if table is None:
        of_class = [kind.heads for kind in kinds if kind.heads.may_be_of_one_class]
        titled = [each for grid in grids if (each := with_class(grid, of_class))]
        if (table := table_in(titled, layouts)) is None:
            return _without_head(grids, kinds)
        grids = titled
    return _read(_meant(table, kinds), kinds, table, grids)


def _meant(table: Table, kinds: Sequence[FileKind]) -> FileKind:
    """Return the kind that a table is of. Raises WhichKind if it may be one of several.

    Raises NotReadable for answers to a form that say what only the school may.
    """
    found = fitting(not_of_a_form((kinds[at] for at in table.heads), table.grid))
    if len(found) > 1:
        raise WhichKind(found)
    return found[0]


def _without_head(grids: Sequence[Grid], kinds: Sequence[FileKind]) -> Read:
    """Return the rows of a table without a head, if it is of a kind that can have none."""
    (kind, *others), nearly = (
        kinds,
        nearest([grid.lines for grid in grids], [k.heads for k in kinds]),
    )
    is_named = nearly and len(nearly[1]) < len(kinds[nearly[0]].heads.needed) - 1
    refuse_others([*grids, *apart(grids)])
    if others or is_named or kind.without_head is None:
        raise NotReadable(_what_is_missing(grids, kinds))
    rows = kind.without_head(grids)
    if len(rows) > MOST_ROWS:
        words = {"rows": MOST_ROWS}
        raise NotReadable(_("There are more than %(rows)s rows. Send them in parts.") % words)
    named = {name for row in rows for name in row.cells}
    return Read(kind, rows, [name for name in kind.labels if name in named])


def _read(kind: FileKind, kinds: Sequence[FileKind], table: Table, grids: Sequence[Grid]) -> Read:
    at = kinds.index(kind)
    tables = [table, *_of_classes(kind, table, grids)]
    parts, left = [], MOST_ROWS
    for each in tables:
        parts.append(_rows(each, at if each is table else 0, left))
        left -= len(parts[-1])
    step = next(
        n for n in STEPS if n > max(row.number for part in parts for row in (*part, NO_ROW))
    )
    rows, below = list[Row](), list[Row]()
    for place, part in enumerate(parts):
        numbered = [replace(row, number=row.number + step * place) for row in part]
        kept, notes = without_notes(numbered, kind.heads)
        rows, below = rows + kept, below + notes
    if not rows:
        raise NotReadable(_("There is no row below the head of the table."))
    solved(rows)
    places = table.heads[at].places
    columns = sorted(places, key=lambda name: places[name])
    others = _others(kind, tables, grids)
    remarks = [_together(tables, step), _not_read(below), _only(table, others)]
    return Read(kind, rows, columns, list(filter(None, remarks)))


def _together(tables: Sequence[Table], step: int) -> str:
    """Say which sheets are read together, and how their rows are numbered."""
    first, *others = tables
    listed = ", ".join(f"“{each.grid.name}” +{step * n}" for n, each in enumerate(others, start=1))
    words = {"sheet": first.grid.name, "others": listed}
    said = _("Read together with the sheet “%(sheet)s”, with these row numbers: %(others)s.")
    return said % words if others else ""


def _not_read(below: Sequence[Row]) -> str:
    said = "; ".join(_said(row) for row in below)
    return _("Not read, as it is no row of the table: %(said)s") % {"said": said} if below else ""


def _only(table: Table, others: Sequence[str]) -> str:
    words = {"sheet": table.grid.name, "others": ", ".join(others)}
    said = _("Only the sheet “%(sheet)s” is read, not %(others)s.")
    return said % words if others else ""


def _rows(table: Table, at: int, most: int = MOST_ROWS) -> list[Row]:
    return list(map(with_numbers_apart, table.rows(at, most)))


def _of_classes(kind: FileKind, table: Table, grids: Sequence[Grid]) -> list[Table]:
    """Return the tables of the other sheets if each is of one class, by its title or name."""
    if not of_sheet(table.grid):
        return []
    others = [grid for grid in grids if grid is not table.grid and of_sheet(grid)]
    return [found for grid in others if (found := table_in([grid], [kind.heads]))]


def _others(kind: FileKind, read: Sequence[Table], grids: Sequence[Grid]) -> list[str]:
    """Return the names of other sheets that look the same and are not read."""
    taken = {id(table.grid) for table in read}
    others = [grid for grid in grids if grid.name and id(grid) not in taken]
    return [grid.name for grid in others if table_in([grid], [kind.heads])]


def without_notes(rows: list[Row], layout: Layout) -> tuple[list[Row], list[Row]]:
    """Return the rows of the table, and those that are none: totals, notes, signatures.

    A row is no part of it if it lacks half of the needed columns and begins like a note, or if it
    has a single cell, comes after a gap, and nothing whole follows; nor are those below such a row.
    A row of which nothing is read is left out: a list may be numbered further than it is filled in.
    """
    rows = [row for row in rows if _has_cells(row) or any(map(str.isalpha, row.begins))]
    missing = [len(lacks(_filled(row), layout)) for row in rows]
    last_whole = max((at for at, count in enumerate(missing) if not count), default=len(rows))
    kept, below = list[Row](), list[Row]()
    has_ended = False
    for at, row in enumerate(rows):
        has_one = missing[at] >= len(layout.needed) - 1
        has_half = missing[at] * 2 >= len(layout.needed)
        is_alone = len(_filled(row)) == 1 and row.number > rows[at - 1].number + 1
        is_after = at > last_whole and ((has_half and has_ended) or (has_one and is_alone))
        if is_after or not _has_cells(row) or (has_half and _is_note(row)):
            has_ended = at > last_whole
            below.append(row)
        else:
            kept.append(row)
    return kept, below


def _has_cells(row: Row) -> bool:
    return bool(_filled(row) or row.hidden or row.unsolved)


def _is_note(row: Row) -> bool:
    texts = [row.begins, *row.cells.values()]
    is_alone = len(_filled(row)) == 1
    return any(BELOW.match(text) or (is_alone and PLACE_AND_DAY.fullmatch(text)) for text in texts)


def _filled(row: Row) -> dict[str, int]:
    return {name: 0 for name, text in row.cells.items() if text}


def _said(row: Row) -> str:
    texts = " ".join(dict.fromkeys(filter(None, (row.begins, *row.cells.values()))))[:LONGEST_SAID]
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

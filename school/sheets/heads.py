"""The head of a table: which of its columns is what, by the names in one row or in up to three.

Columns are found by their names, in any order. Titles may stand above. Where a head has several
rows, those above are groups: below "Data Ayah", "Data Ibu" and "Data Wali" the same names return.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, islice, pairwise

from school.sheets.cells import folded
from school.sheets.errors import NotReadable, WrongQuotation
from school.sheets.grid import Line, Lines
from school.sheets.limits import MOST_TITLES
from workflow.errors import Text

IN_BRACKETS = re.compile(r"\([^()]*\)")
DEEPEST = 3
"""Rows of a head."""
LIKE, SHORTEST = 0.88, 6
"""How like another name, and how long, a misspelled one is."""
HALF = 0.5
"""Of the groups of needed columns: a table with fewer of them is not said to look like one."""
PERSONS = ("ayah", "ibu", "wali", "orangtua", "ortu", "bapak")
OF_PERSONS = re.compile(
    r"nama.*|tahunlahir|tempatlahir|tanggallahir|.*pekerjaan|alamat|email|no.*|.*hp|telepon|wa"
)
"""What below a group of a parent is not the student's."""
NEVER = re.compile(r"\b(nik|kk|kip|kks|kps|pip|bank|rekening|npwp)\b")
"""Columns of what a school must not keep are never read, whatever a layout asks for."""


@dataclass(frozen=True)
class Layout:
    """What is read from a table."""

    names: Mapping[str, Sequence[str]]
    """Column → the names that its head may have, the best first, as `folded`.

    "ayah/nama" is a name below a group in whose name the other word is.
    """
    needed: Sequence[Sequence[str]]
    """Of each group of columns there is one."""
    otherwise: Text
    """What to say of a table without them."""
    may_be_of_one_class: bool = False
    """Whether a title or the name of the sheet may say the class in place of a column."""


@dataclass(frozen=True)
class Head:
    places: dict[str, int]
    """Column → its place in a row."""
    width: int
    number: int
    """Of its last row."""
    texts: tuple[tuple[str, ...], ...]
    """Its rows, which some programs repeat on every page."""


@dataclass(frozen=True)
class _Name:
    groups: str
    own: str
    is_forbidden: bool

    def is_called(self, name: str) -> bool:
        group, slash, own = name.rpartition("/")
        if self.is_forbidden:
            return False
        if slash:
            return own == self.own and group in self.groups
        if self.groups + self.own == name:
            return True
        is_a_persons = any(word in self.groups for word in PERSONS)
        return self.own == name and not (is_a_persons and OF_PERSONS.fullmatch(name))


def head_in(lines: Lines, layouts: Sequence[Layout]) -> tuple[dict[int, Head], Lines] | None:
    """Return the topmost head as each layout that it fits reads it, and the rows below it.

    The layouts are given by their place. None if there is no head among the topmost rows.
    """
    top: list[Line] = []
    for line in lines:
        top.append(line)
        if len(top) > MOST_TITLES + 1:
            break
        for depth in range(1, min(DEEPEST, len(top)) + 1):
            if _fitting(top[-depth:], layouts):
                return _whole(top, depth, lines, layouts)
    return None


def places_in(rows: Sequence[Line], layout: Layout) -> dict[str, int]:
    """Return the columns of a layout that these rows name."""
    names = _names([cells for _number, cells in rows])
    found: dict[str, int] = {}
    for column, wanted in layout.names.items():
        at = _exactly(names, wanted, set(found.values()))
        if at is not None:
            found[column] = at
    if len(lacks(found, layout)) == len(layout.needed):
        return found
    for column, wanted in layout.names.items():
        if column not in found and (at := _nearly(names, wanted, found, layout)) is not None:
            found[column] = at
    return found


def lacks(places: Mapping[str, int], layout: Layout) -> list[Sequence[str]]:
    """Return the groups of needed columns of which there is none."""
    return [group for group in layout.needed if not set(group) & set(places)]


def _fitting(rows: Sequence[Line], layouts: Sequence[Layout]) -> dict[int, dict[str, int]]:
    if not any(rows[0][1]):
        return {}
    places = {at: places_in(rows, layout) for at, layout in enumerate(layouts)}
    return {at: found for at, found in places.items() if not lacks(found, layouts[at])}


def _whole(
    top: list[Line], depth: int, lines: Lines, layouts: Sequence[Layout]
) -> tuple[dict[int, Head], Lines]:
    """Take the names below and the groups above to the rows that fit; return as `head_in`."""
    rows = top[-depth:]
    below = _next(lines)
    while below and len(rows) < DEEPEST and _is_part(rows, below, layouts):
        rows, below = [*rows, below], _next(lines)
    above = top[: -depth or None][-1:]
    if above and len(rows) < DEEPEST and _are_groups(above[0][1]):
        rows = [*above, *rows]
    width = max(len(cells) for _number, cells in rows)
    texts = tuple(tuple(filter(None, cells)) for _number, cells in rows)
    found = {
        at: Head(places, width, rows[-1][0], texts)
        for at, places in _fitting(rows, layouts).items()
    }
    return found, chain([below] if below else [], lines)


def _next(lines: Lines) -> Line | None:
    """Return the next row. Raises NotReadable: with a head, it is no longer the separator."""
    try:
        return next(lines, None)
    except WrongQuotation as wrong:
        raise NotReadable(wrong.message) from None


def _is_part(rows: Sequence[Line], below: Line, layouts: Sequence[Layout]) -> bool:
    """Return whether a row goes on with the names of a head.

    Below the columns that are needed it has nothing, or two of its cells are names themselves: NIS
    and NISN below "Nomor Induk".
    """
    cells = below[1]
    if not any(cells) or any(map(_is_number, cells)):
        return False
    whole = _fitting([*rows, below], layouts)
    for at, places in _fitting(rows, layouts).items():
        known = set(chain.from_iterable(layouts[at].names.values()))
        if at in whole and sum(_bare(text) in known for text in filter(None, cells)) > 1:
            return True
        needed = set(chain.from_iterable(layouts[at].needed))
        if all(not _at(cells, place) for name, place in places.items() if name in needed):
            return True
    return False


def _are_groups(cells: Sequence[str]) -> bool:
    """Return whether a row has the names of groups, and is no title."""
    said = list(filter(None, cells))
    return len(said) > 1 and not any(map(_is_number, said))


def _names(rows: Sequence[Sequence[str]]) -> list[_Name]:
    """Return the name of each column: what stands lowest, and the groups above it."""
    width = max(map(len, rows))
    columns: list[list[str]] = [[] for _n in range(width)]
    for depth, cells in enumerate(rows):
        said = ""
        for at in range(width):
            said = _at(cells, at) or said
            has_more = any(_at(row, at) for row in rows[depth + 1 :])
            if _at(cells, at):
                columns[at].append(cells[at])
            elif has_more and said:
                columns[at].append(said)
    return [_name(texts) for texts in columns]


def _name(texts: list[str]) -> _Name:
    said = list(dict.fromkeys(filter(None, map(_bare, texts))))
    is_forbidden = any(NEVER.search(text.casefold().replace("_", " ")) for text in texts)
    return _Name("".join(said[:-1]), said[-1] if said else "", is_forbidden)


def _bare(text: str) -> str:
    """Return a name without what stands in brackets: "Jenis Kelamin (L/P)"."""
    return folded(IN_BRACKETS.sub("", text)) or folded(text)


def _exactly(names: Sequence[_Name], wanted: Sequence[str], taken: set[int]) -> int | None:
    for name in wanted:
        for at, known in enumerate(names):
            if at not in taken and name.endswith(known.own) and known.is_called(name):
                return at
    return None


def _nearly(
    names: Sequence[_Name], wanted: Sequence[str], found: Mapping[str, int], layout: Layout
) -> int | None:
    """Return the column whose name is a misspelling: "Keluarahan" of "Kelurahan"."""
    plain = [name for name in wanted if "/" not in name and len(name) >= SHORTEST]
    known = set(chain.from_iterable(layout.names.values()))
    for at, name in enumerate(names):
        said = name.own
        if at in found.values() or name.groups or name.is_forbidden or said in known:
            continue
        if len(said) >= SHORTEST and any(_are_like(said, other) for other in plain):
            return at
    return None


@lru_cache(maxsize=20_000)
def _are_like(said: str, name: str) -> bool:
    matcher = SequenceMatcher(None, said, name, autojunk=False)
    return matcher.real_quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _is_number(text: str) -> bool:
    return bool(text) and not any(map(str.isalpha, text)) and any(map(str.isdigit, text))


def nearest(
    grids: Sequence[Callable[[], Lines]], layouts: Sequence[Layout]
) -> tuple[int, list[Sequence[str]]] | None:
    """Return the layout that the topmost rows fit best, and the needed groups that they lack.

    None if no row has half of those that a layout needs.
    """
    best: tuple[float, int, int, list[Sequence[str]]] | None = None
    for grid in grids:
        for rows in _candidates(grid()):
            for at, layout in enumerate(layouts):
                missing = lacks(places_in(rows, layout), layout)
                has = len(layout.needed) - len(missing)
                share = has / len(layout.needed)
                if share >= HALF and (best is None or (share, has) > best[:2]):
                    best = (share, has, at, missing)
    return (best[2], best[3]) if best else None


def _candidates(lines: Lines) -> list[list[Line]]:
    """Return each of the topmost rows that may be a head, alone and with the one above."""
    top = top_of(lines)
    pairs = [[first, second] for first, second in pairwise(top)]
    return [rows for rows in ([[line] for line in top] + pairs) if any(rows[-1][1])]


def top_of(lines: Lines) -> list[Line]:
    """Return the topmost rows, in which the head is; none of a table that cannot be read."""
    try:
        return list(islice(lines, MOST_TITLES + 1))
    except NotReadable:
        return []

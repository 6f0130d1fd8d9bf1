"""How much of a workbook is read: what would fill the memory is refused before it is unpacked.

A workbook is a zip file of XML parts. Their sizes are taken from its directory, beyond which Python
unpacks nothing; then each part is read once without keeping anything, and what it has too much of
is refused. Only after that openpyxl reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from school.sheets.errors import NotReadable

MIB = 2**20
MOST_ROWS = 10_000
MOST_TITLES = 15
"""Rows above the table: a title, the school, the class."""
MOST_COLUMNS = 256
MOST_PARTS = 2_000
DIRECTORY_ENTRY = b"PK\x01\x02"
CHUNK = 2**16
LONGEST_PIECE = MIB
"""Bytes of one text, tag or comment."""
LAST_ROW = 2**20
MOST_IN_A_ROW = 60_000
"""Elements; a row has at most 16,384 cells."""
SHEETS, STRINGS = "xl/worksheets/", "sharedstrings"
VALUES = {"v", "t", "f"}


@dataclass(frozen=True)
class Limit:
    """Of one part: bytes, and elements that are kept in memory at once or in all."""

    size: int
    elements: int


LIMITS = {
    SHEETS: Limit(64 * MIB, 6_000_000),
    STRINGS: Limit(24 * MIB, 900_000),
    "": Limit(4 * MIB, 60_000),
}


@dataclass
class Seen:
    """What a part has in it; of a sheet its rows with something in them."""

    limit: Limit
    is_sheet: bool
    elements: int = 0
    at_once: int = 0
    """Elements since the last row began: they are kept until the next one."""
    row: int = 0
    last_row: int = 0
    rows: int = 0
    has_formulas: bool = False


def sheets_in(content: bytes) -> dict[str, Seen]:
    """Return the path of each sheet → what is in it.

    Raises NotReadable for a workbook that has too much in it, or is none.
    """
    if content.count(DIRECTORY_ENTRY) > MOST_PARTS:
        raise too_large()
    with ZipFile(BytesIO(content)) as book:
        parts = [part for part in book.infolist() if is_looked_at(part.filename)]
        if sum(part.file_size for part in parts) > 2 * LIMITS[SHEETS].size:
            raise too_large()
        found = {}
        for part in parts:
            name = part.filename.lower()
            limit = LIMITS[""]
            if name.endswith(".xml"):
                limit = next(limit for of, limit in LIMITS.items() if of in name)
            if part.file_size > limit.size:
                raise too_large()
            is_sheet = SHEETS in name and name.endswith(".xml")
            with book.open(part) as stream:
                seen = _walked(iter(lambda: stream.read(CHUNK), b""), Seen(limit, is_sheet))
            if is_sheet:
                found[part.filename] = seen
        return found


def is_looked_at(name: str) -> bool:
    """Return whether a part is one of XML; no other one is read, e.g. a picture."""
    return name.endswith((".xml", ".rels"))


def too_large() -> NotReadable:
    words = {"rows": number_format(MOST_ROWS, force_grouping=True)}
    return NotReadable(
        _(
            "There is more in this workbook than can be read here, at most %(rows)s rows. Copy the "
            "table alone into a new workbook, and choose that one."
        )
        % words
    )


def broken() -> NotReadable:
    return NotReadable(
        _(
            "This workbook cannot be read. Open it, copy the table into a new workbook, save that "
            "one as .xlsx, and choose it here."
        )
    )


@contextmanager
def in_words() -> Iterator[None]:
    """Say of whatever goes wrong in reading a workbook that it cannot be read.

    What libraries raise for a file that somebody bent is without number, and may quote from it.
    """
    try:
        yield
    except NotReadable:
        raise
    except Exception:
        raise broken() from None


def _walked(chunks: Iterator[bytes], seen: Seen) -> Seen:
    """Read XML to its end without keeping it. Raises NotReadable for too much, or for a DTD."""

    def start(name: str, attributes: dict[str, str]) -> None:
        _count(seen, name.rpartition(":")[2], attributes)

    def no_dtd(*_of: object) -> None:
        raise broken()

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = no_dtd
    elements, piece = 0, 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        piece = piece + len(chunk) if seen.elements == elements else 0
        elements = seen.elements
        if piece > LONGEST_PIECE:
            raise too_large()
    parser.Parse(b"", True)
    return seen


def _count(seen: Seen, name: str, attributes: dict[str, str]) -> None:
    seen.elements += 1
    seen.at_once += 1
    if seen.is_sheet:
        if name == "row":
            _begin_row(seen, attributes)
        elif name in VALUES:
            seen.has_formulas |= name == "f"
            if seen.last_row < seen.row:
                seen.last_row = seen.row
                seen.rows += 1
    most_at_once = MOST_IN_A_ROW if seen.is_sheet else seen.limit.elements
    if (
        seen.at_once > most_at_once
        or seen.elements > seen.limit.elements
        or seen.rows > MOST_ROWS + MOST_TITLES
    ):
        raise too_large()


def _begin_row(seen: Seen, attributes: dict[str, str]) -> None:
    """Note a new row; they come in their order."""
    seen.at_once = 0
    number = int(attributes.get("r") or seen.row + 1)
    if not seen.row < number <= LAST_ROW:
        raise broken()
    seen.row = number

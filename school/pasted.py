"""Teaching assignments pasted from a spreadsheet, in the shape in which a school has them.

Either a line for each: teacher, subject, class, in any order of columns; or a table of classes and
subjects with the teacher in each cell.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from school.lookups import Lookup
from school.sheets.cells import cleaned, folded
from workflow.errors import NotNow

MOST_LINES = 2000
HEADS = frozenset(
    {
        *("no", "nomor", "guru", "namaguru", "nama", "pengajar", "gurumapel", "teacher"),
        *("mapel", "matapelajaran", "pelajaran", "subject", "kelas", "rombel", "class"),
    }
)
BESIDES = re.compile(r"\s*[;/]\s*")
"""Between two teachers or classes in a cell; a comma may belong to a title."""
AND_CLASSES = re.compile(r"\s*[;,/&]\s*")
WHOLE = re.compile(r"\n")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Known:
    """What there is to be named."""

    teachers: Lookup
    subjects: Lookup
    classes: Lookup


@dataclass(frozen=True)
class Lesson:
    """What the text says of a class and a subject, as it is typed."""

    teacher: str
    subject: str
    school_class: str


@dataclass
class Pasted:
    lessons: list[Lesson] = field(default_factory=list)

    def unknown(self, part: str, lookup: Lookup) -> list[str]:
        """Return the names of a part of the lessons that are not found, each once."""
        typed = dict.fromkeys(getattr(lesson, part) for lesson in self.lessons)
        return [name for name in typed if name and lookup.find(name) is None]


def read(text: str, known: Known) -> Pasted:
    """Return the lessons that a text says. Raises NotNow for a text in another shape."""
    rows = _rows(text)
    if len(rows) > MOST_LINES:
        raise NotNow(_("Not more than %(n)d lines at once.") % {"n": MOST_LINES})
    lessons = list(_of_table(rows, known) or _of_lines(rows, known))
    if not lessons:
        raise NotNow(
            _(
                "No lessons were found. Paste three columns (teacher, subject, class), or a table "
                "with classes on one side, subjects on the other, and teachers in the cells."
            )
        )
    return Pasted(list(dict.fromkeys(lessons)))


def _rows(text: str) -> list[list[str]]:
    separator = "\t" if "\t" in text else ";"
    rows = csv.reader(text.replace("\x00", "").splitlines(), delimiter=separator)
    try:
        cells = [[cleaned(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise NotNow(_("This text is no table. Copy the cells of the spreadsheet.")) from error
    return [row for row in cells if any(row)]


def _of_table(rows: Rows, known: Known) -> Iterator[Lesson] | None:
    """Return the lessons of a table with classes and subjects at its sides; None for no table."""
    if len(rows) < 2:  # noqa: PLR2004
        return None
    top, side = [cell for cell in rows[0][1:] if cell], [row[0] for row in rows[1:]]
    if _most(top, known.subjects) and _most(side, known.classes):
        return _cells(rows, lambda of_row, of_column: (of_column, of_row))
    if _most(top, known.classes) and _most(side, known.subjects):
        return _cells(rows, lambda of_row, of_column: (of_row, of_column))
    return None


def _cells(rows: Rows, named: Callable[[str, str], tuple[str, str]]) -> Iterator[Lesson]:
    for row in rows[1:]:
        for head, cell in zip(rows[0][1:], row[1:], strict=False):
            if row[0] and head and cell:
                subject, school_class = named(row[0], head)
                for teacher in filter(None, BESIDES.split(cell)):
                    yield Lesson(teacher, subject, school_class)


def _of_lines(rows: Rows, known: Known) -> Iterator[Lesson]:
    """Yield the lessons of lines; what is empty stands in the line above, as in joined cells."""
    if rows and all(not cell or folded(cell) in HEADS for cell in rows[0]):
        rows = rows[1:]
    places = _places(rows, known)
    if places is None:
        return
    above = ["", ""]
    for row in rows:
        cells = [row[at] if at < len(row) else "" for at in places]
        above = [cells[0] or above[0], cells[1] or above[1]]
        if all(above) and cells[2]:
            for teacher in filter(None, BESIDES.split(above[0])):
                for school_class in _classes_in(cells[2], known.classes):
                    yield Lesson(teacher, above[1], school_class)


def _classes_in(cell: str, classes: Lookup) -> list[str]:
    return [cell] if classes.find(cell) else list(filter(None, AND_CLASSES.split(cell)))


def _places(rows: Rows, known: Known) -> tuple[int, int, int] | None:
    """Return the columns of teacher, subject and class; None if one is not there."""
    width = max(map(len, rows), default=0)
    columns = {at: [row[at] for row in rows if at < len(row) and row[at]] for at in range(width)}

    def best(lookup: Lookup, between: re.Pattern[str]) -> int | None:
        counts = {
            at: sum(lookup.find(between.split(cell)[0]) is not None for cell in cells)
            for at, cells in columns.items()
        }
        at = max(counts, key=lambda at: counts[at], default=None)
        if at is None or not counts[at]:
            return None
        del columns[at]
        return at

    school_class = best(known.classes, AND_CLASSES)
    subject = best(known.subjects, WHOLE)
    teacher = best(known.teachers, BESIDES)
    if school_class is None or subject is None:
        return None
    if teacher is None:
        worded = {at: cells for at, cells in columns.items() if any(map(_is_name, cells))}
        teacher = next(iter(worded), None)
    return None if teacher is None else (teacher, subject, school_class)


def _is_name(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _most(cells: Sequence[str], lookup: Lookup) -> bool:
    """Return whether at least half of the cells name something known."""
    said = [cell for cell in cells if cell]
    return bool(said) and 2 * sum(lookup.find(cell) is not None for cell in said) >= len(said)

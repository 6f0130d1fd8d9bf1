"""Teaching assignments in a table without the heads of a list, e.g. cells that were copied.

Either a grid: classes along one side, subjects or teachers along the other, and the third of them
in the cells. Or lines of teacher, subject and class without a head, in any order. Which side has
the classes is told by how names of classes look; only what is left to tell rests on known names.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice

from django.utils.translation import gettext as _

from school import lookups
from school.grades import grade_of
from school.imports.lesson_heads import AND_CLASSES, BESIDES, CLASS, LAYOUT, SUBJECT, TEACHER
from school.models import SchoolClass, Subject
from school.permissions import possible_teachers
from school.sheets.cells import folded
from school.sheets.errors import NotReadable, WrongQuotation
from school.sheets.grid import Grid, Line
from school.sheets.limits import MOST_ROWS
from school.sheets.table import Row

HEADS = {name: column for column, names in LAYOUT.names.items() for name in names}
LINE = (TEACHER, SUBJECT, CLASS)
MOST_LINES = 2000
MOST_ASKED = 500
"""So many cells are enough to tell what a column has."""
Lines = Sequence[Line]
Find = Callable[[str], object]


@dataclass(frozen=True)
class _Known:
    """Whether a cell names a class, a subject or a teacher."""

    is_class: Find
    is_subject: Find
    is_teacher: Find

    def most(self, cells: Sequence[str]) -> bool:
        """Return whether these are classes: all of them but a few."""
        said = [cell for cell in cells if cell]
        return bool(said) and sum(map(bool, map(self.is_class, said))) * 4 >= len(said) * 3


def _known() -> _Known:
    people = {each.pk: each for each in possible_teachers()}
    teachers = lookups.teachers(people.values(), {pk: one.full_name for pk, one in people.items()})
    subjects, classes = lookups.subjects(Subject.objects.all()), set(_class_names())

    def is_class(cell: str) -> bool:
        first = AND_CLASSES.split(cell)[0]
        is_named = any(map(str.isalpha, first)) and any(map(str.isdigit, cell)) and grade_of(first)
        return bool(is_named) or folded(first) in classes

    return _Known(is_class, subjects.find, lambda cell: teachers.find(BESIDES.split(cell)[0]))


def _class_names() -> Iterator[str]:
    return map(folded, SchoolClass.objects.values_list("name", flat=True).distinct())


def rows_in(grids: Sequence[Grid]) -> list[Row]:
    """Return the lessons of the first table that is a grid or has lines of lessons.

    Raises NotReadable, with what to write above the table so that it can be read.
    """
    known = _known()
    for lines in sorted(map(_filled, grids), key=_width, reverse=True):
        if found := _of_grid(lines, known) or _of_lines(lines, known):
            return found
    raise NotReadable(
        _(
            "The columns can't be told apart. Write their names into the first row: Guru, Mapel, "
            "Kelas. In a table of classes write into its first cell what stands below it: Guru or "
            "Mapel."
        )
    )


def _filled(grid: Grid) -> Lines:
    """Return the rows with something in them, without titles and a column that only counts."""
    try:
        top = list(islice(grid.lines(), MOST_LINES + 1))
    except WrongQuotation:
        return []
    if len(top) > MOST_LINES:
        words = {"rows": MOST_LINES}
        raise NotReadable(_("There are more than %(rows)s rows. Send them in parts.") % words)
    lines = [line for line in top if any(line[1])]
    lines = list(dropwhile(lambda line: sum(map(bool, line[1])) == 1, lines))
    while lines and all(not cells[0] or _counts(cells[0]) for _number, cells in lines):
        if not any(cells[1:] for _number, cells in lines):
            return []
        lines = [(number, cells[1:]) for number, cells in lines]
    return lines


def _counts(cell: str) -> bool:
    return cell.strip(".()").isdecimal() or folded(cell) in {"no", "nomor", "nourut"}


def _width(lines: Lines) -> int:
    """Return how many cells most rows have."""
    widths = sorted(sum(map(bool, cells)) for _number, cells in lines)
    return widths[len(widths) // 2] if widths else 0


def _of_grid(lines: Lines, known: _Known) -> list[Row]:
    """Return the lessons of a grid; none if it is no grid. Raises NotReadable if it is unclear."""
    if not lines:
        return []
    (_number, head), *below = lines
    side = [cells[0] for _number, cells in below]
    inside = [cell for _number, cells in below for cell in cells[1:] if cell]
    if not below or known.most(inside) or known.is_class(head[0]):
        return []
    if known.most(head[1:]):
        what = _named(head[0], LINE[:2]) or _meant(side, inside, known)
        cell = TEACHER if what == SUBJECT else SUBJECT
        return _some(_cells(head, below, side=what, top=CLASS, cell=cell))
    is_list = sum(folded(cell) in HEADS for cell in head[1:]) > 0
    if known.most(side) and not is_list:
        what = _named(head[0], LINE[:2]) or _meant(head[1:], inside, known)
        cell = TEACHER if what == SUBJECT else SUBJECT
        return _some(_cells(head, below, side=CLASS, top=what, cell=cell))
    return []


def _some(rows: Iterator[Row]) -> list[Row]:
    """Return the rows, of too many only enough to tell that (`school.imports.reading`)."""
    return list(islice(rows, MOST_ROWS + 1))


def _named(corner: str, columns: Sequence[str]) -> str:
    """Return the column that the first cell of a grid names, e.g. "Guru" or "Kelas / Mapel"."""
    said = {HEADS.get(folded(part), "") for part in AND_CLASSES.split(corner.replace("\\", "/"))}
    found = [column for column in columns if column in said]
    return found[0] if len(found) == 1 else ""


def _meant(side: Sequence[str], inside: Sequence[str], known: _Known) -> str:
    """Return whether subjects or teachers stand beside the classes, by the names that are known."""
    subjects = _count(known.is_subject, side) + _count(known.is_teacher, inside)
    teachers = _count(known.is_teacher, side) + _count(known.is_subject, inside)
    if subjects == teachers:
        raise NotReadable(
            _(
                "This is a table of classes, but it can't be told whether subjects or teachers "
                "stand beside them. Write “Mapel” or “Guru” into its first cell."
            )
        )
    return SUBJECT if subjects > teachers else TEACHER


def _count(is_one: Find, cells: Sequence[str]) -> int:
    return sum(is_one(cell) is not None for cell in cells[:MOST_ASKED] if cell)


def _cells(head: Sequence[str], below: Lines, *, side: str, top: str, cell: str) -> Iterator[Row]:
    """Yield a row for each filled cell; several subjects of a teacher in a cell are one each."""
    for number, cells in below:
        for named, text in zip(head[1:], cells[1:], strict=False):
            if not (cells[0] and named and text):
                continue
            for part in BESIDES.split(text) if cell == SUBJECT else [text]:
                if part:
                    yield Row(number, {side: cells[0], top: named, cell: part}, has_more=False)


def _of_lines(lines: Lines, known: _Known) -> list[Row]:
    """Return lines without a head; none if teacher, subject and class are not three columns."""
    width = max((len(cells) for _number, cells in lines), default=0)
    columns = {
        at: [cells[at] for _number, cells in lines if at < len(cells) and cells[at]]
        for at in range(width)
    }
    columns = {at: cells for at, cells in columns.items() if any(map(_is_word, cells))}
    of_class = next((at for at, cells in columns.items() if known.most(cells)), None)
    if of_class is None:
        return []
    del columns[of_class]
    if len(columns) != 2:  # noqa: PLR2004
        return []
    subject = max(columns, key=lambda at: _count(known.is_subject, columns[at]))
    teacher = max(columns, key=lambda at: _count(known.is_teacher, columns[at]))
    hits = _count(known.is_subject, columns[subject]), _count(known.is_teacher, columns[teacher])
    if not any(hits):
        return []
    if subject == teacher:
        other = next(at for at in columns if at != subject)
        subject, teacher = (subject, other) if hits[0] >= hits[1] else (other, teacher)
    elif not hits[0]:
        subject = next(at for at in columns if at != teacher)
    elif not hits[1]:
        teacher = next(at for at in columns if at != subject)
    places = {TEACHER: teacher, SUBJECT: subject, CLASS: of_class}
    return [
        Row(number, {name: _at(cells, at) for name, at in places.items()}, has_more=False)
        for number, cells in lines
    ]


def _is_word(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""

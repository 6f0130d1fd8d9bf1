"""Files that other programs send: what each is, and where what it says is entered."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.imports.kinds import FileKind
from school.models.change import ChangeKind
from school.sheets.cells import folded
from school.sheets.errors import NotReadable
from school.sheets.grid import Grid
from school.sheets.heads import top_of

NOT_IMPORTED = (
    (
        ({"timejoined", "timeexited"}, {"waktubergabung", "waktukeluar"}),
        gettext_lazy(
            "These are the participants of a Google Meet. The teacher takes them over: on the "
            "sheet of the recap, “Fill from Google”."
        ),
    ),
    (
        (
            {"lastname", "firstname", "emailaddress"},
            {"namabelakang", "namadepan", "alamatemail"},
        ),
        gettext_lazy(
            "These are grades of Google Classroom. The teacher takes them over: on the sheet of "
            "the recap, “Fill from Google”."
        ),
    ),
)
"""Names of columns by which a file is known, in English and in Indonesian → what to say of it."""
OF_THE_SCHOOL = {ChangeKind.STUDENTS, ChangeKind.STAFF, ChangeKind.CLASS_LISTS}
"""What nobody who fills in a form may say."""
SENT = {"timestamp", "stempelwaktu", "capwaktu"}
ADDRESS = {"emailaddress", "alamatemail"}
"""What a form puts before its questions; in a list of a school an address stands further right."""


def refuse_others(grids: Sequence[Grid]) -> None:
    """Raise NotReadable if tables that are of no kind come from a known program."""
    for cells in _top(grids):
        for signs, why in NOT_IMPORTED:
            if any(names <= set(map(folded, cells)) for names in signs):
                raise NotReadable(why)
    _refuse_answers(grids)


def _refuse_answers(grids: Iterable[Grid]) -> None:
    if column := _mark(grids):
        said = _(
            "These are answers to a form, typed by whoever filled it in. Attendance needs columns "
            "with the name, the date or the time stamp, and the attendance (H, S, I or A). Lists "
            "of students, classes or staff: check each row, delete the column “%(column)s”, and "
            "choose the file again."
        )
        raise NotReadable(said % {"column": column})


def not_of_a_form(kinds: Iterable[FileKind], grid: Grid) -> list[FileKind]:
    """Return the kinds that a table may be of. Raises NotReadable if answers are all it can be."""
    listed = list(kinds)
    if not _mark([grid]):
        return listed
    left = [kind for kind in listed if kind.change not in OF_THE_SCHOOL]
    if not left:
        _refuse_answers([grid])
    return left


def _mark(grids: Iterable[Grid]) -> str:
    """Return the name of the column by which the answers to a form are known; "" if none is."""
    for cells in _top(grids):
        first = [cell for cell in cells[:1] if folded(cell) in ADDRESS]
        if found := first or [cell for cell in cells if folded(cell) in SENT]:
            return found[0]
    return ""


def _top(grids: Iterable[Grid]) -> Iterator[list[str]]:
    for grid in grids:
        for _number, cells in top_of(grid.lines()):
            yield cells

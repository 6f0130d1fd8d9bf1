"""What a file with absences would change in a month of a class, and what of it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from recaps.models.attendance import AbsenceCode
from recaps.queries.attendance import ClassMonth
from recaps.queries.attendance_rows import CODE, DAY, THERE, Members, Refused, read, said
from recaps.workflow.attendance import Cell, Cells, enrolled, standing_in
from school.models import Student
from school.sheets.table import Row
from workflow.errors import Text, WorkflowError

WORDS: dict[str, Text] = {
    **dict(AbsenceCode.choices),
    THERE: pgettext_lazy("attendance", "Present"),
}


@dataclass(frozen=True)
class Change:
    """A row that differs from what stands for its student and day."""

    row: int
    student: Student
    day: date
    was: str
    code: str

    @property
    def said(self) -> Text:
        return WORDS[self.code]

    @property
    def was_said(self) -> Text:
        return WORDS[self.was]


@dataclass(frozen=True)
class Refusal:
    row: int
    said: str
    """What stands in the row."""
    why: str


@dataclass(frozen=True)
class Plan:
    """What a file would do; nothing of it if a row is refused."""

    changes: list[Change]
    """By day, then by name."""
    refusals: list[Refusal]
    same: int
    """Rows that say what stands."""
    empty: int
    """Rows with neither day nor code."""

    @property
    def is_possible(self) -> bool:
        return bool(self.changes) and not self.refusals

    @property
    def new(self) -> list[Change]:
        return [change for change in self.changes if not change.was]

    @property
    def replaced(self) -> list[Change]:
        return [change for change in self.changes if change.was]

    @property
    def counts(self) -> list[str]:
        """Return how many rows do what, in words; of what occurs."""
        rows = (
            (len(self.new), ngettext("%(n)s new", "%(n)s new", len(self.new))),
            (
                len(self.replaced),
                ngettext("%(n)s replaced", "%(n)s replaced", len(self.replaced)),
            ),
            (self.same, ngettext("%(n)s already entered", "%(n)s already entered", self.same)),
            (self.empty, ngettext("%(n)s empty row", "%(n)s empty rows", self.empty)),
            (
                len(self.refusals),
                ngettext("%(n)s refused", "%(n)s refused", len(self.refusals)),
            ),
        )
        return [words % {"n": count} for count, words in rows if count]

    @property
    def codes(self) -> Cells:
        return {(change.student.pk, change.day): change.code for change in self.changes}

    @property
    def read(self) -> Cells:
        """Return what stood when the plan was made."""
        return {(change.student.pk, change.day): change.was for change in self.changes}

    @cached_property
    def seal(self) -> str:
        """Return a sign that is the same for two plans if they change the same."""
        lines = (f"{c.student.pk} {c.day} {c.was}>{c.code}" for c in self.changes)
        return salted_hmac("recaps.attendance_file", "\n".join(lines)).hexdigest()


def plan_of(month: ClassMonth, rows: Iterable[Row]) -> Plan:
    """Return what the rows would change; two queries, however many they are."""
    members = Members(enrolled(month.school_class, month.period))
    standing = standing_in(month.period, members.students)
    taken: dict[Cell, tuple[Row, str]] = {}
    refusals, empty, repeated = [], 0, 0
    for row in rows:
        if not (row[DAY] or row[CODE] or row.has_more):
            empty += 1
            continue
        try:
            cell, code = read(row, month, members)
            repeated += _is_taken(taken, cell, code)
        except WorkflowError as why:
            refusals.append(Refusal(row.number, said(row), str(why)))
        else:
            taken.setdefault(cell, (row, code))
    changes = [
        Change(row.number, members.students[pk], day, standing.get((pk, day), THERE), code)
        for (pk, day), (row, code) in taken.items()
        if standing.get((pk, day), THERE) != code
    ]
    changes.sort(key=lambda change: (change.day, change.student.name, change.student.nis))
    return Plan(changes, refusals, repeated + len(taken) - len(changes), empty)


def _is_taken(taken: dict[Cell, tuple[Row, str]], cell: Cell, code: str) -> bool:
    """Return whether an earlier row says the same. Raises Refused if it says something else."""
    if cell not in taken:
        return False
    earlier, first = taken[cell]
    if first != code:
        raise Refused(
            _("Row %(row)s says something else about this student and day. Keep one of the two.")
            % {"row": earlier.number}
        )
    return True

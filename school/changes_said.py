"""The changes that the operator made, as people read them: about whom, and how much, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from school import wording
from school.models import Change, ChangedRow, SchoolClass, Student, User
from school.models.change import ChangeKind
from school.tasks import joined
from school.workflow.snapshots import model_of
from workflow.errors import Text

Named = Student | User | SchoolClass


class About(NamedTuple):
    """Where the rows of a change say whom or what it is about."""

    model: type[Named]
    tables: tuple[str, ...]
    column: str
    """The column that leads there; pk if it is the row itself."""


STUDENT = About(Student, ("school.enrolment",), "student_id")
ABOUT = {
    ChangeKind.MOVE: STUDENT,
    ChangeKind.ARRIVAL: STUDENT,
    ChangeKind.LEAVING: STUDENT,
    ChangeKind.REPLACEMENT: About(
        User, ("school.teachingassignment", "school.homeroomassignment"), "teacher_id"
    ),
    ChangeKind.MERGE: About(SchoolClass, ("school.enrolment",), "school_class_id"),
    ChangeKind.COUNSELORS: About(SchoolClass, ("school.schoolclass",), "pk"),
}
"""Kinds of which the few that they are about are named."""
FEW = 4
"""So many are named in a line."""
COUNTS: dict[str, Text] = {
    "new": ngettext_lazy("%(n)d new", "%(n)d new", "n"),
    "changed": ngettext_lazy("%(n)d changed", "%(n)d changed", "n"),
    "recorded": ngettext_lazy("%(n)d recorded", "%(n)d recorded", "n"),
    "gone": ngettext_lazy("%(n)d removed", "%(n)d removed", "n"),
    "ended": ngettext_lazy("%(n)d ended", "%(n)d ended", "n"),
    "lessons": ngettext_lazy("%(n)d lesson", "%(n)d lessons", "n"),
    "homerooms": ngettext_lazy("%(n)d homeroom class", "%(n)d homeroom classes", "n"),
    "classes": ngettext_lazy("%(n)d class", "%(n)d classes", "n"),
    "deleted": ngettext_lazy("%(n)d deleted", "%(n)d deleted", "n"),
    "promoted": ngettext_lazy("%(n)d goes up", "%(n)d go up", "n"),
    "repeating": ngettext_lazy("%(n)d repeats", "%(n)d repeat", "n"),
    "elsewhere": ngettext_lazy("%(n)d to another class", "%(n)d to other classes", "n"),
    "graduated": ngettext_lazy("%(n)d graduates", "%(n)d graduate", "n"),
    "left": ngettext_lazy("%(n)d leaves", "%(n)d leave", "n"),
    "students": ngettext_lazy("%(n)d student", "%(n)d students", "n"),
}
"""Key of `Change.counts` → its words."""


@dataclass
class Said:
    """A change with whom or what it is about, where these are few enough to be named."""

    change: Change
    named: list[Named] = field(default_factory=list)

    @property
    def students(self) -> list[Student]:
        return [one for one in self.named if isinstance(one, Student)]

    @property
    def title(self) -> str:
        return self.change.get_kind_display()

    @property
    def about(self) -> str:
        """Return whom it is about, else how much it was."""
        if len(self.named) > FEW:
            return self.counted
        return ", ".join(one.name for one in self.named) or self.counted

    @property
    def line(self) -> str:
        """Return about whom it is, who did it and when."""
        day = wording.day_of_any_year(self.change.made_at)
        at = f"{day}, {wording.clock_time(self.change.made_at)}"
        return joined(self.about, self.change.made_by.called, at)

    @property
    def state(self) -> str:
        return _("undone") if self.change.undone_at else ""

    @property
    def counted(self) -> str:
        """Return "3 baru, 2 berubah"."""
        counts = self.change.counts.items()
        words = [str(COUNTS[key] % {"n": n}) for key, n in counts if key in COUNTS and n]
        return ", ".join(words) or _("nothing")


def said(changes: Sequence[Change]) -> list[Said]:
    """Return the changes with the names that belong to them, in as many queries for any number."""
    kinds = {one.pk: ABOUT[ChangeKind(one.kind)] for one in changes if one.kind in ABOUT}
    ids = _ids(kinds)
    wanted: dict[type[Named], set[int]] = {Student: set(), User: set(), SchoolClass: set()}
    for of, pks in ids.items():
        wanted[kinds[of].model].update(pks)
    rows = {model: model._default_manager.in_bulk(pks) for model, pks in wanted.items()}
    return [
        Said(one, [found for pk in ids[one.pk] if (found := rows[kinds[one.pk].model].get(pk))])
        if one.pk in kinds
        else Said(one)
        for one in changes
    ]


def _ids(kinds: Mapping[int, About]) -> dict[int, list[int]]:
    """Return change → the ids of what it is about."""
    tables = {table for about in kinds.values() for table in about.tables}
    rows = list(ChangedRow.objects.filter(change__in=kinds, table__in=tables).order_by("pk"))
    held = {table: _held(table, rows) for table in sorted(tables)}
    found: dict[int, dict[int, None]] = {pk: {} for pk in kinds}
    for row in rows:
        about = kinds[row.change_id]
        if row.table in about.tables:
            stands = held[row.table].get(row.row_id)
            for values in (row.before or {}, row.after or {}):
                pk = values.get(about.column) or (stands and getattr(stands, about.column))
                found[row.change_id] |= {pk: None} if pk else {}
    return {change: list(pks) for change, pks in found.items()}


def _held(table: str, rows: Iterable[ChangedRow]) -> dict[int, Any]:
    """Return the rows of a table that are still there."""
    return model_of(table)._default_manager.in_bulk({r.row_id for r in rows if r.table == table})

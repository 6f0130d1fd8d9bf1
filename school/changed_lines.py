"""What became of whom by a change, read from the rows that it wrote: "X MIPA 3 → X MIPA 4"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model

from school.days import A_DAY
from school.models import (
    Change,
    ChangedRow,
    SchoolClass,
    Student,
    Subject,
    TeachingGroup,
    User,
)
from school.models.change import ChangeKind
from school.wording import NO_FIGURE
from school.workflow.snapshots import model_of
from workflow.addresses import address

Key = tuple[type[Model], int]
"""A row: its model and its id."""
ITSELF = "pk"
MODELS: dict[str, type[Model]] = {
    "student_id": Student,
    "school_class_id": SchoolClass,
    "group_id": TeachingGroup,
    "teacher_id": User,
    "counselor_id": User,
}
"""Column → the model to which it leads."""
PAGES: dict[type[Model], str] = {
    Student: "student",
    SchoolClass: "school:class",
    Subject: "school:subject",
    User: "school:person",
}
SEATS = {"school.enrolment": "student_id"}


class Way(NamedTuple):
    """Where the rows of a kind say what they are about, and what that had before and has after."""

    of: Mapping[str, str]
    """Table → the column that leads to what a line is about; pk if it is the row itself."""
    what: str = ""
    """The column of what it had before and has after."""
    is_one: bool = False
    """Whether all lines have the same before and after, so that these are said once."""


WAYS: dict[ChangeKind, Way] = {
    ChangeKind.MOVE: Way(SEATS, "school_class_id"),
    ChangeKind.ARRIVAL: Way({"school.student": ITSELF, **SEATS}, "school_class_id"),
    ChangeKind.LEAVING: Way(SEATS, "school_class_id"),
    ChangeKind.MERGE: Way(SEATS, "school_class_id", is_one=True),
    ChangeKind.HOMEROOM: Way({"school.homeroomassignment": "school_class_id"}, "teacher_id"),
    ChangeKind.TEACHING: Way({"school.teachingassignment": "group_id"}, "teacher_id"),
    ChangeKind.REPLACEMENT: Way(
        {
            "school.homeroomassignment": "school_class_id",
            "school.teachingassignment": "group_id",
        },
        "teacher_id",
        is_one=True,
    ),
    ChangeKind.MEMBERS: Way({"school.groupmember": "student_id"}, "group_id", is_one=True),
    ChangeKind.COUNSELORS: Way({"school.schoolclass": ITSELF}, "counselor_id"),
    ChangeKind.SUBJECTS: Way({"school.subject": ITSELF}),
    ChangeKind.CLASSES: Way({"school.schoolclass": ITSELF}),
    ChangeKind.NEW_YEAR: Way({"school.academicyear": ITSELF}),
}


@dataclass
class Line:
    """Something that a change is about, with the names of what it had before and has after."""

    name: str
    url: str = ""
    was: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)

    @property
    def became(self) -> str:
        return transition(self.was, self.now)

    @property
    def said(self) -> str:
        return f"{self.name}: {self.became}" if self.became else self.name


def transition(was: Sequence[str], now: Sequence[str]) -> str:
    """Return "X MIPA 3 → X MIPA 4", "X MIPA 4" for what is new, or "X MIPA 3 → –"."""
    before, after = ", ".join(was), ", ".join(now)
    if not before or before == after:
        return after
    return f"{before} → {after or NO_FIGURE}"


class _Side(NamedTuple):
    """A row before or after a change; what that did not touch is as the row is today."""

    values: Mapping[str, Any]
    stands: Model | None

    def value(self, column: str) -> Any:
        return self.values[column] if column in self.values else getattr(self.stands, column, None)

    def holds(self, on: date | None) -> bool:
        """Return whether the row counts on a day or later."""
        ends_on = self.value("ends_on")
        return not (on and ends_on) or str(ends_on) >= on.isoformat()


class _Read(NamedTuple):
    """What a row of a change says."""

    change: int
    of: Key
    was: Key | None
    now: Key | None
    name: str
    """The name of what it is about, should that be gone."""


def lines_of(changes: Sequence[Change]) -> dict[int, list[Line]]:
    """Return change → what became of what; as many queries for any number of changes."""
    kinds = {one.pk: one for one in changes if one.kind in WAYS}
    tables = {table for one in kinds.values() for table in WAYS[ChangeKind(one.kind)].of}
    rows = list(ChangedRow.objects.filter(change__in=kinds, table__in=tables).order_by("pk"))
    standing = {table: _standing(table, rows) for table in sorted(tables)}
    read = [
        found
        for row in rows
        if (found := _read(kinds[row.change_id], row, standing[row.table].get(row.row_id)))
    ]
    names = _names(key for one in read for key in (one.of, one.was, one.now) if key)
    lines: dict[int, dict[Key, Line]] = {pk: {} for pk in kinds}
    for one in read:
        line = lines[one.change].setdefault(one.of, _line(one, names))
        for listed, key in ((line.was, one.was), (line.now, one.now)):
            if key and names.get(key, "") not in ["", *listed]:
                listed.append(names[key])
    return {pk: list(found.values()) for pk, found in lines.items()}


def _standing(table: str, rows: Iterable[ChangedRow]) -> dict[int, Model]:
    """Return the rows of a table that are still there."""
    found: dict[int, Model] = model_of(table)._default_manager.in_bulk(
        {row.row_id for row in rows if row.table == table}
    )
    return found


def _read(change: Change, row: ChangedRow, stands: Model | None) -> _Read | None:
    way = WAYS[ChangeKind(change.kind)]
    if row.table not in way.of:
        return None
    on = change.effective_on
    if on and change.kind == ChangeKind.LEAVING:
        on += A_DAY
    before = _Side(row.before, stands) if row.before is not None else None
    after = _Side(row.after, stands) if row.after is not None else None
    side = after or before
    of = _key(way.of[row.table], row, side)
    if side is None or of is None:
        return None
    was, now = (
        _key(way.what, row, one) if one and way.what and one.holds(on) else None
        for one in (before, after)
    )
    name = side.value("name") or side.value("label") or ""
    return _Read(change.pk, of, was, now, str(name) if of[1] == row.row_id else "")


def _key(column: str, row: ChangedRow, side: _Side | None) -> Key | None:
    if column == ITSELF:
        return model_of(row.table), row.row_id
    pk = side.value(column) if side else None
    return (MODELS[column], pk) if pk else None


def _line(one: _Read, names: Mapping[Key, str]) -> Line:
    model, pk = one.of
    stands = one.of in names and model in PAGES
    return Line(names.get(one.of, one.name), address(PAGES[model], pk) if stands else "")


def _names(keys: Iterable[Key]) -> dict[Key, str]:
    """Return the names of the rows that are still there; a query for each model."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for model, pk in keys:
        wanted[model].add(pk)
    found: dict[Key, str] = {}
    for model, pks in wanted.items():
        rows = model._default_manager.filter(pk__in=pks)
        if model is TeachingGroup:
            rows = rows.select_related("subject", "school_class")
        found |= {(model, row.pk): _named(row) for row in rows}
    return found


def _named(row: Any) -> str:
    if isinstance(row, TeachingGroup):
        return f"{row.subject}, {row}"
    return str(getattr(row, "name", row))

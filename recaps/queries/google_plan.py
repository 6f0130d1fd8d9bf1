"""What files of Google would change on a sheet, beside what stands there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.crypto import salted_hmac

from recaps.google.counting import COUNTS
from recaps.google.figures import AWAY, Figures, Values
from recaps.google.matching import Members
from recaps.models import Entry, Sheet
from recaps.models.arithmetic import OWN
from recaps.models.recap import MOST
from school.models import Student

HEADER = 0
"""In place of a student's id."""
TOGETHER = {COUNTS[code] for code in AWAY}
"""Counts that say together how often somebody was away: who types one has counted all of them."""


@dataclass(frozen=True)
class Figure:
    """A number that the files have, and what stands in its place."""

    student: int
    name: str
    stands: int | None
    said: int | None
    source: str
    is_typed: bool
    """Whether the teacher has typed what stands: then it stays, unless they want the file's."""
    is_new: bool
    """Whether it is to be noted where it comes from, though the number is the same."""

    @property
    def key(self) -> str:
        return f"{self.student}-{self.name}"

    @property
    def differs(self) -> bool:
        return self.stands != self.said

    @property
    def is_asked(self) -> bool:
        return self.differs and self.is_typed


@dataclass(frozen=True)
class Line:
    """The header, or a student's row."""

    student: Student | None
    record: Sheet | Entry
    figures: list[Figure]

    @property
    def pk(self) -> int:
        return self.student.pk if self.student else HEADER

    @property
    def changes(self) -> bool:
        return any(each.differs or each.is_new for each in self.figures)

    @property
    def asked(self) -> list[Figure]:
        return [each for each in self.figures if each.is_asked]

    def values(self, taken: frozenset[str] = frozenset()) -> dict[str, object]:
        """Return what is to be saved if the figures `taken` replace what was typed."""
        chosen = [
            each
            for each in self.figures
            if each.is_new or (each.differs and (not each.is_typed or each.key in taken))
        ]
        if not chosen:
            return {}
        origins = {each.name: {"value": each.said, "from": each.source} for each in chosen}
        numbers: dict[str, object] = {each.name: each.said for each in chosen}
        return {**numbers, "origins": {**self.record.origins, **origins}}

    def after(self) -> Sheet | Entry:
        """Return the record as it would be, with what was typed kept."""
        kept = {
            field.attname: getattr(self.record, field.attname) for field in self.record._meta.fields
        }
        return type(self.record)(**{**kept, **self.values()})


@dataclass(frozen=True)
class FillPlan:
    lines: list[Line]
    """The header first, then the students by name; only those of whom the files say something."""

    @property
    def header(self) -> Line:
        return self.lines[0]

    @property
    def changed(self) -> list[Line]:
        """Return the students whose rows differ from the files."""
        return [line for line in self.lines[1:] if line.changes]

    @property
    def has_too_much(self) -> bool:
        return any((each.said or 0) > MOST for line in self.lines for each in line.figures)

    @property
    def is_possible(self) -> bool:
        return any(line.changes for line in self.lines) and not self.has_too_much

    @cached_property
    def seal(self) -> str:
        """Return a sign that is the same for two plans if they change the same."""
        said = (f"{line.record.version} {each}" for line in self.lines for each in line.figures)
        return salted_hmac("recaps.google_plan", "\n".join(said)).hexdigest()


def plan_of(sheet: Sheet, figures: Figures, members: Members) -> FillPlan:
    """Return what the figures would change; one query."""
    entries = {each.student_id: each for each in sheet.entries.all()} if sheet.pk else {}
    is_typed = sheet.version > 1 or sheet.number > 1
    usual = {} if is_typed else {name: getattr(sheet, name) for name in figures.header}
    lines = [Line(None, sheet, _figures(HEADER, sheet, figures.header, figures.origins, usual))]
    for pk, student in members.students.items():
        if said := figures.entries.get(pk):
            entry = entries.get(pk) or Entry(student=student, version=0)
            usual = {name: None if name in OWN.values() else 0 for name in said}
            usual = {} if _was_saved_by_hand(entry, sheet) else usual
            lines.append(Line(student, entry, _figures(pk, entry, said, figures.origins, usual)))
    return FillPlan(lines)


def _was_saved_by_hand(entry: Entry, sheet: Sheet) -> bool:
    """Return whether the teacher may have typed all that stands in an entry, also its zeros.

    They have not if there is none yet, or if files made it and nobody has saved it since.
    """
    is_of_files = entry.version == 1 and bool(entry.origins) and sheet.number == 1
    return entry.version > 0 and not is_of_files


def _figures(
    pk: int, record: Sheet | Entry, said: Values, sources: Mapping[str, str], usual: Values
) -> list[Figure]:
    """Return the numbers of a record that the files have.

    What stands was typed if it is neither what the last file said nor, where no file has said
    anything, the `usual`.
    """
    found = []
    for name, value in said.items():
        stands, before = getattr(record, name), record.origins.get(name)
        is_usual = name in usual and stands == usual[name]
        is_typed = stands != before["value"] if before else not is_usual
        is_new = pk == HEADER and is_usual and not before
        found.append(Figure(pk, name, stands, value, sources[name], is_typed, is_new))
    if any(each.is_typed for each in found if each.name in TOGETHER):
        found = [replace(each, is_typed=each.is_typed or each.name in TOGETHER) for each in found]
    return found

"""What a file would change: shown to the operator, who may then have just that done."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import TopologicalSorter
from operator import attrgetter

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from school.models import Semester, User
from school.sheets.table import Row
from school.workflow.changes import Recorder
from workflow.errors import Text, WorkflowError

EVERY_ROW = 0
"""In place of a row's number: it is about the file as a whole."""


class Refused(WorkflowError):
    """A row cannot be taken, and the message says what to do with it."""


class Waiting(Exception):
    """It is asked whom or what the row means."""


@dataclass(frozen=True)
class Field:
    """A field of a record that gets another value."""

    name: str
    label: Text
    was: str
    becomes: str


@dataclass(frozen=True)
class Line:
    """A record that is new, changes, or is not in the file."""

    row: int
    who: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    key: str = ""
    """Tells records of one name apart."""
    on: date | None = None
    """The day from which it holds, if it has one."""


@dataclass(frozen=True)
class Refusal:
    row: int
    said: str
    """What stands in the row."""
    why: str
    cells: Mapping[str, str] = field(default_factory=dict)
    """Column → what it has in the row."""


@dataclass(frozen=True)
class Remark:
    """Something that was taken but should be looked at, in one or many rows."""

    said: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """What only the operator knows. `usual` is chosen unless they choose otherwise."""

    key: str
    text: str
    choices: tuple[tuple[str, Text], ...]
    usual: str = ""
    row: int = EVERY_ROW


@dataclass(frozen=True)
class Answers:
    """What the operator has said on the page of a plan."""

    semester: Semester | None = None
    on: date | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    """Fields in which the school's own values stay."""
    first_on: date | None = None
    """The day for places that nobody had in the semester before `on`; None for `on` as well."""

    def begins(self, *, is_first: bool) -> date:
        """Return the day from which a place holds. Its semester and day are answered."""
        assert self.on
        return (is_first and self.first_on) or self.on


@dataclass(frozen=True)
class Asked:
    """A file, as a kind reads it, with the answers given so far."""

    rows: Sequence[Row]
    columns: frozenset[str]
    answers: Answers
    by: User


@dataclass(frozen=True)
class Write:
    """Rows of one model: new ones, ones with other values in `fields`, or ones to delete."""

    act: str
    rows: list[models.Model]
    fields: tuple[str, ...] = ()


CREATE, UPDATE, DELETE = "create", "update", "delete"


class Plan:
    """Collects what a file would do; nothing of it is done if a row is refused."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.new: list[Line] = []
        self.changed: list[Line] = []
        self.gone: list[Line] = []
        self.recorded: list[Line] = []
        """Records of a kind of which the operator must not learn whether they are new."""
        self.unchanged = 0
        self.refusals: list[Refusal] = []
        """By row, as some are found only when others have been compared."""
        self._questions: dict[str, Question] = {}
        self.writes: list[Write] = []
        self.afterwards: list[Callable[[Recorder], None]] = []
        """What is done when all rows are written."""
        self.replaced: dict[str, Text] = {}
        """Fields whose values in the school the file would replace, with their labels."""
        self._remarks: dict[str, list[int]] = {}

    def refuse(self, row: Row, said: str, why: Text | Refused) -> None:
        refusal = Refusal(row.number, said, str(why), row.cells)
        insort(self.refusals, refusal, key=attrgetter("row"))

    def remark(self, text: Text, row: int = EVERY_ROW) -> None:
        self._remarks.setdefault(str(text), []).append(row)

    @property
    def remarks(self) -> list[Remark]:
        return [Remark(said, tuple(filter(None, rows))) for said, rows in self._remarks.items()]

    def note(self, line: Line, *, is_new: bool) -> None:
        """List a record of the file as new, changed, or unchanged."""
        if is_new:
            self.new.append(line)
        elif line.fields:
            self.changed.append(line)
        else:
            self.unchanged += 1

    @property
    def days(self) -> list[tuple[date, int]]:
        """Return from which days it holds, and how many records from each."""
        named = Counter(line.on for line in (*self.new, *self.changed) if line.on)
        return sorted(named.items())

    def ask(self, question: Question) -> str:
        """Return what the operator answered, the usual answer, or "" while it is open."""
        self._questions.setdefault(question.key, question)
        given = self.answers.given.get(question.key, "")
        return given if given in dict(question.choices) else question.usual

    @property
    def questions(self) -> list[Question]:
        return list(self._questions.values())

    def create(self, *rows: models.Model) -> None:
        self._write(CREATE, rows)

    def update(self, row: models.Model, *fields: str) -> None:
        self._write(UPDATE, [row], fields)

    def delete(self, *rows: models.Model) -> None:
        self._write(DELETE, rows)

    def _write(self, act: str, rows: Sequence[models.Model], fields: tuple[str, ...] = ()) -> None:
        """Add rows to the write of their model, act and fields."""
        for row in rows:
            for known in self.writes:
                if (known.act, type(known.rows[0]), known.fields) == (act, type(row), fields):
                    known.rows.append(row)
                    break
            else:
                self.writes.append(Write(act, [row], fields))

    def replaces(self, name: str, label: Text) -> bool:
        """Note that the file has another value than the school; return whether it takes over."""
        self.replaced.setdefault(name, label)
        return name not in self.answers.kept

    @property
    def open_questions(self) -> list[Question]:
        return [q for q in self.questions if not self.ask(q)]

    @property
    def is_possible(self) -> bool:
        return bool(self.writes or self.recorded) and not self.refusals and not self.open_questions

    @property
    def writes_in_order(self) -> list[Write]:
        """Return what to write: new rows that others refer to, what goes and changes, other rows.

        What changes may refer to new rows, and makes room for those to which nothing refers.
        """
        tables = dict.fromkeys(type(write.rows[0]) for write in self.writes)
        refers = {table: _referred(table) & tables.keys() - {table} for table in tables}
        order = list(TopologicalSorter(refers).static_order())
        referred = set[object]().union(*refers.values())

        def place(write: Write) -> tuple[int, int]:
            table = type(write.rows[0])
            if write.act == CREATE:
                return (0 if table in referred else 2, order.index(table))
            return (1, write.act == UPDATE)

        return sorted(self.writes, key=place)

    @property
    def counts(self) -> dict[str, int]:
        named = {
            "new": len(self.new),
            "changed": len(self.changed),
            "recorded": len(self.recorded),
            "unchanged": self.unchanged,
        }
        return {name: count for name, count in named.items() if count}

    @property
    def rows_to_write(self) -> int:
        return sum(len(write.rows) for write in self.writes)

    @property
    def seal(self) -> str:
        """Return a sign that is the same for two plans if they do the same to the same records."""
        lines = (repr(line) for line in (*self.new, *self.changed, *self.recorded))
        said = f"{self.answers.semester and self.answers.semester.pk} {self.answers.on}"
        return salted_hmac("school.imports", "\n".join([said, *lines])).hexdigest()


def _referred(table: type[models.Model]) -> set[object]:
    """Return the tables to which rows of a table refer."""
    return {field.related_model for field in table._meta.fields if field.related_model}


def numbers(rows: Iterable[int]) -> str:
    """Return the numbers of rows in words: "7, 8, 9 and 12 more"."""
    listed = list(rows)
    first = ", ".join(map(str, listed[:MOST_NUMBERS]))
    if len(listed) <= MOST_NUMBERS:
        return first
    return _("%(first)s and %(n)s more") % {"first": first, "n": len(listed) - MOST_NUMBERS}


MOST_NUMBERS = 8

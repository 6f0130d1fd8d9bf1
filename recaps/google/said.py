"""What is kept of a file until it is taken over: no mark, no class, no other answer."""

from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

EMPTY, ZERO, MARKED, MISSING, EXCUSED = "-", "0", "x", "m", "e"
"""What stands in a cell of marks: the mark itself is not kept."""


class FileKind(models.TextChoices):
    CLASSROOM = "CLASSROOM", _("Classroom")
    MEET = "MEET", _("Meet")
    FORM = "FORM", _("Form")


class Person(NamedTuple):
    """Somebody as a row of a file names them."""

    row: int
    name: str
    email: str


class Assignment(NamedTuple):
    title: str
    day: str
    """As the file has it; "" if it says none."""


@dataclass
class Classroom:
    assignments: list[Assignment]
    people: list[Person]
    cells: list[str]
    """For each person a sign for each assignment."""

    def __post_init__(self) -> None:
        self.assignments = [Assignment(*one) for one in self.assignments]
        self.people = _people(self.people)

    def only(self, kept: list[int]) -> "Classroom":
        """Return it with these people alone, given by their places."""
        return Classroom(
            self.assignments, [self.people[n] for n in kept], [self.cells[n] for n in kept]
        )


@dataclass
class Meet:
    day: str
    """ISO; "" if the name of the file says none."""
    at: str
    """ "07:30", or "" """
    people: list[Person]
    minutes: list[int]
    """For each person, of all times that they joined."""

    def __post_init__(self) -> None:
        self.people = _people(self.people)

    def only(self, kept: list[int]) -> "Meet":
        people, minutes = [self.people[n] for n in kept], [self.minutes[n] for n in kept]
        return Meet(self.day, self.at, people, minutes)


class Sent(NamedTuple):
    """An answer to a form, when its columns are known."""

    person: int
    """A place among the people."""
    day: str
    said: str
    """What was answered; "" of a form without a question, in which being there is the answer."""


@dataclass
class Form:
    head: list[str]
    table: list[tuple[int, list[str]]] = field(default_factory=list)
    """Numbered rows as they were sent, until somebody has said which column is what."""
    people: list[Person] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    """In the order in which they were sent."""
    others: int = 0
    """Rows of other classes, which were left out."""

    def __post_init__(self) -> None:
        self.table = [(number, cells) for number, cells in self.table]
        self.people = _people(self.people)
        self.sent = [Sent(*one) for one in self.sent]

    @property
    def is_open(self) -> bool:
        """Return whether nobody has said yet which column is what."""
        return bool(self.table)


Said = Classroom | Meet | Form
CLASSES: dict[str, Any] = {
    FileKind.CLASSROOM: Classroom,
    FileKind.MEET: Meet,
    FileKind.FORM: Form,
}


def kind_of(said: Said) -> FileKind:
    return next(FileKind(kind) for kind, of in CLASSES.items() if isinstance(said, of))


def as_json(said: Said) -> dict[str, Any]:
    return asdict(said)


def from_json(kind: str, data: dict[str, Any]) -> Said:
    said: Said = CLASSES[kind](**data)
    return said


def _people(rows: list[Person]) -> list[Person]:
    return [Person(*one) for one in rows]

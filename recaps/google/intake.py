"""What of a file is kept at all: nothing about students who are in other classes alone."""

from collections.abc import Iterable, Sequence

from recaps.google.form import NOTHING, Answered, proposed
from recaps.google.matching import Members, name_key
from recaps.google.said import Form, Person, Said
from school.imports.class_names import key_of

LONGEST_CLASS = 30


class Neighbors:
    """The students of the school who are not in the group, and the names of classes."""

    def __init__(
        self,
        others: Iterable[tuple[str, str]],
        own_classes: Iterable[str],
        classes: Iterable[str],
    ) -> None:
        """Take e-mail and name of the others, and the names of the group's and of all classes."""
        self.emails: set[str] = set()
        self.names: set[str] = set()
        for email, name in others:
            self.emails.add(email.casefold())
            self.names.add(name_key(name))
        self.emails.discard("")
        self.own = set(map(key_of, own_classes))
        self.classes = set(map(key_of, classes)) - self.own

    def is_other_class(self, text: str) -> bool:
        """Return whether a text is the name of a class that is not the group's."""
        return len(text) <= LONGEST_CLASS and key_of(text) in self.classes


def kept(said: Said, members: Members, neighbors: Neighbors) -> tuple[Said, int]:
    """Return what may be kept of a file, and how many rows are left out."""
    if isinstance(said, Form) and said.is_open:
        columns = proposed(said.head)
        rows = [row for row in said.table if _may_be_ours(row[1], columns, members, neighbors)]
        return Form(said.head, rows, others=said.others), len(said.table) - len(rows)
    if isinstance(said, Form):
        return said, 0
    places = [n for n, each in enumerate(said.people) if not _is_other(each, members, neighbors)]
    return said.only(places), len(said.people) - len(places)


def of_the_group(
    answers: Sequence[Answered], members: Members, neighbors: Neighbors
) -> list[Answered]:
    """Return the answers of a form that are not of another class, by its column or by its name."""
    return [
        one
        for one in answers
        if members.knows(one.person)
        or not (
            _is_other(one.person, members, neighbors)
            or (one.of_class and key_of(one.of_class) not in neighbors.own)
        )
    ]


def _is_other(person: Person, members: Members, neighbors: Neighbors) -> bool:
    """Return whether somebody is surely a student of the school who is not in the group."""
    if members.knows(person):
        return False
    if person.email.casefold() in neighbors.emails:
        return True
    key = name_key(person.name)
    return key in neighbors.names and key not in members.names


def _may_be_ours(
    cells: Sequence[str], columns: Sequence[int], members: Members, neighbors: Neighbors
) -> bool:
    """Return whether a row of a form whose columns nobody has said yet may be of the group.

    An address decides wherever it stands; then a class, then a name.
    """
    people = [Person(0, "", text) for text in cells if "@" in text]
    if any(map(members.knows, people)):
        return True
    if any(each.email.casefold() in neighbors.emails for each in people):
        return False
    if any(neighbors.is_other_class(text) for text in cells):
        return False
    named = [at for at in columns[2:3] if at != NOTHING]
    keys = {name_key(cells[at]) for at in named or range(len(cells)) if at < len(cells)}
    return bool(keys & set(members.names)) or not keys & neighbors.names

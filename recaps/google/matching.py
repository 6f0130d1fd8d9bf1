"""Whom a row of a file means: by address, by an earlier answer, by name; else it is asked.

A likely name is only proposed. One address, or without one a name, means the same in all files.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import Enum

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from recaps.google.fill import LEAVE_OUT, Fill
from recaps.google.said import Person
from recaps.models.google import DIGEST
from school.models import Student
from school.models.dated import Dated
from school.sheets.cells import folded

LIKE = 0.72
"""How like a student's name another one has to be to be proposed."""
MOST_LIKELY = 3


class How(Enum):
    EMAIL = _("by e-mail")
    REMEMBERED = _("as you said before")
    NAME = _("by name")
    ANSWERED = _("as you said")
    LIKE = _("The name is similar. Is it this student?")
    NAMESAKES = _("Several students have this name. Which one is it?")
    TWO = _("E-mail and name belong to different students. Which one is it?")
    TWICE = _("Another row is about this student already. Is this one too?")
    UNKNOWN = _("Nobody in this group has this e-mail or name. Who is it?")


OPEN = (How.LIKE, How.NAMESAKES, How.TWO, How.TWICE, How.UNKNOWN)


def name_key(name: str) -> str:
    """Return what is the same for "Siti Aini", "Aini Siti" and "siti  AINI"."""
    return " ".join(sorted(map(folded, name.split())))


def digest_of(text: str) -> str:
    return salted_hmac("recaps.google", text, algorithm="sha256").hexdigest()[:DIGEST]


def identity(person: Person) -> str:
    """Return what tells a person apart in all files, without saying who it is."""
    return digest_of(person.email.casefold() or f"name {name_key(person.name)}")


class Members:
    """The students of a group in a period, with the days on which they were in it."""

    def __init__(
        self,
        students: Iterable[Student],
        spans: Mapping[int, list[list[Dated]]],
        remembered: Mapping[str, int | None] | None = None,
    ) -> None:
        """Take the students, for each lists of rows of which one holds on a day of theirs, and
        identity → student id, or None for nobody of the group."""
        self.students = {each.pk: each for each in students}
        self.spans = spans
        self.remembered = remembered or {}
        self.emails: dict[str, set[int]] = defaultdict(set)
        self.names: dict[str, set[int]] = defaultdict(set)
        for pk, student in self.students.items():
            self.names[name_key(student.name)].add(pk)
            if student.email:
                self.emails[student.email.casefold()].add(pk)

    def was_there(self, pk: int, day: date) -> bool:
        """Return whether a student was in the group on a day."""
        return all(any(row.holds_on(day) for row in rows) for rows in self.spans.get(pk, []))

    def knows(self, person: Person) -> bool:
        """Return whether a row is surely about somebody of the group."""
        is_remembered = self.remembered.get(identity(person)) is not None
        return is_remembered or person.email.casefold() in self.emails

    def is_unknown(self, person: Person) -> bool:
        """Return whether it has to be asked who somebody is."""
        is_named = name_key(person.name) in self.names
        return not (is_named or self.knows(person) or identity(person) in self.remembered)

    def likely(self, name: str) -> list[int]:
        """Return the students with the most similar names, the most similar first."""
        key, words = name_key(name), set(name_key(name).split())
        if not key:
            return []
        found = []
        for pk, student in self.students.items():
            other = name_key(student.name)
            pair = SequenceMatcher(None, key, other, autojunk=False)
            # What is quick to say is never less than the ratio.
            is_like = pair.real_quick_ratio() >= LIKE and pair.quick_ratio() >= LIKE
            is_part = words <= set(other.split()) or words >= set(other.split())
            if is_part or (is_like and pair.ratio() >= LIKE):
                found.append((-pair.ratio(), student.name, pk))
        return [pk for _share, _name, pk in sorted(found)[:MOST_LIKELY]]


@dataclass
class Match:
    person: Person
    identity: str
    how: How
    student: int | None = None
    """None if it is asked, or if it is nobody of the group."""
    likely: list[int] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.how in OPEN


def matches_of(fill: Fill, members: Members) -> dict[str, Match]:
    """Return identity → whom it means, of all people in the files."""
    found: dict[str, Match] = {}
    together: list[set[str]] = []
    for file in fill.files:
        together.append(set())
        for person in file.said.people:
            key = identity(person)
            together[-1].add(key)
            if key not in found:
                found[key] = _match(person, key, fill, members)
    for keys in together:
        _ask_twice([found[key] for key in keys])
    return found


def _match(person: Person, key: str, fill: Fill, members: Members) -> Match:
    if answer := fill.answers.get(f"w-{key}"):
        is_out = answer == LEAVE_OUT or int(answer) not in members.students
        return Match(person, key, How.ANSWERED, None if is_out else int(answer))
    if f"n-{key}" in fill.answers:
        return Match(person, key, How.UNKNOWN, likely=members.likely(person.name))
    if key in members.remembered:
        student = members.remembered[key]
        if student is None or student in members.students:
            return Match(person, key, How.REMEMBERED, student)
    by_email = members.emails.get(person.email.casefold(), set()) if person.email else set()
    by_name = members.names.get(name_key(person.name), set())
    if by_email or by_name:
        return _known(person, key, by_email, by_name)
    likely = members.likely(person.name)
    return Match(person, key, How.LIKE if likely else How.UNKNOWN, likely=likely)


def _known(person: Person, key: str, by_email: set[int], by_name: set[int]) -> Match:
    if by_email and by_name and not by_email & by_name:
        return Match(person, key, How.TWO, likely=sorted(by_email | by_name))
    meant = set(by_email & by_name or by_email or by_name)
    if len(meant) == 1:
        return Match(person, key, How.EMAIL if by_email else How.NAME, meant.pop())
    return Match(person, key, How.NAMESAKES, likely=sorted(meant))


def _ask_twice(matches: Iterable[Match]) -> None:
    """Let rows that mean a student by name be asked about if another one of the file does too."""
    of_student: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if match.student is not None:
            of_student[match.student].append(match)
    for pk, several in of_student.items():
        for match in several if len(several) > 1 else []:
            if match.how == How.NAME:
                match.how, match.student, match.likely = How.TWICE, None, [pk]

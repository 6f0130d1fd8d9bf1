"""What the files say of a group in a period: its assignments and its meetings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TypeVar

from recaps.google.days import day_of, is_month_first_in
from recaps.google.fill import Fill, GivenFile
from recaps.google.matching import Match, digest_of, identity
from recaps.google.said import EMPTY, MARKED, MISSING, ZERO, Classroom, Form, Meet, Person
from recaps.models.attendance import COUNT_OF
from recaps.queries.attendance_rows import A_NOTE, MEANT, THERE
from school.models import RecapPeriod
from school.sheets.cells import folded
from workflow import clock

Layout = TypeVar("Layout", Classroom, Meet, Form)
EXEMPTED, LATE = "D", "T"
WORDS: dict[str, str] = {
    **MEANT,
    **dict.fromkeys(("d", "dispensasi", "dispen", "exempted"), EXEMPTED),
    **dict.fromkeys(("t", "terlambat", "telat", "late"), LATE),
}
COUNTS: dict[str, str] = {**COUNT_OF, EXEMPTED: "dispensed", LATE: "late"}
"""Code → the count of an entry."""


def key_of(*parts: object) -> str:
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()[:10]


@dataclass
class Task:
    """An assignment, which two files may have."""

    key: str
    title: str
    day: date | None
    is_in_period: bool
    signs: dict[int, str] = field(default_factory=dict)
    """Student id → the best sign of all rows: marked, then zero, then missing, then empty."""
    files: list[GivenFile] = field(default_factory=list)

    def count(self, sign: str) -> int:
        return sum(each == sign for each in self.signs.values())

    @property
    def empty(self) -> int:
        return self.count(EMPTY)

    @property
    def zero(self) -> int:
        return self.count(ZERO)

    @property
    def has_come(self) -> bool:
        return self.day is not None and self.day <= clock.today()


@dataclass
class Meeting:
    """A meeting of the group: that of a Meet, or a day on which a form was answered."""

    key: str
    day: date
    at: str
    is_in_period: bool
    minutes: dict[int, int] = field(default_factory=dict)
    """Student id → minutes in the Meet."""
    answers: dict[int, str] = field(default_factory=dict)
    """Student id → the last answer of the day to a form."""
    files: list[GivenFile] = field(default_factory=list)


def tasks_of(fill: Fill, matches: dict[str, Match], period: RecapPeriod) -> list[Task]:
    """Return the assignments of all files by day; those without a day come last."""
    found: dict[str, Task] = {}
    for file, said in _of(fill, Classroom):
        month_first = is_month_first_in((each.day for each in said.assignments), period)
        seen: dict[str, int] = {}
        for at, each in enumerate(said.assignments):
            day = day_of(each.day, month_first=month_first)
            # Two columns of one name and day are two assignments.
            name = f"{folded(each.title)} {day}"
            seen[name] = seen.get(name, 0) + 1
            key = key_of(name, seen[name])
            task = found.setdefault(key, Task(key, each.title, day, _is_in(period, day)))
            task.files.append(file)
            for place, pk in _students(said.people, matches):
                task.signs[pk] = _better(task.signs.get(pk), said.cells[place][at])
    return sorted(found.values(), key=lambda task: (task.day is None, task.day, task.title))


def _better(one: str | None, other: str) -> str:
    order = [MARKED, ZERO, MISSING, EMPTY]
    if one is None or one not in order:
        return one or other
    return min(one, other, key=order.index) if other in order else other


Meetings = dict[tuple[str, str], Meeting]
"""Day and hour → the meeting."""


def meetings_of(fill: Fill, matches: dict[str, Match], period: RecapPeriod) -> list[Meeting]:
    """Return the meetings of all files in their order.

    A form and a Meet of the same day are about the same meetings.
    """
    found: Meetings = {}
    for file, meet in _of(fill, Meet):
        if meet.day:
            _add_meet(_meeting(found, meet.day, meet.at, period), file, meet, matches)
    for file, form in _of(fill, Form):
        for day in sorted({sent.day for sent in form.sent}):
            for meeting in _on(found, day) or [_meeting(found, day, "", period)]:
                meeting.files.append(file)
        _add_answers(found, form, matches)
    return sorted(found.values(), key=lambda each: (each.day, each.at))


def _add_meet(meeting: Meeting, file: GivenFile, meet: Meet, matches: dict[str, Match]) -> None:
    meeting.files.append(file)
    of_file: dict[int, int] = {}
    for place, pk in _students(meet.people, matches):
        of_file[pk] = of_file.get(pk, 0) + meet.minutes[place]
    # The same meeting in another file is no longer than it was.
    for pk, minutes in of_file.items():
        meeting.minutes[pk] = max(meeting.minutes.get(pk, 0), minutes)


def _add_answers(found: Meetings, form: Form, matches: dict[str, Match]) -> None:
    students = dict(_students(form.people, matches))
    for sent in form.sent:
        if sent.person in students:
            for meeting in _on(found, sent.day):
                meeting.answers[students[sent.person]] = sent.said


def _on(found: Meetings, day: str) -> list[Meeting]:
    return [meeting for (on, _at), meeting in found.items() if on == day]


def _students(people: list[Person], matches: dict[str, Match]) -> Iterator[tuple[int, int]]:
    """Yield place and student id of those who are known."""
    for place, person in enumerate(people):
        match = matches.get(identity(person))
        if match and match.student is not None:
            yield place, match.student


def _meeting(found: Meetings, day: str, at: str, period: RecapPeriod) -> Meeting:
    on = date.fromisoformat(day)
    made = Meeting(key_of(day, at), on, at, _is_in(period, on) and on <= clock.today())
    return found.setdefault((day, at), made)


def _is_in(period: RecapPeriod, day: date | None) -> bool:
    return day is None or period.starts_on <= day <= period.ends_on


def _of(fill: Fill, kind: type[Layout]) -> Iterator[tuple[GivenFile, Layout]]:
    return ((file, file.said) for file in fill.files if isinstance(file.said, kind))


def word_key(said: str) -> str:
    """Return what stands for an answer whose meaning was asked."""
    return digest_of(f"answer {folded(said)}")


def code_of(said: str, meant: Mapping[str, str]) -> str | None:
    """Return the code of an answer, "" for being there; None if nobody has said what it means.

    `meant` has the digests of answers that somebody has given a meaning.
    """
    if not said:
        return THERE
    bare = A_NOTE.sub("", said)
    known = WORDS.get(folded(said), WORDS.get(folded(bare)))
    return meant.get(word_key(said)) if known is None else known


def unknown_words(fill: Fill) -> list[str]:
    """Return the answers to forms whose meaning is to be asked, each once."""
    said = {sent.said for _file, form in _of(fill, Form) for sent in form.sent}
    by_digest = {folded(text): text for text in sorted(said) if code_of(text, {}) is None}
    return sorted(by_digest.values())

"""Answers to a Google Form: a time stamp, then the school's own questions.

Which column is what, only who made the form knows; the names of the columns make a proposal.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from recaps.google.bad_rows import BadRows
from recaps.google.days import day_of, minutes_of_day
from recaps.google.heads import EMAIL, SENT, cell, place_of
from recaps.google.said import Form, Person, Sent
from school.sheets.cells import folded
from school.sheets.errors import NotReadable
from school.sheets.grid import Line

TIME, ADDRESS, NAME, CLASS, ANSWER = "time", "email", "name", "class", "answer"
NOTHING = -1
"""In place of a column that the form does not have."""
LIKELY = {
    NAME: ("namalengkap", "namasiswa", "fullname", "nama", "name"),
    CLASS: ("kelas", "rombel", "class"),
    ANSWER: ("kehadiran", "attendance", "presensi", "absen", "hadir", "status", "keterangan"),
}
"""Parts of names of columns, the best first."""


class Columns(NamedTuple):
    """Which column is what, by place; NOTHING for what the form does not ask."""

    time: int = NOTHING
    email: int = NOTHING
    name: int = NOTHING
    of_class: int = NOTHING
    answer: int = NOTHING
    month_first: bool = False
    """Whether 8/3/2020 is a day of August."""


def is_head(cells: Sequence[str]) -> bool:
    return place_of(SENT, cells) is not None and len(list(filter(None, cells))) > 1


def read(head: Line, rows: list[Line], _name: str) -> Form:
    """Return all of it: what is not needed is dropped as soon as the columns are known."""
    _number, cells = head
    if not rows:
        raise NotReadable(_("Nobody has answered the form yet."))
    bad = BadRows()
    for number, row in rows:
        if any(row[len(cells) :]):
            bad.add(number, _("there is more in it than the head has columns."))
    bad.check()
    return Form(head=list(cells), table=[(number, list(row)) for number, row in rows])


def proposed(head: Sequence[str]) -> Columns:
    """Return the columns that are probably meant."""
    time, email = place_of(SENT, head), place_of(EMAIL, head)
    taken = {time, email}
    found: dict[str, int] = {}
    for column, parts in LIKELY.items():
        found[column] = _likely(head, parts, taken)
        taken.add(found[column])
    return Columns(
        NOTHING if time is None else time,
        NOTHING if email is None else email,
        found[NAME],
        found[CLASS],
        found[ANSWER],
    )


def _likely(head: Sequence[str], parts: Sequence[str], taken: set[int | None]) -> int:
    names = [(at, folded(title)) for at, title in enumerate(head) if at not in taken]
    for part in parts:
        for at, name in names:
            if part in name:
                return at
    return NOTHING


class Answered(NamedTuple):
    """A row of a form with its columns known."""

    person: Person
    of_class: str
    day: str
    minute: int
    said: str


def answers_of(form: Form, columns: Columns) -> list[Answered]:
    """Return its rows in the order in which they were sent. Raises NotReadable, naming bad rows."""
    bad, found = BadRows(), list[Answered]()
    for number, row in form.table:
        texts = [cell(row, at) if at != NOTHING else "" for at in columns[:5]]
        sent, email, name, of_class, answer = texts
        day = day_of(sent, month_first=columns.month_first)
        if day is None:
            bad.add(number, _("“%(typed)s” is no date.") % {"typed": sent})
        elif not (name or email):
            bad.add(number, _("neither name nor e-mail is filled in."))
        else:
            person = Person(number, name, email)
            minute = minutes_of_day(sent) or 0
            found.append(Answered(person, of_class, day.isoformat(), minute, answer))
    bad.check()
    return sorted(found, key=lambda one: (one.day, one.minute))


def reduced(form: Form, answers: Sequence[Answered], left_out: int) -> Form:
    """Return the form with these answers alone: no other column, no class, no hour."""
    places: dict[tuple[str, str], int] = {}
    people: list[Person] = []
    sent: list[Sent] = []
    for one in answers:
        key = (one.person.email.casefold(), folded(one.person.name))
        if key not in places:
            places[key] = len(people)
            people.append(one.person)
        sent.append(Sent(places[key], one.day, one.said))
    return Form(form.head, people=people, sent=sent, others=form.others + left_out)

"""Participants of a Google Meet: one file is one meeting, whose day is in the name of the file."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from recaps.google.bad_rows import BadRows
from recaps.google.days import in_name, minutes_of_day
from recaps.google.heads import (
    DURATION,
    EMAIL,
    EXITED,
    FIRST,
    FULL,
    JOINED,
    LAST,
    cell,
    place_of,
)
from recaps.google.said import Meet, Person
from school.sheets.cells import folded
from school.sheets.errors import NotReadable
from school.sheets.grid import Line

HOURS = r"(?:(\d{1,3}) ?(?:h|hr|hrs|hours?|j|jam)\.?)?"
MINUTES = r"(?:(\d{1,4}) ?(?:m|min|mins|minutes?|mnt|menit)\.?)?"
SECONDS = r"(?:(\d{1,5}) ?(?:s|sec|secs|seconds?|d|dtk|detik)\.?)?"
SAID = re.compile(rf"{HOURS} ?{MINUTES} ?{SECONDS}", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
A_NUMBER = re.compile(r"\d{1,4}")
UNDER = re.compile(r"(?:<|less than|kurang dari) ?", re.IGNORECASE)
DAY = 24 * 60
COLUMNS = {
    "first": FIRST,
    "last": LAST,
    "full": FULL,
    "email": EMAIL,
    "duration": DURATION,
    "joined": JOINED,
    "exited": EXITED,
}


def is_head(cells: Sequence[str]) -> bool:
    times = [place_of(names, cells) for names in (DURATION, JOINED, EXITED)]
    named = [place_of(names, cells) for names in (FIRST, FULL)]
    has_time = times[0] is not None or None not in times[1:]
    return (
        has_time and any(at is not None for at in named) and any(at is not None for at in times[1:])
    )


def read(head: Line, rows: list[Line], name: str) -> Meet:
    """Return what the file says. Raises NotReadable, with the rows that are wrong."""
    _number, cells = head
    places = {column: place_of(names, cells) for column, names in COLUMNS.items()}
    day, at = in_name(name)
    bad, found = BadRows(), dict[tuple[str, str], tuple[Person, int]]()
    for number, row in rows:
        person, minutes = _person(number, row, places), _minutes(row, places)
        if any(row[len(cells) :]):
            bad.add(number, _("there is more in it than the head has columns."))
        elif not (person.name or person.email):
            bad.add(number, _("neither name nor e-mail is filled in."))
        elif minutes is None:
            bad.add(number, _("it does not say how long. Write it like 34 min."))
        else:
            # Who joins several times has a row for each.
            key = (folded(person.email), "" if person.email else folded(person.name))
            first, before = found.get(key, (person, 0))
            found[key] = first, min(before + minutes, DAY)
    bad.check()
    if not found:
        raise NotReadable(_("There is nobody in it."))
    people = [person for person, _minutes in found.values()]
    return Meet(day, at, people, [minutes for _person, minutes in found.values()])


def _person(number: int, row: Sequence[str], places: dict[str, int | None]) -> Person:
    names = [cell(row, places[name]) for name in ("first", "last")]
    name = " ".join(filter(None, names)) or cell(row, places["full"])
    return Person(number, name, cell(row, places["email"]))


def _minutes(row: Sequence[str], places: dict[str, int | None]) -> int | None:
    """Return how long a row says that somebody was there, else the time from joining to leaving."""
    text = cell(row, places["duration"])
    if (said := _duration(text)) is not None or text:
        return said
    joined, exited = (minutes_of_day(cell(row, places[name])) for name in ("joined", "exited"))
    return None if joined is None or exited is None else (exited - joined) % DAY


def _duration(text: str) -> int | None:
    if UNDER.match(text):
        return 0
    if found := CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    if A_NUMBER.fullmatch(text):
        return int(text)
    if text and (found := SAID.fullmatch(text)):
        hours, minutes, _seconds = (int(part or 0) for part in found.groups())
        return hours * 60 + minutes
    return None

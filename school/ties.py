"""The offices and assignments of a person on a day, from which their rights follow; one query.

The query is written as SQL, since every page needs it: it reads a few rows of four tables, and
Django would take forty times as long to write the statement as the database takes to answer it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from school import head

HOLDS = "starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)"
"""The same condition as `dated.holds_on`."""
ROWS = f"""
SELECT 'office', user_id, CASE WHEN also_teaches THEN 1 ELSE 0 END, office FROM school_officeholding
JOIN school_user ON school_user.id = user_id WHERE is_active AND {HOLDS}
UNION ALL
SELECT 'teaches', group_id, school_class_id, '' FROM school_teachingassignment
JOIN school_teachinggroup ON school_teachinggroup.id = group_id
WHERE teacher_id = %(person)s AND {HOLDS}
UNION ALL
SELECT 'homeroom', school_class_id, year_id, name FROM school_homeroomassignment
JOIN school_schoolclass ON school_schoolclass.id = school_class_id
WHERE teacher_id = %(person)s AND {HOLDS}
UNION ALL
SELECT 'counsels', id, 0, '' FROM school_schoolclass WHERE counselor_id = %(person)s
UNION ALL
SELECT 'head', 0, 0, head_title FROM school_schoolprofile
"""  # noqa: S608  (constants alone)
Row = tuple[Any, ...]
VOIDS = "OPERATOR"
"""The office beside which lessons and classes give no rights, unless a yes was given for them.

Its holders assign both, also to each other, and would see cases by giving themselves a class."""


class Homeroom(NamedTuple):
    """A class of a homeroom teacher."""

    class_id: int
    year_id: int
    name: str


@dataclass(frozen=True)
class Ties:
    """The offices and assignments that `person` holds on `day`, as ids.

    A `User` keeps its own for the day, so a request asks once; `User.forget_ties` drops them.
    """

    person: int | None
    day: date | None
    offices: frozenset[str] = frozenset()
    holders: frozenset[tuple[str, int]] = frozenset()
    """(office, user) of every active person who holds one."""
    teaching: frozenset[int] = frozenset()
    """Groups that the person teaches, whole classes or not."""
    taught_classes: frozenset[int] = frozenset()
    """Classes that the person teaches as a whole."""
    taught_groups: frozenset[int] = frozenset()
    """Groups that the person teaches and that are no class."""
    homerooms: tuple[Homeroom, ...] = ()
    own_classes: frozenset[int] = frozenset()
    counseled_classes: frozenset[int] = frozenset()
    """Classes assigned to the person as their counselor, of every year."""


NOBODY = Ties(None, None)
"""The ties of people who are not signed in or were disabled."""


def ties_of(user: object) -> Ties:
    """Return the ties of a user today; NOBODY for people who are not signed in."""
    return getattr(user, "ties", NOBODY)


def ties_on(day: date, person: int) -> Ties:
    """Return the ties of a person on a day, and remember the head's title; one query."""
    rows = _rows(day, person)
    head.remember(next((title for _zero, _zero2, title in _of(rows, "head")), ""))
    holders = frozenset((name, user) for user, _teaches, name in _of(rows, "office"))
    counts = person not in {
        user for user, teaches, name in _of(rows, "office") if name == VOIDS and not teaches
    }
    teaching = list(_of(rows, "teaches")) if counts else []
    homerooms = sorted({Homeroom(*row) for row in _of(rows, "homeroom")}) if counts else []
    return Ties(
        person,
        day,
        offices=frozenset(office for office, user in holders if user == person),
        holders=holders,
        teaching=frozenset(group for group, _class, _ in teaching),
        taught_classes=frozenset(of_class for _group, of_class, _ in teaching if of_class),
        taught_groups=frozenset(group for group, of_class, _ in teaching if not of_class),
        homerooms=tuple(homerooms),
        own_classes=frozenset(home.class_id for home in homerooms),
        counseled_classes=frozenset(row[0] for row in _of(rows, "counsels")),
    )


def _rows(day: date, person: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"day": day, "person": person})
        return cursor.fetchall()


def _of(rows: list[Row], kind: str) -> Iterator[Row]:
    return (row[1:] for row in rows if row[0] == kind)

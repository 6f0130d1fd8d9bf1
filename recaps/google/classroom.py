"""Grades of Google Classroom: names, then a column for each assignment.

The rows below the head have the dates of the assignments and their points.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from recaps.google.bad_rows import BadRows
from recaps.google.days import is_day
from recaps.google.heads import (
    AVERAGE,
    DATE,
    EMAIL,
    FIRST,
    FULL,
    LAST,
    POINTS,
    cell,
    place_of,
)
from recaps.google.said import (
    EMPTY,
    EXCUSED,
    MARKED,
    MISSING,
    ZERO,
    Assignment,
    Classroom,
    Person,
)
from school.sheets.cells import folded
from school.sheets.errors import NotReadable
from school.sheets.grid import Line

MARK = re.compile(r"(\d{1,5}(?:[.,]\d+)?)(?: ?/ ?\d{1,5}(?:[.,]\d+)?)?%?")
WORDS = {
    **dict.fromkeys(("", "-", "–", "—"), EMPTY),
    **dict.fromkeys(("missing", "tidakada", "tidakdiserahkan", "tidakdikumpulkan"), MISSING),
    **dict.fromkeys(("excused", "dikecualikan", "dimaafkan"), EXCUSED),
    **dict.fromkeys(("submitted", "turnedin", "diserahkan", "selesai", "done"), MARKED),
}
MOST_ASSIGNMENTS = 200


def is_head(cells: Sequence[str]) -> bool:
    named = [place_of(names, cells[:4]) for names in (LAST, FIRST)]
    return None not in named and place_of(EMAIL, cells[:4]) is not None


def read(head: Line, rows: list[Line], _name: str) -> Classroom:
    """Return what the file says. Raises NotReadable, with the rows that are wrong."""
    number, cells = head
    places = {name: place_of(names, cells) for name, names in _COLUMNS.items()}
    columns = [at for at, title in enumerate(cells) if title and at not in places.values()]
    if not rows or folded(cell(rows[0][1], 0)) not in DATE:
        raise NotReadable(
            _(
                "Row %(n)s should have the dates of the assignments. In Classroom open Grades, "
                "choose “Download all grades as CSV”, and choose that file."
            )
            % {"n": number + 1}
        )
    if not 0 < len(columns) <= MOST_ASSIGNMENTS:
        raise NotReadable(_("It has no column of an assignment. Choose the file with all grades."))
    bad = BadRows()
    assignments = [_assignment(cells[at], rows[0], at, bad) for at in columns]
    has_points = len(rows) > 1 and folded(cell(rows[1][1], 0)) in POINTS
    people, signs = [], []
    for number, row in rows[2 if has_points else 1 :]:
        person = _person(number, row, places)
        if folded(person.name) in AVERAGE:
            continue
        if any(row[len(cells) :]):
            bad.add(number, _("there is more in it than the head has columns."))
        elif not (person.name or person.email):
            bad.add(number, _("neither name nor e-mail is filled in."))
        else:
            people.append(person)
            signs.append("".join(_sign(number, row, cells, at, bad) for at in columns))
    bad.check()
    if not people:
        raise NotReadable(_("There is no student in it."))
    return Classroom(assignments, people, signs)


_COLUMNS = {"last": LAST, "first": FIRST, "full": FULL, "email": EMAIL}


def _assignment(title: str, dates: Line, at: int, bad: BadRows) -> Assignment:
    number, cells = dates
    day = cell(cells, at)
    if folded(day) and not is_day(day):
        bad.add(number, _("“%(typed)s” is no date.") % {"typed": day})
    return Assignment(title, day if folded(day) else "")


def _person(number: int, row: Sequence[str], places: dict[str, int | None]) -> Person:
    names = [cell(row, places["first"]), cell(row, places["last"])]
    return Person(number, " ".join(filter(None, names)), cell(row, places["email"]))


def _sign(number: int, row: Sequence[str], head: Sequence[str], at: int, bad: BadRows) -> str:
    text = cell(row, at)
    if found := MARK.fullmatch(text):
        return MARKED if float(found[1].replace(",", ".")) else ZERO
    sign = WORDS.get(text if text in WORDS else folded(text) or text)
    if sign is None:
        words = {"typed": text, "title": head[at]}
        bad.add(number, _("“%(typed)s” in “%(title)s” is no mark.") % words)
    return sign or EMPTY

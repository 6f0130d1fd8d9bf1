"""The attacker on hidden counts: finds another school that prints the very same pages.

If one exists in which a hidden count is different, no reader of all pages and files together can
tell the count, whatever they subtract. The search moves cases of a random school at random, and
goes on from each school that prints the same.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

from cases.models import Cause, Reason, Rung
from reports.facts import NONE
from reports.grid import Key
from reports.small_numbers import FAMILIES, PARTS, Counts, Part, Place, What, key_of

GRADE_OF = {"1": "X", "2": "X", "3": "XI", "4": "XI", "5": "XII"}
"""Class → grade; XII has one class alone."""
GRADES = tuple(dict.fromkeys(GRADE_OF.values()))
SEMESTER = cast(Any, SimpleNamespace(code="2020/2021-1"))
LEAST = 5
Shown = tuple[What, Place, Part]


@dataclass(frozen=True)
class Row:
    """A case of the school, as far as a table counts it."""

    school_class: str
    rung: Rung
    reasons: frozenset[str]
    causes: frozenset[str]


Rows = list[Row]


def places() -> list[Place]:
    by_class: list[Place] = [("class", one) for one in GRADE_OF]
    return [*(("grade", one) for one in GRADES), *by_class]


def shown_counts() -> list[Shown]:
    """Return what the pages show: all cases by place and rung, each reason and cause by either."""
    found: list[Shown] = [(None, place, part) for place in (None, *places()) for part in ALL_PARTS]
    for family, codes in FAMILIES.items():
        for what in [(family, code) for code in (*codes, NONE)]:
            found += [(what, None, part) for part in ALL_PARTS]
            found += [(what, place, None) for place in places() if what[1] != NONE]
    return found


ALL_PARTS: list[Part] = [None, *PARTS]
SHOWN = shown_counts()


def some_school(chance: random.Random) -> Rows:
    """Return a school of 6 to 40 cases in few or many classes, with few or many reasons."""
    reasons = chance.sample(Reason.values, chance.randint(1, 3))
    causes = chance.sample(Cause.values, chance.randint(1, 3))
    rungs = chance.sample(list(Rung), chance.randint(1, 4))
    classes = chance.sample(list(GRADE_OF), chance.randint(1, 5))
    often = chance.choice([0.1, 0.5, 0.9])
    return [
        Row(
            chance.choice(classes),
            chance.choice(rungs),
            frozenset(one for one in reasons if chance.random() < often),
            frozenset(one for one in causes if chance.random() < 0.4),
        )
        for _case in range(chance.randint(6, 40))
    ]


def counts_of(rows: Rows) -> Counts:
    cases: Iterable[Any] = [
        SimpleNamespace(
            pk=at,
            class_id=row.school_class,
            grade=GRADE_OF[row.school_class],
            rung=int(row.rung),
            causes=list(row.causes),
        )
        for at, row in enumerate(rows)
    ]
    reasons = {at: row.reasons for at, row in enumerate(rows)}
    return Counts.of(SEMESTER, cases, reasons, GRADE_OF.items(), LEAST)


def printed(rows: Rows) -> tuple[tuple[object, ...], dict[Shown, int]]:
    """Return all that the pages print of a school, and the counts that they hide."""
    counts = counts_of(rows)
    hidden: frozenset[Key] = counts.hidden()
    kept = {one: counts.numbers[one] for one in SHOWN if key_of(SEMESTER, *one) in hidden}
    figures = [None if one in kept else counts.numbers[one] for one in SHOWN]
    # A cause has a line, and "none" has one, only where it has a case.
    lines = [(family, code) for family in FAMILIES for code in (*Cause.values, NONE)]
    has_line = [bool(counts.numbers[what, None, None]) for what in lines]
    return (*figures, *has_line), kept


def told_apart(chance: random.Random, rows: Rows, tries: int) -> set[Shown]:
    """Return the hidden counts for which no other school that prints the same was found.

    Of those that need it: few are behind it, or few are not. What hides with them need not differ.
    """
    page, hidden = printed(rows)
    left = {one for one, number in hidden.items() if _says_of_few(number, one, counts_of(rows))}
    for _try in range(tries):
        if not left:
            break
        other = rows
        for _move in range(chance.randint(1, 4)):
            other = chance.choice(MOVES)(chance, list(other))
        other_page, there = printed(other)
        if other_page == page:
            left -= {one for one in left if there[one] != hidden[one]}
            rows = other
    return left


def _says_of_few(number: int, shown: Shown, counts: Counts) -> bool:
    what, place, part = shown
    rest = 0 if what is None else counts.numbers[None, place, part] - number
    return number > 0 and (number < LEAST or 0 < rest < LEAST)


def _exchange(name: str) -> Callable[[random.Random, Rows], Rows]:
    def move(chance: random.Random, rows: Rows) -> Rows:
        a, b = chance.sample(range(len(rows)), 2)
        first, second = getattr(rows[a], name), getattr(rows[b], name)
        rows[a], rows[b] = (replace(rows[at], **{name: it}) for at, it in ((a, second), (b, first)))
        return rows

    return move


def _other_class(chance: random.Random, rows: Rows) -> Rows:
    """Put a case into a class of the same grade."""
    at = chance.randrange(len(rows))
    grade = GRADE_OF[rows[at].school_class]
    classes = [one for one, of in GRADE_OF.items() if of == grade]
    rows[at] = replace(rows[at], school_class=chance.choice(classes))
    return rows


def _pass_on(name: str) -> Callable[[random.Random, Rows], Rows]:
    """Give a reason or cause of one case to another of the same rung."""

    def move(chance: random.Random, rows: Rows) -> Rows:
        a = chance.randrange(len(rows))
        b = chance.choice([at for at, row in enumerate(rows) if row.rung == rows[a].rung])
        differ = sorted(getattr(rows[a], name) ^ getattr(rows[b], name))
        if differ:
            one = {chance.choice(differ)}
            for at in (a, b):
                rows[at] = replace(rows[at], **{name: getattr(rows[at], name) ^ one})
        return rows

    return move


def _change(name: str, codes: list[str]) -> Callable[[random.Random, Rows], Rows]:
    """Give a case a reason or cause more, or one less."""

    def move(chance: random.Random, rows: Rows) -> Rows:
        at = chance.randrange(len(rows))
        one = {chance.choice([*getattr(rows[at], name), *codes])}
        rows[at] = replace(rows[at], **{name: getattr(rows[at], name) ^ one})
        return rows

    return move


MOVES = (
    *map(_exchange, ("school_class", "rung", "reasons", "causes")),
    *(_pass_on("reasons"), _pass_on("reasons"), _pass_on("causes"), _pass_on("causes")),
    *(_pass_on("causes"), _change("reasons", Reason.values), _change("causes", Cause.values)),
    *(_other_class, _other_class),
)

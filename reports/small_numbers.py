"""Which counts of cases stay hidden from who reads figures without names (decision 0046).

A count from 1 to 4 (`Policy.small_cell`) is hidden, and with it every count of the same sum, so
that no difference gives it away. A count that leaves so few of all cases is hidden too: it would
say what nearly all of them have. Tables 2 and 3 by grade are the published report: they stay whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cases.models import Cause, Reason, Rung
from reports.facts import MINOR, NO_PLACE, NONE, CaseFact, reasons_of
from reports.grid import PUBLIC, Cell, Grid, Key, Line
from reports.tables import CLASS, reports_of
from school.models import Semester

FAMILIES: dict[str, Sequence[str]] = {"reason": Reason.values, "cause": Cause.values}
What = tuple[str, str] | None
"""A reason or a cause; None for all cases."""
Place = tuple[str, str] | None
"""A grade or a class; None for the school."""
Part = tuple[str, str] | None
"""A rung, or the minor ones; None for all."""
RUNGS: Sequence[Part] = [("rung", rung.name) for rung in Rung]
PARTS: Sequence[Part] = [*RUNGS, ("severity", "minor")]
KNOWN = frozenset({"semester", "class", "grade", "rung", "severity", *FAMILIES})
"""The names that a key may have for its count to be shown at all."""


def key_of(semester: Semester, what: What, place: Place, part: Part) -> Key:
    given = [one for one in (what, place, part) if one]
    return frozenset([("semester", semester.code), *given])


@dataclass
class Counts:
    """The cases of a semester by what, place and part, and the classes of each grade."""

    semester: Semester
    numbers: Counter[tuple[What, Place, Part]]
    classes: Mapping[str, Sequence[str]]
    """Grade → its classes, as they stand in keys."""
    least: int

    @classmethod
    def of(
        cls,
        semester: Semester,
        cases: Iterable[CaseFact],
        reasons: Mapping[int, frozenset[str]],
        classes: Iterable[tuple[str, str]],
        least: int,
    ) -> "Counts":
        """Return the counts; `classes` are pairs of class and grade, also those without a case."""
        numbers: Counter[tuple[What, Place, Part]] = Counter()
        of_grade: dict[str, dict[str, None]] = defaultdict(dict)
        for school_class, grade in classes:
            of_grade[grade][school_class] = None
        for case in cases:
            grade = case.grade or NO_PLACE
            school_class = str(case.class_id or NO_PLACE)
            of_grade[grade][school_class] = None
            places: list[Place] = [None, ("grade", grade), ("class", school_class)]
            for what in _whats(case, reasons.get(case.pk, frozenset())):
                for part in _parts(case):
                    numbers.update((what, place, part) for place in places)
        return cls(semester, numbers, {grade: list(of) for grade, of in of_grade.items()}, least)

    def is_safe(self, what: What, place: Place, part: Part) -> bool:
        """Return whether a count says of nobody what few have, nor what few of all have not."""
        number = self.numbers[what, place, part]
        if what is None:
            return not number or number >= self.least
        everybody = self.numbers[None, place, part]
        has_enough = not number or number >= self.least
        return not everybody or (has_enough and everybody - number >= self.least)

    def are_safe(self, what: What, places: Sequence[Place], parts: Sequence[Part]) -> bool:
        return all(self.is_safe(what, place, part) for place in places for part in parts)

    def hidden(self) -> frozenset[Key]:
        """Return the keys of the counts that stay hidden."""
        found = [key for of in self.classes.values() for key in self._hidden_classes(of)]
        for family, codes in FAMILIES.items():
            each = [self._hidden_of((family, code)) for code in codes]
            # Those with none of them are all cases but those with one: a sum over the others.
            shows = all(one.shows for one in each)
            shows_rungs = all(one.shows_rungs for one in each)
            each.append(self._hidden_of((family, NONE), shows, shows_rungs))
            found += [key for one in each for key in one.keys]
        return frozenset(found)

    def _hidden_classes(self, classes: Sequence[str]) -> Iterable[Key]:
        """Return those of Tables 2 and 3; a grade's only class has its published counts."""
        places: list[Place] = [("class", one) for one in classes]
        if len(classes) == 1 or self.are_safe(None, places, [None, *RUNGS]):
            return []
        return self._keys(None, places, PARTS if self._shows_sums(places) else [None, *PARTS])

    def _shows_sums(self, places: Sequence[Place]) -> bool:
        """Return whether the cases of a grade's classes are shown.

        Were all of them in one class, their rungs would be those published of the grade.
        """
        if self.are_safe(None, places, [None, *RUNGS]):
            return True
        is_spread = sum(bool(self.numbers[None, place, None]) for place in places) > 1
        return is_spread and self.are_safe(None, places, [None])

    def _hidden_of(
        self, what: What, may_show: bool = True, may_show_rungs: bool = True
    ) -> "Hidden":
        """Return those of a reason or cause: of the school, by rung, by grade, by class."""
        grades: list[Place] = [("grade", one) for one in self.classes]
        shows = may_show and self.is_safe(what, None, None)
        shows_rungs = shows and may_show_rungs and self.are_safe(what, [None], RUNGS)
        shows_grades = shows and (len(grades) == 1 or self.are_safe(what, grades, [None]))
        keys = [] if shows else self._keys(what, [None], [None])
        keys += [] if shows_rungs else self._keys(what, [None], PARTS)
        keys += [] if shows_grades else self._keys(what, grades, [None])
        for classes in self.classes.values():
            places: list[Place] = [("class", one) for one in classes]
            are_shown = self._shows_sums(places) and self.are_safe(what, places, [None])
            is_shown = shows_grades and (len(classes) == 1 or are_shown)
            keys += [] if is_shown else self._keys(what, places, [None])
        return Hidden(keys, shows, shows_rungs)

    def _keys(self, what: What, places: Sequence[Place], parts: Sequence[Part]) -> list[Key]:
        return [key_of(self.semester, what, place, part) for place in places for part in parts]


class Hidden(NamedTuple):
    """The hidden keys of a reason or cause, and whether its sum and its rungs are shown."""

    keys: list[Key]
    shows: bool
    shows_rungs: bool


def _whats(case: CaseFact, reasons: frozenset[str]) -> list[What]:
    found: list[What] = [None]
    for family, codes in (("reason", reasons), ("cause", frozenset(case.causes))):
        found += [(family, code) for code in codes] or [(family, NONE)]
    return found


def _parts(case: CaseFact) -> list[Part]:
    is_minor = case.rung in MINOR
    return [None, ("rung", Rung(case.rung).name), *([("severity", "minor")] if is_minor else [])]


def hidden_in(semesters: Sequence[Semester], cases: Sequence[CaseFact]) -> frozenset[Key]:
    """Return the keys of the counts that stay hidden; `cases` are all of the semesters."""
    reasons = reasons_of(cases)
    found: set[Key] = set()
    for report in reports_of(semesters, CLASS):
        semester = report.semester
        mine = [case for case in cases if case.semester == semester.pk]
        classes = [(str(row.class_id or NO_PLACE), row.grade or NO_PLACE) for row in report.rows]
        least = semester.policy.small_cell
        found |= Counts.of(semester, mine, reasons, classes, least).hidden()
    return frozenset(found)


def without_small(grids: Iterable[Grid], hidden: frozenset[Key]) -> list[Grid]:
    """Return the tables without the hidden counts, without links, and without what has no key."""

    def cell(cell: Cell) -> Cell:
        is_known = cell.key is not None and KNOWN.issuperset(dict(cell.key))
        if cell.value is None or cell.key == PUBLIC or (is_known and cell.key not in hidden):
            return replace(cell, url="")
        return Cell(None, is_hidden=True)

    def line(line: Line) -> Line:
        return Line(line.label, [cell(one) for one in line.cells])

    return [
        replace(
            grid,
            lines=[line(one) for one in grid.lines],
            totals=[line(one) for one in grid.totals],
        )
        for grid in grids
    ]

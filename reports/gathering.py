"""Joins the frozen reports of many schools into one table; small numbers are hidden."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cases.models import Rung
from reports.hiding import SMALL, Cell, Sum, Values, hidden_in, single_answers, sums_of
from reports.rates import percent
from reports.schema import fault_of
from reports.tables import GRADE
from school.grades import place_of

ALL = "all"
"""The row of a whole school, and the school of all schools."""
CASES = "cases"
COLUMNS = (CASES, *(rung.column for rung in Rung))
LARGEST = 5_000_000
"""Bytes of a file that can be a report."""
FEW = 3
"""From so many schools on that hide the same cell, the sum over all schools is shown."""
MOST_AUDITED = 2000
"""About so many hidden cells are tried together in the sums of all schools."""

ALIKE = 2
"""Of so many schools that hide the same cells none is told by the sums of all."""


class NotAReport(Exception):
    """The file is not what `semester_report` or the button JSON has written."""


class Left(NamedTuple):
    """A file that was left out, and why."""

    name: str
    why: str


@dataclass
class School:
    """A school's report: its counts by grade, and the cells that are hidden."""

    file: str
    semester: str
    name: str
    npsn: str
    version: int
    frozen_at: str
    students: dict[str, int]
    counts: Values
    hidden: set[Cell] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.semester, self.npsn or self.name.casefold()

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the grades, the whole school first."""
        return tuple(self.students)


@dataclass(frozen=True)
class Gathered:
    schools: list[School]
    wholes: list[School]
    """All schools of a semester together; what their sums would give away is hidden."""
    left: list[Left]


def gather(folder: Path) -> Gathered:
    """Join the reports of a folder, of each school and semester the newest one."""
    newest: dict[tuple[str, str], School] = {}
    left: list[Left] = []
    for path in sorted(folder.glob("*.json")):
        try:
            found = read(path)
        except NotAReport as why:
            left.append(Left(path.name, str(why)))
            continue
        standing = newest.get(found.key)
        if standing is None or (found.version, found.frozen_at) > (
            standing.version,
            standing.frozen_at,
        ):
            newest[found.key] = found
            found, standing = standing or found, found
        if found is not newest[found.key]:
            left.append(Left(found.file, f"{newest[found.key].file} is a newer one of this school"))
    schools = sorted(newest.values(), key=lambda one: (one.semester, one.name.casefold(), one.npsn))
    for school in schools:
        school.hidden = hidden_in(school.counts, school.rows, COLUMNS)
    return Gathered(schools, list(_wholes(schools)), left)


def read(path: Path) -> School:
    """Return the report in a file. Raises NotAReport with the reason."""
    if path.stat().st_size > LARGEST:
        raise NotAReport("too large for a report")
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise NotAReport("no readable JSON") from None
    if fault := fault_of(data):
        raise NotAReport(fault)
    if data["by"] != GRADE:
        raise NotAReport("its rows are classes, not grades")
    return _school(path.name, data)


def _school(file: str, data: dict[str, Any]) -> School:
    tables = [data[name] for name in ("problem_rate", "handling")]
    labels = [[row["label"] for row in table["rows"]] for table in tables]
    if labels[0] != labels[1] or len(set(labels[0])) != len(labels[0]) or ALL in labels[0]:
        raise NotAReport("the tables have not the same grades")
    lines = [
        {ALL: table["total"], **{row["label"]: row for row in table["rows"]}} for table in tables
    ]
    students = {row: line["students"] for row, line in lines[0].items()}
    counts = {(row, column): line[column] for row, line in lines[1].items() for column in COLUMNS}
    _check(students, counts, {row: line[CASES] for row, line in lines[0].items()})
    of, school = data["frozen"], data["frozen"]["school"]
    return School(
        *(file, data["semester"], school["name"], school["npsn"], of["version"], of["frozen_at"]),
        *(students, counts),
    )


def _check(students: dict[str, int], counts: Values, cases: dict[str, int]) -> None:
    """Raise NotAReport unless both tables say the same and everything adds up."""
    rows = tuple(students)
    is_sound = (
        all(counts[row, CASES] == number for row, number in cases.items())
        and all(_adds_up(counts, one) for one in sums_of(rows, COLUMNS))
        and students[ALL] == sum(students[row] for row in rows[1:])
    )
    if not is_sound:
        raise NotAReport("its tables do not add up")


def _adds_up(counts: Values, one: Sum) -> bool:
    return counts[one.whole] == sum(counts[cell] for cell in one.parts)


def _wholes(schools: Iterable[School]) -> Iterator[School]:
    by_semester: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        by_semester[school.semester].append(school)
    for semester, of_one in by_semester.items():
        yield _whole(semester, of_one)


def _whole(semester: str, schools: list[School]) -> School:
    """Return all schools of a semester as one, with as many columns as give nothing away."""
    labels = {row for school in schools for row in school.rows if row != ALL}
    rows = (ALL, *sorted(labels, key=lambda row: (place_of(row), row)))
    students = {row: sum(school.students.get(row, 0) for school in schools) for row in rows}
    counts = {
        (row, column): sum(school.counts.get((row, column), 0) for school in schools)
        for row in rows
        for column in COLUMNS
    }
    whole = School("", semester, ALL, "", 0, "", students, counts)
    cells = set(counts)
    for shown in (COLUMNS, COLUMNS[:1], ()):
        whole.hidden = {cell for cell in cells if cell[1] not in shown}
        if _gives_nothing_away(whole, schools):
            break
    return whole


def _gives_nothing_away(whole: School, schools: list[School]) -> bool:
    """Return whether the sums over all schools that are shown leave each hidden cell a secret."""
    shown = whole.counts.keys() - whole.hidden
    for cell in shown:
        if whole.counts[cell] in SMALL:
            return False
        hidden = [school.counts[cell] for school in schools if cell in school.hidden]
        if hidden and (len(hidden) < FEW or sum(hidden) <= len(hidden)):
            return False
    return not any(single_answers(_equations(whole, group, shown)) for group in _groups(schools))


def _groups(schools: Iterable[School]) -> list[list[School]]:
    """Return the schools that hide something in groups, each small enough to be tried as one.

    A group is tried as if the reader knew all other schools, so it never shows too much. Of more
    than two schools that hide the same cells the others change nothing.
    """
    seen: Counter[tuple[tuple[str, ...], frozenset[Cell]]] = Counter()
    tried = []
    for school in schools:
        alike = school.rows, frozenset(school.hidden)
        seen[alike] += 1
        if school.hidden and seen[alike] <= ALIKE:
            tried.append(school)
    number = sum(len(school.hidden) for school in tried) // MOST_AUDITED + 1
    return [tried[at::number] for at in range(number)]


def _equations(
    whole: School, schools: list[School], shown: Iterable[Cell]
) -> Iterator[dict[int, int]]:
    """Yield all sums that a reader can set up: within each school, and over all of them."""
    places: dict[tuple[int, Cell], int] = {}
    for at, school in enumerate(schools):
        for cell in sorted(school.hidden):
            places[at, cell] = len(places)
        for one in sums_of(school.rows, COLUMNS):
            yield {
                places[at, cell]: -1 if cell == one.whole else 1
                for cell in one.cells
                if cell in school.hidden
            }
    for cell in shown:
        yield {places[at, cell]: 1 for at, one in enumerate(schools) if cell in one.hidden}


def lines_of(gathered: Gathered) -> Iterator[dict[str, object]]:
    """Yield a line for each school and grade, the whole school after its grades; None is hidden."""
    for school in (*gathered.schools, *gathered.wholes):
        for row in (*school.rows[1:], ALL):
            shown = {
                column: None if (row, column) in school.hidden else school.counts[row, column]
                for column in COLUMNS
            }
            cases = shown[CASES]
            yield {
                "semester": school.semester,
                "school": school.name,
                "npsn": school.npsn,
                "grade": row,
                "students": school.students[row],
                "rate": None if cases is None else str(percent(cases, school.students[row])),
                **shown,
            }

"""The sums and conditions of an entry's and its header's numbers, defined once.

Python (`numbers_of`, `holds`), SQL (`with_numbers`, `where`) and the script of the sheet
(`as_data`) all read these tables.
"""

import operator
from typing import TYPE_CHECKING, TypeVar

from django.db.models import BooleanField, IntegerField, QuerySet

from school.models.written import Written

if TYPE_CHECKING:
    from recaps.models.recap import Entry, Sheet

COUNTS = ("sick", "permitted", "absent", "dispensed", "late", "missing_work", "late_work")
"""S, I, A, D, T: numbers of meetings; missing and late work: numbers of assignments."""

OWN = {"meetings": "own_meetings", "assignments": "own_assignments"}
"""A number of the header → the student's own number, which replaces it if it is given."""

SUMS = {
    "due": (("meetings",), ("sick", "permitted", "dispensed")),
    "attended": (("due",), ("absent",)),
    "away": (("sick", "permitted", "absent", "dispensed", "late"), ()),
    "work": (("missing_work", "late_work"), ()),
}
"""Name → numbers to add and numbers to subtract; never below 0. Late counts as present."""

Term = tuple[str, str, str | int]
CONDITIONS: dict[str, tuple[Term, ...]] = {
    "never": (("due", ">=", 1), ("absent", "=", "due")),
    "too_much": (("away", ">", "meetings"),),
    "too_much_work": (("work", ">", "assignments"),),
}
"""Never took part, without notice; and mistakes: more than there were."""

MISTAKES = ("too_much", "too_much_work")

NOTED = (*COUNTS, "BELOW", "note")
"""What makes a row more than "active": a count, low activity by the teacher's choice, a note."""

COMPARE = {">": operator.gt, ">=": operator.ge, "=": operator.eq}
Rows = TypeVar("Rows", bound=QuerySet)


def numbers_of(entry: "Entry", sheet: "Sheet") -> dict[str, int]:
    """Return the counts of `entry`, the meetings and assignments that apply to it, and the sums."""
    found = {name: getattr(entry, name) for name in COUNTS}
    for name, own in OWN.items():
        given = getattr(entry, own)
        found[name] = getattr(sheet, name) if given is None else given
    for name, (added, taken) in SUMS.items():
        found[name] = max(sum(found[n] for n in added) - sum(found[n] for n in taken), 0)
    return found


def holds(condition: str, numbers: dict[str, int]) -> bool:
    """Return whether one of CONDITIONS holds for the numbers of an entry."""
    return all(
        COMPARE[sign](numbers[left], numbers[right] if isinstance(right, str) else right)
        for left, sign, right in CONDITIONS[condition]
    )


def _as_sql() -> dict[str, str]:
    """Return each number and each condition as SQL, with {column} for a column of the entry."""
    sql = {name: f"{{{name}}}" for name in COUNTS}
    for name, own in OWN.items():
        sql[name] = f"COALESCE({{{own}}}, {{sheet__{name}}})"
    for name, (added, taken) in SUMS.items():
        total = " + ".join(sql[more] for more in added)
        sql[name] = f"GREATEST({' - '.join((total, *(sql[less] for less in taken)))}, 0)"
    for name, terms in CONDITIONS.items():
        said = (f"{sql[left]} {sign} {sql.get(str(right), right)}" for left, sign, right in terms)
        sql[name] = f"({' AND '.join(said)})"
    return sql


SQL = _as_sql()


def with_numbers(entries: Rows) -> Rows:
    """Annotate entries with `meetings` and `assignments` that hold for them, and the sums."""
    return entries.annotate(**{n: Written(SQL[n], IntegerField()) for n in (*OWN, *SUMS)})


def where(condition: str) -> Written:
    """Return the filter for the entries for which a condition holds."""
    return Written(SQL[condition], BooleanField())


def as_data() -> dict[str, object]:
    """Return the tables for the script, which asks the same of a row before it is saved."""
    return {
        "counts": COUNTS,
        "own": OWN,
        "sums": SUMS,
        "conditions": CONDITIONS,
        "mistakes": MISTAKES,
        "noted": NOTED,
    }

"""The three indicators that a recap shows, as SQL, and their sums over a class's subjects.

From the paper: (a) never took part, without notice; (b) activity below 50 %; (c) work not done.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import BooleanField, Count, QuerySet, Value

from recaps.models.arithmetic import SQL, with_numbers
from recaps.models.recap import Entry
from school.models import Policy, RecapPeriod, SchoolClass, Semester
from school.models.written import Written

INDICATORS = {
    "never": "{never}",
    "low": """(NOT {never} AND ({{activity}} = 'BELOW' OR ({{activity}} = 'ATTENDANCE'
AND {due} >= 1 AND {attended} * 100 < {{activity_below}} * {due})))""",
    "missing": "({assignments} >= 1 AND {missing_work} * 100 > {{missing_above}} * {assignments})",
}
"""Indicator → SQL for whether it holds, from the numbers and conditions of an entry.

Activity: the teacher's choice if made, else attended ÷ due; no figure when due is 0; not flagged
again where never took part holds. Work missing: assignments ≥ 1 and more than `missing_work_above`
percent of them missing.
"""
FLAGS = {name: sql.format(**SQL) for name, sql in INDICATORS.items()}


@dataclass(frozen=True)
class Figures:
    """The number of subjects in which each indicator holds for a student."""

    never: int = 0
    low: int = 0
    missing: int = 0

    @property
    def any(self) -> bool:
        return bool(self.never or self.low or self.missing)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return the sort key: the greater, the worse."""
        return (self.never + self.low + self.missing, self.never, self.low)

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def with_indicators(entries: QuerySet[Entry], policy: Policy) -> QuerySet[Entry]:
    """Return entries with their numbers and the flags `is_never`, `is_low`, `is_missing`."""
    flags = {f"is_{name}": flag for name, flag in _flags(policy).items()}
    return with_numbers(entries).annotate(**flags)


def figures_of_list(school_class: SchoolClass, period: RecapPeriod) -> dict[int, Figures]:
    """Return student id → the figures over the recaps that count; one query."""
    sums = _summed(_standing(school_class, period), period.semester.policy, "student")
    return {row["student"]: _figures(row) for row in sums}


def figures_of_lists(
    class_ids: Iterable[int], semester: Semester
) -> dict[tuple[int, int], dict[int, Figures]]:
    """Return class and period → student id → the figures of a semester; one query."""
    entries = Entry.objects.filter(
        sheet__stands=True,
        sheet__recap__school_class__in=class_ids,
        sheet__recap__period__semester=semester,
    )
    of_list = ("sheet__recap__school_class", "sheet__recap__period")
    found: dict[tuple[int, int], dict[int, Figures]] = {}
    for row in _summed(entries, semester.policy, *of_list, "student"):
        found.setdefault((row[of_list[0]], row[of_list[1]]), {})[row["student"]] = _figures(row)
    return found


def standing_entries(school_class: SchoolClass, period: RecapPeriod) -> QuerySet[Entry]:
    """Return the entries that count for a class and period, with their indicators."""
    return with_indicators(_standing(school_class, period), period.semester.policy)


def _standing(school_class: SchoolClass, period: RecapPeriod) -> QuerySet[Entry]:
    return Entry.objects.filter(
        sheet__stands=True, sheet__recap__school_class=school_class, sheet__recap__period=period
    )


def _summed(entries: QuerySet[Entry], policy: Policy, *by: str) -> Iterable[dict[str, int]]:
    flags = _flags(policy).items()
    return entries.values(*by).annotate(**{n: Count("pk", filter=flag) for n, flag in flags})


def _figures(row: dict[str, int]) -> Figures:
    return Figures(row["never"], row["low"], row["missing"])


def _flags(policy: Policy) -> dict[str, Written]:
    """Return indicator → the filter of the entries for which it holds."""
    limits = {
        "activity_below": Value(policy.activity_below),
        "missing_above": Value(policy.missing_work_above),
    }
    return {name: Written(sql, BooleanField(), **limits) for name, sql in FLAGS.items()}

"""The three indicators that a recap shows, as SQL, and their sums over a class's subjects.

From the paper: (a) never took part, without notice; (b) activity below 50%; (c) work not done.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Count, F, Q, QuerySet, Value

from recaps.models.arithmetic import SQL, with_numbers
from recaps.models.class_list import ClassList
from recaps.models.figures import Figures
from recaps.models.recap import Entry, counted_at
from school.models import Policy, Semester
from school.models.groups import groups_of, has_member
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


def with_indicators(entries: QuerySet[Entry], policy: Policy) -> QuerySet[Entry]:
    """Return entries with their numbers and the flags `is_never`, `is_low`, `is_missing`."""
    flags = {f"is_{name}": flag for name, flag in _flags(policy).items()}
    return with_numbers(entries).annotate(**flags)


def with_indicators_of_semesters(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Return entries of several semesters with the same, each by the policy of its own."""
    policy = "sheet__recap__period__semester__policy__"
    limits = {
        "activity_below": F(f"{policy}activity_below"),
        "missing_above": F(f"{policy}missing_work_above"),
    }
    flags = {f"is_{name}": Written(sql, BooleanField(), **limits) for name, sql in FLAGS.items()}
    return with_numbers(entries).annotate(**flags)


def figures_of_list(class_list: ClassList) -> dict[int, Figures]:
    """Return student id → the figures over the recaps that count; one query."""
    sums = _summed(_counted(class_list), class_list.period.semester.policy, "student")
    return {row["student"]: _figures(row) for row in sums}


def figures_in_periods(class_id: int, semester: Semester) -> dict[int, dict[int, Figures]]:
    """Return period id → student id → the figures of a class in a semester; one query."""
    entries = Entry.objects.filter(
        _concerns(class_id, semester.starts_on, semester.ends_on),
        sheet__stands=True,
        sheet__recap__period__semester=semester,
    )
    found: dict[int, dict[int, Figures]] = {}
    for row in _summed(entries, semester.policy, "sheet__recap__period", "student"):
        found.setdefault(row["sheet__recap__period"], {})[row["student"]] = _figures(row)
    return found


def counted_entries(class_list: ClassList) -> QuerySet[Entry]:
    """Return the entries that count for a list, with their indicators."""
    return with_indicators(_counted(class_list), class_list.period.semester.policy)


def _counted(class_list: ClassList) -> QuerySet[Entry]:
    period = class_list.period
    return Entry.objects.filter(
        _concerns(class_list.school_class_id, period.starts_on, period.ends_on),
        counted_at(class_list.as_of),
        sheet__recap__period=period,
    )


def _concerns(class_id: int, first: date, last: date) -> Q:
    """Return the filter for the entries on a class's list: of its groups, and of its students."""
    recap = "sheet__recap__"
    is_member = has_member(
        [class_id],
        student="student",
        group=f"{recap}group",
        first=f"{recap}period__starts_on",
        last=f"{recap}period__ends_on",
    )
    of_class = Q(**{f"{recap}group__school_class": class_id}) | Q(is_member)
    return of_class & Q(**{f"{recap}group__in": groups_of([class_id], first, last)})


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

"""The three indicators that a recap shows, as SQL, and their sums over a class's subjects.

From the paper: (a) never took part, without notice; (b) activity below 50 %; (c) work not done.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Case as When_
from django.db.models import Count, F, IntegerField, Q, QuerySet, When

from recaps.models.arithmetic import where, with_numbers
from recaps.models.recap import Activity, Entry
from school.models import Policy, RecapPeriod, SchoolClass, Semester


@dataclass(frozen=True)
class Figures:
    """In how many subjects each indicator holds for one student."""

    never: int = 0
    low: int = 0
    missing: int = 0

    @property
    def any(self) -> bool:
        return bool(self.never or self.low or self.missing)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Return what to sort by: the greater, the worse."""
        return (self.never + self.low + self.missing, self.never, self.low)

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def with_indicators(entries: QuerySet[Entry], policy: Policy) -> QuerySet[Entry]:
    """Return entries with their numbers and the flags `is_never`, `is_low`, `is_missing` (0 or 1).

    Activity: the teacher's choice if made, else attended ÷ due; no figure when due is 0; not
    flagged again where never took part holds. Work missing: assignments ≥ 1 and more than
    `missing_work_above` percent of them missing.
    """
    never = where("never")
    from_attendance = Q(
        activity=Activity.FROM_ATTENDANCE,
        due__gte=1,
        attended_share__lt=policy.activity_below * F("due"),
    )
    missing = Q(assignments__gte=1, missing_share__gt=policy.missing_work_above * F("assignments"))
    return (
        with_numbers(entries)
        .annotate(attended_share=F("attended") * 100, missing_share=F("missing_work") * 100)
        .annotate(
            is_never=_flag(never),
            is_low=_flag(~never & (Q(activity=Activity.BELOW) | from_attendance)),
            is_missing=_flag(missing),
        )
    )


def figures_of_list(school_class: SchoolClass, period: RecapPeriod) -> dict[int, Figures]:
    """Return by student id the figures over the recaps that stand; one query."""
    sums = _summed(standing_entries(school_class, period), "student")
    return {row["student"]: _figures(row) for row in sums}


def figures_of_lists(
    class_ids: Iterable[int], semester: Semester
) -> dict[tuple[int, int], dict[int, Figures]]:
    """Return by class and period, then by student id, the figures of a semester; one query."""
    entries = Entry.objects.filter(
        sheet__stands=True,
        sheet__recap__school_class__in=class_ids,
        sheet__recap__period__semester=semester,
    )
    of_list = ("sheet__recap__school_class", "sheet__recap__period")
    found: dict[tuple[int, int], dict[int, Figures]] = {}
    for row in _summed(with_indicators(entries, semester.policy), *of_list, "student"):
        found.setdefault((row[of_list[0]], row[of_list[1]]), {})[row["student"]] = _figures(row)
    return found


def standing_entries(school_class: SchoolClass, period: RecapPeriod) -> QuerySet[Entry]:
    """Return the entries that count for a class and period, with their indicators."""
    entries = Entry.objects.filter(
        sheet__stands=True, sheet__recap__school_class=school_class, sheet__recap__period=period
    )
    return with_indicators(entries, period.semester.policy)


def _summed(entries: QuerySet[Entry], *by: str) -> Iterable[dict[str, int]]:
    return (
        entries.values(*by)
        .annotate(
            never=Count("pk", filter=Q(is_never=1)),
            low=Count("pk", filter=Q(is_low=1)),
            missing=Count("pk", filter=Q(is_missing=1)),
        )
        .values(*by, "never", "low", "missing")
    )


def _figures(row: dict[str, int]) -> Figures:
    return Figures(row["never"], row["low"], row["missing"])


def _flag(condition: Q) -> When_:
    return When_(When(condition, then=1), default=0, output_field=IntegerField())

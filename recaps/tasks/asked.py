"""The recaps and lists that semesters expect of a person, read once for both kinds of tasks.

Tasks do not end with a semester: they wait until they are done or the semester is frozen. A
period concerns only the classes of its year.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from recaps.models import Recap
from recaps.models.subjects import concerns, is_asked_for, is_expected, is_on_list
from school.models import (
    RecapPeriod,
    Semester,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.groups import Spans, groups_of, member_spans
from school.ties import Ties, ties_of
from workflow import clock

Begun = dict[tuple[int, int], tuple[str, str]]
"""Group id and period id → status of the recap, and why it was returned."""
OF_ASSIGNMENT = (
    *("teacher", "starts_on", "ends_on"),
    *("group__name", "group__school_class__name", "group__year", "group__subject__name"),
)
OF_PERIOD = (
    *("starts_on", "ends_on", "semester__year"),
    *("semester__policy__recap_days", "semester__policy__list_days"),
    *("semester__policy__free_weekdays", "semester__policy__holidays"),
)


@dataclass(frozen=True)
class Asked:
    assignments: list[TeachingAssignment]
    """All of the groups taught today and of the own classes; also past ones."""
    begun: Begun
    periods: list[RecapPeriod]
    """The periods that have begun."""
    own_classes: frozenset[int] = frozenset()
    taught_groups: frozenset[int] = frozenset()
    """Groups taught today that are no class."""

    @cached_property
    def spans(self) -> Spans:
        """Return when own classes have members in groups that are no class, and when those groups
        have members that are taught today; one query if needed."""
        is_asked = any(not one.group.school_class_id for one in self.assignments)
        return member_spans(self.own_classes, self.taught_groups) if is_asked else {}

    @cached_property
    def by_group(self) -> dict[int, list[TeachingAssignment]]:
        found: dict[int, list[TeachingAssignment]] = {}
        for one in self.assignments:
            found.setdefault(one.group_id, []).append(one)
        return found

    @cached_property
    def by_class(self) -> dict[int, list[TeachingAssignment]]:
        """Return class id → the assignments of the groups that ever have a member of it."""
        found: dict[int, list[TeachingAssignment]] = defaultdict(list)
        of_group: dict[int, list[int]] = defaultdict(list)
        for class_id, group_id in self.spans:
            of_group[group_id].append(class_id)
        for one in self.assignments:
            whole = one.group.school_class_id
            for class_id in of_group[one.group_id] if whole is None else [whole]:
                found[class_id].append(one)
        return found

    def asks_for(self, group: TeachingGroup, period: RecapPeriod) -> bool:
        """Return whether any class list expects the recap of a group that is taught today."""
        return is_asked_for(group, self.by_group[group.pk], period, self.spans)

    def of_class(self, class_id: int, period: RecapPeriod) -> Iterator[TeachingAssignment]:
        """Return the assignments that a class list expects a recap of."""
        return (
            one
            for one in self.by_class[class_id]
            if is_expected(one, period) and self.concerns(one.group, class_id, period)
        )

    def owes_list(self, class_id: int, period: RecapPeriod) -> bool:
        """Return whether an own class owes a list: it has a subject. See `SubjectsOfList`."""
        return any(
            is_on_list([one], period, self.status(one.group_id, period.pk))
            for one in self.by_class[class_id]
            if self.concerns(one.group, class_id, period)
        )

    def concerns(self, group: TeachingGroup, class_id: int, period: RecapPeriod) -> bool:
        """Return whether a group has a member of an own class on a day of a period."""
        return concerns(group, class_id, period, self.spans)

    def status(self, group_id: int, period_id: int) -> str:
        """Return the status of a recap; empty if none was begun."""
        return self.begun.get((group_id, period_id), ("", ""))[0]

    def periods_of(self, year_id: int) -> Iterator[RecapPeriod]:
        return (period for period in self.periods if period.semester.year_id == year_id)


def asked_in(semester: Semester, class_ids: Iterable[int]) -> Asked:
    """Return what all classes and groups of a semester's year owe in it; four queries."""
    groups = TeachingGroup.objects.filter(school_class=None, year=semester.year_id)
    rows = TeachingAssignment.objects.filter(group__year=semester.year_id)
    assignments = list(_with_groups(rows))
    periods = list(_begun_periods().filter(semester=semester))
    return Asked(
        assignments,
        _begun(assignments, periods),
        periods,
        frozenset(class_ids),
        frozenset(groups.values_list("pk", flat=True)),
    )


def asked_of(user: User) -> Asked:
    """Return what is expected of `user`; three queries, or none for a person without a class."""
    ties = ties_of(user)
    if not (ties.teaching or ties.own_classes):
        return Asked([], {}, [])
    assignments = _assignments(ties)
    years = {one.group.year_id for one in assignments}
    periods = _periods(years.union(home.year_id for home in ties.homerooms))
    begun = _begun(assignments, periods)
    return Asked(assignments, begun, periods, ties.own_classes, ties.taught_groups)


def _assignments(ties: Ties) -> list[TeachingAssignment]:
    of_person = groups_of(ties.own_classes, also=ties.teaching)
    return list(_with_groups(TeachingAssignment.objects.filter(group__in=of_person)))


def _with_groups(rows: QuerySet[TeachingAssignment]) -> QuerySet[TeachingAssignment]:
    return rows.select_related("group__school_class", "group__subject").only(*OF_ASSIGNMENT)


def _periods(years: Iterable[int]) -> list[RecapPeriod]:
    return list(_begun_periods().filter(semester__year__in=years, semester__frozen_at=None))


def _begun_periods() -> QuerySet[RecapPeriod]:
    begun = RecapPeriod.objects.filter(starts_on__lte=clock.today())
    return begun.select_related("semester__policy").only(*OF_PERIOD)


def _begun(assignments: list[TeachingAssignment], periods: list[RecapPeriod]) -> Begun:
    rows = Recap.objects.filter(
        period__in=[period.pk for period in periods],
        group__in={one.group_id for one in assignments},
    )
    return {
        (group_id, period_id): (status, reason)
        for group_id, period_id, status, reason in rows.values_list(
            "group", "period", "status", "return_reason"
        )
    }

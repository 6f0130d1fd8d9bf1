"""When recaps and class lists came, against the days on which they were due.

What counts is the first hand-over that stood: a recap that its teacher took back came when it was
handed over again; one that was returned or corrected came the first time. While it lies returned,
its class list misses it, and so it is missing here too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from recaps.models import ClassList, Entry, Recap, Sheet
from recaps.models.recap import STANDING
from recaps.models.subjects import concerns, is_on_list
from school.models import RecapPeriod, Semester, TeachingAssignment, TeachingGroup
from school.models.groups import Spans, groups_of, member_spans
from workflow import clock
from workflow.models import ActionEntry

TAKEN_BACK = ("withdraw", "undo_hand_over")


@dataclass(frozen=True)
class Due:
    """A recap or a class list that has fallen due, and the day on which it came, if it did.

    A recap of a group with students of several classes stands on the list of each.
    """

    semester: int
    period: int
    classes: frozenset[int]
    due_on: date
    came_on: date | None
    group: int | None = None
    """The teaching group of a recap; None for a class list."""
    subject: str = ""
    is_nihil: bool = False

    @property
    def is_on_time(self) -> bool:
        return self.came_on is not None and self.came_on <= self.due_on

    @property
    def days_late(self) -> int:
        """Return the days from the due date until it came; 0 if it was on time or never came."""
        return max((self.came_on - self.due_on).days, 0) if self.came_on else 0


class Came(NamedTuple):
    """A recap: its status, when it first came, and whether what stands notes nobody."""

    status: str
    first_came_at: datetime | None
    is_nihil: bool


def periods_over(semesters: Iterable[Semester]) -> list[RecapPeriod]:
    """Return the periods of semesters that are over, with the policy that says what is due."""
    found = RecapPeriod.objects.filter(
        semester__in={one.pk for one in semesters}, ends_on__lt=clock.today()
    )
    return list(found.select_related("semester__policy"))


def recaps_due(periods: Sequence[RecapPeriod], class_ids: Iterable[int]) -> list[Due]:
    """Return the recaps that the lists of classes expect, of the periods whose due date is over.

    Four queries however many they are.
    """
    classes = frozenset(class_ids)
    due = [period for period in periods if period.recap_due_on < clock.today()]
    spans = member_spans(classes)
    held = _held(classes)
    came = _came(due)
    found = []
    groups = TeachingGroup.objects.filter(pk__in=groups_of(classes)).select_related("subject")
    for group in groups:
        for period in due:
            recap = came.get((group.pk, period.pk))
            of_classes = _classes(group, period, classes, spans)
            status = recap.status if recap else ""
            if of_classes and is_on_list(held[group.pk], period, status):
                found.append(_recap(group, period, of_classes, recap))
    return found


def lists_due(periods: Sequence[RecapPeriod], recaps: Sequence[Due]) -> list[Due]:
    """Return the class lists that are owed: those on which a recap stands or is expected.

    `recaps` are those of the classes; one query.
    """
    owed = {(class_id, recap.period) for recap in recaps for class_id in recap.classes}
    by_id = {period.pk: period for period in periods if period.list_due_on < clock.today()}
    gone = ClassList.objects.filter(period__in=list(by_id), handed_over_at__isnull=False)
    first = Coalesce(Min("hand_overs__happened_at"), "happened_at")
    rows = gone.annotate(first=first).values_list("school_class", "period", "first")
    came = {(class_id, period_id): clock.day_of(at) for class_id, period_id, at in rows if at}
    return [
        Due(
            by_id[period_id].semester_id,
            period_id,
            frozenset({class_id}),
            by_id[period_id].list_due_on,
            came.get((class_id, period_id)),
        )
        for class_id, period_id in sorted(owed)
        if period_id in by_id
    ]


def _held(classes: Iterable[int]) -> Mapping[int, list[TeachingAssignment]]:
    """Return group id → its assignments."""
    found: dict[int, list[TeachingAssignment]] = defaultdict(list)
    of_groups = TeachingAssignment.objects.filter(group__in=groups_of(classes))
    for one in of_groups.only("group", "starts_on", "ends_on"):
        found[one.group_id].append(one)
    return found


def _came(periods: Iterable[RecapPeriod]) -> dict[tuple[int, int], Came]:
    """Return group and period → the recap as it came."""
    notes_somebody = Entry.objects.filter(
        Entry.noted(), sheet__recap=OuterRef("pk"), sheet__stands=True
    )
    rows = Recap.objects.filter(period__in=[period.pk for period in periods]).annotate(
        first=first_hand_over(), is_nihil=~Exists(notes_somebody)
    )
    columns = ("group", "period", "status", "first", "is_nihil")
    return {(group, period): Came(*row) for group, period, *row in rows.values_list(*columns)}


def first_hand_over() -> Coalesce:
    """Return when a recap was first handed over since it was last taken back."""
    acts = ActionEntry.objects.filter(kind=Recap._meta.label_lower)
    later = acts.filter(
        object_id=OuterRef("object_id"), pk__gt=OuterRef("pk"), action__in=TAKEN_BACK
    )
    handed = acts.filter(~Exists(later), object_id=OuterRef("pk"), action="hand_over")
    sheets = Sheet.objects.filter(recap=OuterRef("pk"), handed_over_at__isnull=False)
    return Coalesce(
        Subquery(handed.order_by("pk").values("happened_at")[:1]),
        Subquery(sheets.order_by("number").values("handed_over_at")[:1]),
    )


def _classes(
    group: TeachingGroup, period: RecapPeriod, classes: frozenset[int], spans: Spans
) -> frozenset[int]:
    """Return those of the classes on whose lists of a period the recap of a group stands."""
    if group.year_id != period.semester.year_id:
        return frozenset()
    if group.school_class_id is not None:
        return frozenset({group.school_class_id}) & classes
    members = {class_id for class_id, group_id in spans if group_id == group.pk}
    return frozenset(one for one in members if concerns(group, one, period, spans))


def _recap(
    group: TeachingGroup, period: RecapPeriod, classes: frozenset[int], recap: Came | None
) -> Due:
    is_in = recap is not None and recap.status in STANDING
    at = recap.first_came_at if recap is not None and is_in else None
    return Due(
        period.semester_id,
        period.pk,
        classes,
        period.recap_due_on,
        clock.day_of(at) if at else None,
        group.pk,
        str(group.subject),
        is_nihil=recap is not None and is_in and recap.is_nihil,
    )

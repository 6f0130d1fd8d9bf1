"""My recaps: class and subject by period, each with its state and due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import F
from django.utils.translation import pgettext_lazy

from recaps.models import Recap, RecapStatus
from recaps.models.recap import STANDING
from recaps.models.subjects import holds_when_due, is_asked_for
from school.models import RecapPeriod, Semester, TeachingAssignment, User
from school.models.groups import member_spans
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text

MISSING, FUTURE = "MISSING", "FUTURE"
STATES: dict[str, tuple[str, Text]] = {
    MISSING: ("chip", pgettext_lazy("recap", "Missing")),
    RecapStatus.DRAFT: ("chip warn", RecapStatus.DRAFT.label),
    RecapStatus.RETURNED: ("chip bad", RecapStatus.RETURNED.label),
    RecapStatus.CORRECTING: ("chip warn", RecapStatus.CORRECTING.label),
    RecapStatus.HANDED_OVER: ("chip good", RecapStatus.HANDED_OVER.label),
}
"""State of a recap → look and word."""
BY_CLASS = (
    F("group__school_class__place").asc(nulls_last=True),
    *("group__school_class__name", "group__name", "group__subject__name", "starts_on"),
)


@dataclass(frozen=True)
class GridCell:
    """One recap of the grid; `state` is its status, or MISSING, FUTURE, or "" for not mine."""

    period: RecapPeriod
    assignment: TeachingAssignment
    recap: Recap | None
    state: str
    due_on: date | None
    url: str
    """The sheet if the person may write it today, or else the page to read it, if any."""

    @property
    def is_nihil(self) -> bool:
        return self.state == RecapStatus.HANDED_OVER and not (self.recap and self.recap.noted)

    @property
    def is_link(self) -> bool:
        return self.state not in {"", FUTURE} and bool(self.url)


@dataclass(frozen=True)
class GridLine:
    assignment: TeachingAssignment
    cells: list[GridCell]

    @property
    def first_due(self) -> date:
        """Return when the first recap of a period that is over is due; the last date for none."""
        today = clock.today()
        due = [c.due_on for c in self.cells if c.due_on and c.period.ends_on < today]
        return min(due, default=date.max)


def grid(user: User, semester: Semester) -> list[GridLine]:
    """Return one line for each group that `user` teaches or taught in the semester.

    What is due comes first, the rest by class.
    """
    periods = list(semester.periods.all())
    taught = _by_group(assignments_with(user, semester))
    mine = {
        group: [one for one in held if one.teacher_id == user.pk] for group, held in taught.items()
    }
    recaps = _recaps(user, mine, periods)
    mixed = [group for group, held in mine.items() if held[-1].group.school_class_id is None]
    spans = member_spans([], mixed) if mixed else {}

    def cell(group: int, period: RecapPeriod) -> GridCell:
        is_asked = is_asked_for(mine[group][-1].group, taught[group], period, spans)
        return _cell(mine[group], period, recaps.get((group, period.pk)), is_asked=is_asked)

    lines = [
        GridLine(held[-1], [cell(group, period) for period in periods])
        for group, held in mine.items()
    ]
    return sorted(lines, key=attrgetter("first_due"))


def years_taught_by(user: User) -> Iterable[int]:
    """Return the ids of the years in which `user` teaches or taught."""
    taught = TeachingAssignment.objects.filter(teacher=user)
    return taught.values_list("group__year", flat=True).distinct()


def assignments_with(user: User, semester: Semester) -> list[TeachingAssignment]:
    """Return everybody's assignments of a semester in the groups that `user` teaches or taught."""
    held = TeachingAssignment.objects.between(semester.starts_on, semester.ends_on)
    of_year = held.filter(group__year=semester.year_id)
    with_user = of_year.filter(group__in=of_year.filter(teacher=user).values("group"))
    found = with_user.select_related("group__school_class", "group__subject")
    return list(found.order_by(*BY_CLASS))


def _by_group(assignments: Iterable[TeachingAssignment]) -> dict[int, list[TeachingAssignment]]:
    """Return group id → assignments: a teacher who came back has two of them but one line."""
    found: dict[int, list[TeachingAssignment]] = {}
    for one in assignments:
        found.setdefault(one.group_id, []).append(one)
    return found


def _recaps(
    user: User, groups: Iterable[int], periods: list[RecapPeriod]
) -> dict[tuple[int, int], Recap]:
    """Return the recaps of some groups by group and period."""
    seen = Recap.objects.visible_to(user).filter(group__in=groups, period__in=periods)
    return {(recap.group_id, recap.period_id): recap for recap in seen.with_newest()}


def _cell(
    held: list[TeachingAssignment], period: RecapPeriod, recap: Recap | None, *, is_asked: bool
) -> GridCell:
    """Return the cell: the holder on the due date owes a recap, a draft passes to the successor.

    Nobody owes one that no class list expects, though it can be written.
    """
    today, last = clock.today(), held[-1]
    is_owed = is_asked and holds_when_due(held, period)
    if period.starts_on > today:
        state = FUTURE if is_owed else ""
    elif recap is not None:
        state = recap.status
    else:
        state = MISSING if is_owed or (is_asked and last.holds_on(today)) else ""
    is_done = recap is not None and recap.status in STANDING
    if state != RecapStatus.HANDED_OVER and last.holds_on(today):
        url = address("recaps:recap_sheet", last.pk, period.pk)
    else:
        url = recap.get_absolute_url() if recap else ""
    due_on = period.recap_due_on if is_owed and not is_done else None
    return GridCell(period, last, recap, state, due_on, url)

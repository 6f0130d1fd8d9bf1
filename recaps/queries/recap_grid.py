"""My recaps: class and subject by period, each with its state and due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recaps.models import Recap, RecapStatus
from recaps.models.recap import STANDING
from school.models import RecapPeriod, Semester, TeachingAssignment, User
from workflow import clock
from workflow.addresses import address

Key = tuple[int, int]
MISSING, FUTURE = "MISSING", "FUTURE"
BY_CLASS = ("school_class__place", "school_class__name", "subject__name", "starts_on")


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


def grid(user: User, semester: Semester) -> list[GridLine]:
    """Return one line for each class and subject that `user` teaches or taught in the semester."""
    periods = list(semester.periods.all())
    mine = _by_key(assignments_of(user, semester))
    recaps = _recaps(user, {of_class for of_class, _subject in mine}, periods)
    today = clock.today()
    return [
        GridLine(
            held[-1],
            [_cell(held, period, recaps.get((*key, period.pk)), today) for period in periods],
        )
        for key, held in mine.items()
    ]


def years_taught_by(user: User) -> Iterable[int]:
    """Return the ids of the years in which `user` teaches or taught."""
    taught = TeachingAssignment.objects.filter(teacher=user)
    return taught.values_list("school_class__year", flat=True).distinct()


def assignments_of(user: User, semester: Semester) -> list[TeachingAssignment]:
    held = TeachingAssignment.objects.between(semester.starts_on, semester.ends_on)
    of_year = held.filter(teacher=user, school_class__year=semester.year_id)
    return list(of_year.select_related("school_class", "subject").order_by(*BY_CLASS))


def _by_key(assignments: Iterable[TeachingAssignment]) -> dict[Key, list[TeachingAssignment]]:
    """Group by class and subject: a teacher who came back has two assignments but one line."""
    found: dict[Key, list[TeachingAssignment]] = {}
    for one in assignments:
        found.setdefault((one.school_class_id, one.subject_id), []).append(one)
    return found


def _recaps(
    user: User, class_ids: Iterable[int], periods: list[RecapPeriod]
) -> dict[tuple[int, int, int], Recap]:
    """Return the recaps of some classes by class, subject and period."""
    seen = Recap.objects.visible_to(user).filter(school_class__in=class_ids, period__in=periods)
    rows = seen.with_newest()
    return {(r.school_class_id, r.subject_id, r.period_id): r for r in rows}


def _cell(
    held: list[TeachingAssignment], period: RecapPeriod, recap: Recap | None, today: date
) -> GridCell:
    """Return the cell: the holder on the due date owes a recap, a draft passes to the successor."""
    due_on, last = period.recap_due_on, held[-1]
    is_owed = any(one.holds_on(due_on) for one in held)
    if period.starts_on > today:
        state = FUTURE if is_owed else ""
    elif recap is not None:
        state = recap.status
    else:
        state = MISSING if is_owed or last.holds_on(today) else ""
    is_done = recap is not None and recap.status in STANDING
    if state != RecapStatus.HANDED_OVER and last.holds_on(today):
        url = address("recaps:recap_sheet", last.pk, period.pk)
    else:
        url = recap.get_absolute_url() if recap else ""
    return GridCell(period, last, recap, state, due_on if is_owed and not is_done else None, url)

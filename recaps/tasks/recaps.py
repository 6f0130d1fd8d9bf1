"""Tasks of a teacher: recaps that are missing, drafts or returned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from recaps.acts import RECAP_ACTS
from recaps.models import RecapStatus
from recaps.models.subjects import holds_when_due
from recaps.tasks.asked import Asked
from school.models import RecapPeriod, TeachingAssignment, User
from school.tasks import Task, joined
from school.ties import ties_of
from workflow import clock

PLACE = "my_recaps"
ICON_OF = {
    "": "begin",
    RecapStatus.DRAFT.value: "hand_over",
    RecapStatus.RETURNED.value: "return",
    RecapStatus.CORRECTING.value: "correct",
}
"""Status → the act whose icon shows it."""


@dataclass(frozen=True)
class Owed:
    """A recap that has not been handed over; `status` is empty if none was begun."""

    assignment: TeachingAssignment
    period: RecapPeriod
    status: str
    reason: str

    @property
    def due_on(self) -> date:
        return self.period.recap_due_on

    @property
    def whom(self) -> str:
        return f"{self.assignment.subject}, {self.assignment.group}"


def recaps_waiting(user: User, asked: Asked) -> list[Task]:
    """Return what `user` owes: the holder on the due date owes a recap, a successor a draft.

    A period waits from its last day on; what was begun or returned waits at any time.
    """
    return [_line(owed) for held in _held(user, asked) for owed in _owed(held, asked)]


def owed_by_all(asked: Asked) -> list[Owed]:
    """Return what each teacher of today owes, a recap that two of them owe once."""
    today = clock.today()
    found: dict[tuple[int, int], Owed] = {}
    for assignments in asked.by_group.values():
        by_teacher: dict[int, list[TeachingAssignment]] = {}
        for one in assignments:
            by_teacher.setdefault(one.teacher_id, []).append(one)
        for held in by_teacher.values():
            if any(one.holds_on(today) for one in held):
                for owed in _owed(held, asked):
                    found.setdefault((owed.assignment.group_id, owed.period.pk), owed)
    return list(found.values())


def _held(user: User, asked: Asked) -> list[list[TeachingAssignment]]:
    """Return the assignments of each group that `user` teaches today, also past ones."""
    held: dict[int, list[TeachingAssignment]] = {}
    for one in asked.assignments:
        if one.teacher_id == user.pk:
            held.setdefault(one.group_id, []).append(one)
    return [assignments for group, assignments in held.items() if group in ties_of(user).teaching]


def _owed(held: list[TeachingAssignment], asked: Asked) -> Iterator[Owed]:
    today = clock.today()
    current = next((one for one in held if one.holds_on(today)), held[-1])
    for period in asked.periods_of(current.group.year_id):
        status, reason = asked.begun.get((current.group_id, period.pk), ("", ""))
        if status:
            waits = status != RecapStatus.HANDED_OVER
        else:
            is_due = period.ends_on <= today and holds_when_due(held, period)
            waits = is_due and asked.asks_for(current.group, period)
        if waits:
            yield Owed(current, period, status, reason)


def _line(owed: Owed) -> Task:
    what = {
        "": _("Fill in the recap"),
        RecapStatus.DRAFT: _("Finish the recap"),
        RecapStatus.RETURNED: _("Recap returned"),
        RecapStatus.CORRECTING: _("Hand over correction"),
    }[owed.status]
    reason = f"“{owed.reason}”" if owed.status == RecapStatus.RETURNED and owed.reason else ""
    return Task(
        what=what,
        whom=owed.whom,
        url=RECAP_ACTS.url("hand_over", owed),
        icon=RECAP_ACTS.icon(ICON_OF[owed.status]),
        look="late" if owed.status == RecapStatus.RETURNED else "accent",
        more=joined(str(owed.period), reason),
        due_on=owed.due_on,
        place=PLACE,
    )

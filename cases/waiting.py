"""What open cases wait for, all of it: for their list and its filters, and the figures of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from cases import steps
from cases.models import CaseStatus
from cases.models.case import HANDLED, SUMMARY, CaseQuerySet
from cases.next_steps import all_steps
from cases.steps import NextStep, Wait
from cases.waits import CLOSE
from school.models import Semester, User, last_class
from workflow.addresses import address

COLUMNS = (
    *("pk", "rung", "opened_at", "confirmed_at", "semester"),
    *("is_here", "left_on", "sees_summary", "is_own"),
)


@dataclass(frozen=True)
class Waiting:
    """An open case, what it waits for, and how much of that its reader may know."""

    pk: int
    rung: int
    steps: list[NextStep]
    """All of it, the most urgent first."""
    sees_summary: bool
    """Whether the reader may know what it waits for on the ladder, and its next day."""
    is_own: bool
    """Whether the reader may also know what it waits for beside the ladder."""

    @property
    def first(self) -> NextStep | None:
        """Return what it waits for first: the step whose day a list shows."""
        return next(iter(self.steps), None)

    @property
    def is_late(self) -> bool:
        return self.first is not None and self.first.is_late

    def may_tell(self, wait: Wait) -> bool:
        return self.is_own or (self.sees_summary and wait in told_to_all())

    def waits_for(self, wait: Wait, *, late: bool = False) -> bool:
        """Return whether it waits for this, or with `late` is late with it."""
        return any(steps.wait_of(one) == wait and (one.is_late or not late) for one in self.steps)


def told_to_all() -> list[Wait]:
    """Return what follows from the steps on the ladder, which the shared summary names."""
    return [*steps.waits(on_ladder=True), CLOSE]


def every_wait() -> list[Wait]:
    """Return all that cases can wait for."""
    return [*told_to_all(), *steps.waits(on_ladder=False)]


def waiting_in(
    cases: CaseQuerySet, semesters: Mapping[int, Semester], user: User
) -> dict[int, Waiting]:
    """Return case id → what it waits for, of the open ones of `cases` in their order.

    One query, and one for each kind of step. `semesters` have the policies, by id.
    """
    rows = (
        cases.filter(status=CaseStatus.OPEN)
        .with_is_here()
        .annotated(
            left_on=last_class.of_today("left_on", "student"),
            sees_summary=SUMMARY.flag(user),
            is_own=HANDLED.flag(user),
        )
    )
    known = list(rows.values_list(*COLUMNS))
    coming = all_steps(
        steps.OpenCase(pk, rung, opened_at, confirmed_at, semesters[semester].policy)
        for pk, rung, opened_at, confirmed_at, semester, *_seen in known
    )
    found = {}
    for pk, rung, *_asked, is_here, left_on, sees_summary, is_own in known:
        waits = coming.get(pk, [])
        waits = waits if is_here else _to_the_end(pk, waits, left_on)
        found[pk] = Waiting(pk, rung, waits, sees_summary, is_own)
    return found


def _to_the_end(pk: int, coming: list[NextStep], left_on: date | None) -> list[NextStep]:
    """Return what a case waits for whose student has left: what holds up its end, and the end."""
    return [*(step for step in coming if step.is_under_way), close_step(pk, left_on)]


def close_step(case_id: int, left_on: date | None = None) -> NextStep:
    """Return the last step of a case whose student has left the school."""
    text, url = _("Close the case: has left the school"), address("cases:close", case_id)
    return NextStep(text, None, url, wait=CLOSE, since=left_on)

"""The states of all visits of a list, to count and to sort them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from homevisits.models import VisitState
from homevisits.models.choices import state_of, waits_for_approval
from homevisits.models.visit import VisitQuerySet
from school.models import Semester

ASKED = (
    *("pk", "status", "is_urgent", "scheduled_for", "happened_at", "proposed_on"),
    "case__semester",
)
URGENCY = {state: place for place, state in enumerate(VisitState)}


@dataclass(frozen=True)
class VisitRow:
    pk: int
    status: str
    is_urgent: bool
    scheduled_for: datetime | None
    happened_at: datetime | None
    proposed_on: date
    semester: Semester

    @cached_property
    def state(self) -> VisitState:
        policy = self.semester.policy
        waits = waits_for_approval(self.status, policy, is_urgent=self.is_urgent)
        return state_of(self.status, self.scheduled_for, waits_for_approval=waits)

    @property
    def urgency(self) -> tuple[int, float, float, int, int]:
        """Return the sort key: what is to do first, then what was done, the newest first."""
        is_made = self.state == VisitState.RECORDED and self.happened_at
        return (
            URGENCY[self.state],
            -self.happened_at.timestamp() if is_made and self.happened_at else 0,
            self.scheduled_for.timestamp() if self.scheduled_for else float("inf"),
            -self.proposed_on.toordinal(),
            self.pk,
        )


def rows_of(visits: VisitQuerySet, semester_of: Mapping[int, Semester]) -> list[VisitRow]:
    """Return the visits in their order."""
    found = visits.values_list(*ASKED)
    return [
        VisitRow(pk, status, is_urgent, at, happened_at, proposed_on, semester_of[semester])
        for pk, status, is_urgent, at, happened_at, proposed_on, semester in found
    ]

"""What waits for a person, from all rooms; and the counts beside the places."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases import tasks as cases
from homevisits import tasks as homevisits
from recaps import tasks as recaps
from school import permissions as may
from school.models import User
from school.tasks import Task

COUNTED = ("visits", "approvals")
"""The places beside which every page says how much waits there."""


@dataclass(frozen=True)
class Waiting:
    """Today's work first, then the rest, each with the most urgent line first."""

    today: list[Task]
    later: list[Task]

    @property
    def counts(self) -> dict[str, int]:
        """Return what `counts_of` does, and the number of lines."""
        lines = self.today + self.later
        counts = Counter(home=len(lines))
        for task in lines:
            if task.place in COUNTED:
                counts[task.place] += task.count
        return counts


def tasks_of(user: User) -> Waiting:
    lines = homevisits.waiting(user) + recaps.waiting(user) + cases.waiting(user)
    lines.sort(key=lambda task: task.urgency)
    return Waiting(
        today=[task for task in lines if task.is_for_today],
        later=[task for task in lines if not task.is_for_today],
    )


def badges(request: HttpRequest) -> dict[str, object]:
    """Give every page how much waits at each place, asked for where places are shown.

    The count beside *Home* is known on the home page alone, which gives counts of its own.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"task_counts": {}}
    return {"task_counts": SimpleLazyObject(lambda: counts_of(user))}


def counts_of(user: User) -> dict[str, int]:
    """Return what one query each can count: visits, or the principal's decisions."""
    counts: dict[str, int] = {}
    if may.is_counselor(user):
        counts["visits"] = homevisits.visits_waiting(user)
    if may.is_principal(user):
        counts["approvals"] = homevisits.decisions_waiting(user)
    return counts

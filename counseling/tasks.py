"""A person's tasks from all rooms, and the counts beside the places."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cases import tasks as cases
from homevisits import tasks as homevisits
from recaps import tasks as recaps
from reports import tasks as reports
from school import permissions as may
from school import tasks as school
from school import upkeep
from school.checklist import Step
from school.models import User
from school.roles import COUNSELOR
from school.tasks import Task
from school.ties import ties_of
from support import tasks as support

HOME = "home"
SEEN = "tasks_at_home"
"""The session's copy of the number of tasks that home showed last."""
COUNTED = ("visits", "approvals")
"""Places that show a count on every page."""


@dataclass(frozen=True)
class Waiting:
    """The tasks until today and the later ones, each with the most urgent first."""

    today: list[Task]
    later: list[Task]
    others: dict[int, list[Task]] = field(default_factory=dict)
    """Counselor → their tasks, for the coordinator, who oversees them."""
    steps: list[Step] = field(default_factory=list)
    """The operator's steps to the first recap, while one is open."""

    @property
    def late(self) -> list[Task]:
        """Return those of today's tasks that were due earlier."""
        return [task for task in self.today if task.is_late]

    @property
    def due_today(self) -> list[Task]:
        return [task for task in self.today if not task.is_late]

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts of `counts_of`, and the number of lines."""
        own = self.today + self.later
        counts = Counter(home=len(own))
        for task in chain(own, *self.others.values()):
            if task.place in COUNTED:
                counts[task.place] += task.count
        return counts


def tasks_of(user: User) -> Waiting:
    steps, gaps = upkeep.for_operator(user)
    lines = [
        *homevisits.waiting(user),
        *recaps.waiting(user),
        *cases.waiting(user),
        *support.waiting(user),
        *reports.waiting(user),
        *school.waiting(user),
        *gaps,
    ]
    lines.sort(key=lambda task: task.urgency)
    own, others = _by_person(lines, user)
    return Waiting(
        today=[task for task in own if task.is_for_today],
        later=[task for task in own if not task.is_for_today],
        others=others,
        steps=steps,
    )


def _by_person(lines: list[Task], user: User) -> tuple[list[Task], dict[int, list[Task]]]:
    """Return the tasks of `user`, and for a coordinator those of each other counselor."""
    if not may.is_coordinator(user):
        return lines, {}
    counselors = {*COUNSELOR.holders(ties_of(user))} - {user.pk}
    own: list[Task] = []
    others: dict[int, list[Task]] = {}
    for task in lines:
        if task.whose in counselors:
            others.setdefault(task.whose, []).append(task)
        else:
            own.append(task)
    return own, others


def badges(request: HttpRequest) -> dict[str, object]:
    """Give every page the counts beside its places, which are computed only if they are shown.

    Only the home page asks for the number beside *Home*; the others show what it was there.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"task_counts": {}}
    known = {HOME: request.session.get(SEEN, 0)}
    return {"task_counts": SimpleLazyObject(lambda: counts_of(user) | known)}


def counts_of(user: User) -> dict[str, int]:
    """Return the counts that need one query each: visits, or the principal's decisions."""
    counts: dict[str, int] = {}
    if may.is_counselor(user):
        counts["visits"] = homevisits.visits_waiting(user)
    if may.is_principal(user):
        rows = [
            room.decisions_waiting(user).order_by().values("pk") for room in (homevisits, support)
        ]
        counts["approvals"] = rows[0].union(*rows[1:], all=True).count()
    return counts

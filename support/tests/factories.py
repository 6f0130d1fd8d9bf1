"""What the school does beside the ladder, for tests, made by the project's own acts."""

from datetime import timedelta
from typing import Any

from cases.models import Case
from school.models import User
from support.models import FollowUp
from support.workflow import agree
from workflow import clock


def follow_up(case: Case, by: User, **fields: Any) -> FollowUp:
    """Return a follow-up that is due in a week."""
    given = {"what": "Ajak bicara", "due_on": clock.today() + timedelta(days=7)} | fields
    return agree(case, by=by, **given)


def late_follow_up(case: Case, by: User, *, days: int = 3, **fields: Any) -> FollowUp:
    """Return a follow-up that is so many days late."""
    made = follow_up(case, by, **fields)
    due_on = clock.today() - timedelta(days=days)
    rows = FollowUp.objects.filter(pk=made.pk)
    rows.update(due_on=due_on, first_due_on=due_on, agreed_on=due_on)
    made.refresh_from_db()
    return made

"""What waits for a person in this room."""

from school.models import User
from school.tasks import Task
from support.assistance_tasks import assistance_waiting, decisions_waiting
from support.conference_tasks import conferences_waiting
from support.follow_up_tasks import follow_ups_waiting
from support.referral_tasks import referrals_waiting

__all__ = ["decisions_waiting", "waiting"]


def waiting(user: User) -> list[Task]:
    """Return the person's tasks of this room."""
    return [
        *assistance_waiting(user),
        *conferences_waiting(user),
        *follow_ups_waiting(user),
        *referrals_waiting(user),
    ]

"""What waits for a person in this room."""

from school.models import User
from school.tasks import Task
from support.follow_up_tasks import follow_ups_waiting


def waiting(user: User) -> list[Task]:
    """Return the person's tasks of this room."""
    return [*follow_ups_waiting(user)]

"""What waits for a person in this room: recaps and class lists."""

from recaps.tasks.class_lists import lists_waiting
from recaps.tasks.recaps import recaps_waiting
from school.models import Semester, User
from school.tasks import Task

__all__ = ["waiting"]


def waiting(user: User, semester: Semester) -> list[Task]:
    """Return the lines for `user`; the same number of queries at any number."""
    return [*recaps_waiting(user, semester), *lists_waiting(user, semester)]

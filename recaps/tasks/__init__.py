"""A person's tasks of this room: recaps and class lists."""

from recaps.tasks.asked import asked_of
from recaps.tasks.class_lists import lists_waiting
from recaps.tasks.recaps import recaps_waiting
from school.models import User
from school.tasks import Task

__all__ = ["waiting"]


def waiting(user: User) -> list[Task]:
    """Return the tasks of `user`, in a constant number of queries."""
    asked = asked_of(user)
    return [*recaps_waiting(user, asked), *lists_waiting(user, asked)]

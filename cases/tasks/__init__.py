"""A person's tasks of this room: cases, and notes to their review."""

from cases.tasks.cases import cases_waiting
from cases.tasks.load import loads
from cases.tasks.my_classes import ClassFigures, classes_of
from cases.tasks.review_notes import review_notes_waiting
from school.models import User
from school.tasks import Task

__all__ = ["ClassFigures", "classes_of", "loads", "waiting"]


def waiting(user: User) -> list[Task]:
    """Return the tasks of `user`, in a constant number of queries."""
    return [*cases_waiting(user), *review_notes_waiting(user)]

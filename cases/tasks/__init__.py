"""What waits for a person in this room: cases, and notes to their review."""

from cases.tasks.cases import cases_waiting
from cases.tasks.my_classes import ClassFigures, classes_of
from cases.tasks.review_notes import review_notes_waiting
from school.models import User
from school.tasks import Task

__all__ = ["ClassFigures", "classes_of", "waiting"]


def waiting(user: User) -> list[Task]:
    """Return the lines for `user`; the same number of queries at any number of them."""
    return [*cases_waiting(user), *review_notes_waiting(user)]

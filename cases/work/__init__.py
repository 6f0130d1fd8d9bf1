"""What waits for a person in this room: recaps, class lists, cases."""

from typing import Any

from cases.work.cases import cases_waiting
from cases.work.class_lists import lists_waiting
from cases.work.my_classes import ClassFigures, classes_of
from cases.work.recaps import recaps_missing, recaps_waiting
from school.models import Semester
from school.work import Work

__all__ = ["ClassFigures", "classes_of", "recaps_missing", "waiting"]


def waiting(user: Any, semester: Semester) -> list[Work]:
    """The lines for `user` in all that they are; the same number of queries at any number."""
    return [
        *recaps_waiting(user, semester),
        *lists_waiting(user, semester),
        *cases_waiting(user),
    ]

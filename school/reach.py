"""Who may know of a student, and how much. Rooms to the right register what they grant.

A grant is a function from a user to a queryset (or list) of student ids, or None for none.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from school import permissions as may
from school.models.classes import Enrolment

NAME, ADDRESS, CONTACTS, CORRECTS = 1, 2, 3, 4
"""Levels: name, NIS, class; with the address; with phones and guardians; and corrects these."""

Grant = Callable[[Any], Any]
_grants: list[tuple[int, Grant]] = []


def register(level: int, grant: Grant) -> None:
    """Let `grant(user)` name students that `user` may know at `level` and below."""
    _grants.append((level, grant))


def students(user: Any, level: int) -> Q:
    """The filter on students that `user` may know at `level`; nobody for whom it does not know."""
    if _knows_all(user, level):
        return Q()
    found = Q(pk__in=[])
    for class_ids in _classes(user, level):
        found |= Q(pk__in=_of_classes(class_ids))
    for granted, grant in _grants:
        if granted >= level and (ids := grant(user)) is not None:
            found |= Q(pk__in=ids)
    return found


def _knows_all(user: Any, level: int) -> bool:
    if may.is_coordinator(user) or may.is_operator(user):
        return True
    if level < CORRECTS and may.is_principal(user):
        return True
    return level == NAME and (may.is_counselor(user) or may.is_student_affairs(user))


def _classes(user: Any, level: int) -> list[frozenset[int]]:
    own = [may.homeroom_classes(user)]
    if may.is_counselor(user):
        own.append(may.counseled_classes(user))
    if level == NAME:
        own.append(may.taught_classes(user))
    return [classes for classes in own if classes]


def _of_classes(class_ids: frozenset[int]) -> Any:
    return Enrolment.objects.newest().filter(school_class__in=class_ids).values("student")

"""Who may know of a student, and how much. Rooms to the right register what they grant."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from school.models.last_class import is_in, students_in
from school.roles import (
    COORDINATOR,
    COUNSELOR,
    HOMEROOM,
    OPERATOR,
    PRINCIPAL,
    STUDENT_AFFAIRS,
    TEACHER,
    Role,
)
from school.sight import ALL, Part, Sight, some
from school.ties import Ties


def of_students(
    words: str, class_ids: Callable[[Ties], Iterable[int]], column: str = "student"
) -> Part:
    """Return the part of students whose class of today, else the last, is one of `class_ids`."""

    return some(words, **{f"{column}__in": lambda ties: students_in(class_ids(ties))})


def of_each_student(
    words: str, class_ids: Callable[[Ties], Iterable[int]], column: str = "student"
) -> Part:
    """Return the same part for who has classes of many years, asked of each row by itself."""
    return Part(words, lambda ties, at: Q(is_in(class_ids(ties), f"{at}{column}")))


TAUGHT = of_students("classes taught", lambda ties: ties.taught_classes, "pk")
OWN_CLASS = of_students("own class", lambda ties: ties.own_classes, "pk")
ASSIGNED = of_each_student("assigned", lambda ties: ties.counseled_classes, "pk")

NAME = Sight(
    "student: name, NIS, class",
    [
        (TEACHER, TAUGHT),
        (HOMEROOM, OWN_CLASS),
        (COUNSELOR, ALL),
        (PRINCIPAL, ALL),
        (STUDENT_AFFAIRS, ALL),
        (OPERATOR, ALL),
    ],
)
CORRECTS = Sight(
    "student: corrects address, phones, guardians",
    [(HOMEROOM, OWN_CLASS), (COUNSELOR, ASSIGNED), (COORDINATOR, ALL), (OPERATOR, ALL)],
)
CONTACTS = Sight("student: phones, family", [*CORRECTS.rows, (PRINCIPAL, ALL)])
ADDRESS = Sight("student: address", [*CONTACTS.rows])

LEVELS = (NAME, ADDRESS, CONTACTS, CORRECTS)
"""Each shows what the ones before it show, to fewer."""


def grant(level: Sight, role: Role, part: Part) -> None:
    """Let whoever has `role` know the students of `part` at `level` and below."""
    for sight in LEVELS[: LEVELS.index(level) + 1]:
        sight.add(role, part)

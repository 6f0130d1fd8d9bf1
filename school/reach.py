"""Who may know about a student, and how much. Rooms to the right register their grants here."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, Value, When

from school.models.groups import GroupMember
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
from school.ties import Ties, ties_of


def of_students(
    words: str, class_ids: Callable[[Ties], Iterable[int]], column: str = "student"
) -> Part:
    """Return the part of students whose class of today, else the last, is one of `class_ids`."""

    return some(words, **{f"{column}__in": lambda ties: students_in(class_ids(ties))})


def of_each_student(
    words: str, class_ids: Callable[[Ties], Iterable[int]], column: str = "student"
) -> Part:
    """Return the same part, checked for each row, which suits people with classes of many years."""
    return Part(words, lambda ties, at: Q(is_in(class_ids(ties), f"{at}{column}")))


def of_taught(column: str = "student") -> Part:
    """Return the part of students of the classes and of the other groups that a person teaches."""

    def where(ties: Ties, at: str) -> Q:
        of_classes = Q(**{f"{at}{column}__in": students_in(ties.taught_classes)})
        if not ties.taught_groups:
            return of_classes
        members = GroupMember.objects.today().filter(group__in=ties.taught_groups)
        return of_classes | Q(**{f"{at}{column}__in": members.values("student")})

    return Part("classes and groups taught", where)


TAUGHT = of_taught("pk")
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
CONTACTS = Sight("student: own phone, NISN, birth", [*CORRECTS.rows, (PRINCIPAL, ALL)])
GUARDIANS = Sight("student: guardians and their phones", [*CONTACTS.rows])
ADDRESS = Sight("student: address", [*CONTACTS.rows])

LEVELS = (NAME, ADDRESS, GUARDIANS, CONTACTS, CORRECTS)
"""Each level shows what the levels before it show, and more, to fewer people."""


def level_of(user: object) -> Value | Case:
    """Return an expression for how much `user` may know of a student: a place in LEVELS.

    A part that shows more is not asked again for what shows less. It is for students whose name
    the person may see, and so at least 0.
    """
    ties, deeper = ties_of(user), set[Part]()
    found: list[When] = []
    for place in range(len(LEVELS) - 1, 0, -1):
        parts = [part for part in LEVELS[place].parts(ties) if part not in deeper]
        if ALL in parts:
            return _level(found, place)
        if parts:
            found.append(When(reduce(or_, (part.where(ties, "") for part in parts)), then=place))
        deeper.update(parts)
    return _level(found, 0)


def _level(found: list[When], otherwise: int) -> Value | Case:
    least = Value(otherwise, output_field=IntegerField())
    return Case(*found, default=least, output_field=IntegerField()) if found else least


def grant(level: Sight, role: Role, part: Part) -> None:
    """Let people with `role` see the students of `part` at `level` and the levels before it."""
    for sight in LEVELS[: LEVELS.index(level) + 1]:
        sight.add(role, part)

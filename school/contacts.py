"""The people to call or write to about a student."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from school.models import Guardian, Student


@dataclass(frozen=True)
class Reachable:
    """A guardian, or the student: name, relation, number, and what the last attempt found bad."""

    name: str
    relation: str
    phone: str
    found_bad: str = ""
    guardian: Guardian | None = None


def people_of(
    student: Student, guardians: Iterable[Guardian], found_bad: Mapping[int | None, str]
) -> list[Reachable]:
    """Return the guardians, then the student where they have a number.

    `found_bad` says by guardian id, None for the student, what is wrong with a number.
    """
    found = [
        Reachable(
            guardian.formal_name,
            ", ".join(filter(None, (guardian.get_relation_display(), guardian.occupation))),
            guardian.phone,
            found_bad.get(guardian.pk, ""),
            guardian,
        )
        for guardian in guardians
    ]
    if student.phone:
        own = Reachable(student.name, _("student"), student.phone, found_bad.get(None, ""))
        found.append(own)
    return found

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
    message: str = ""
    """The draft of a first message, which says nothing of a case."""


@dataclass(frozen=True)
class Drafts:
    """The drafts of a first message to parents and to the student."""

    to_parents: str
    to_student: str


def people_of(
    student: Student,
    guardians: Iterable[Guardian],
    found_bad: Mapping[int | None, str],
    drafts: Drafts,
    *,
    with_own: bool = True,
) -> list[Reachable]:
    """Return the guardians, then the student where they have a number and `with_own` allows it.

    `found_bad` says by guardian id, None for the student, what is wrong with a number.
    """
    found = [
        Reachable(
            guardian.called,
            ", ".join(filter(None, (guardian.relation_said, guardian.occupation))),
            guardian.phone,
            found_bad.get(guardian.pk, ""),
            guardian,
            drafts.to_parents,
        )
        for guardian in guardians
    ]
    if student.phone and with_own:
        bad = found_bad.get(None, "")
        message = drafts.to_student
        found.append(Reachable(student.name, _("student"), student.phone, bad, None, message))
    return found

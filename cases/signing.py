"""Which counselor signs a letter of a case."""

from typing import Protocol

from cases.models import Case
from school.models import User
from school.roles import COUNSELOR
from workflow.lifecycle import lifecycle_of
from workflow.models import ActionEntry


class LetterOfCase(Protocol):
    pk: int
    case: Case


def counselor_who_signs(letter: LetterOfCase, by: User, action: str) -> User:
    """Return who signs beside the head: the case's counselor who wrote it, also after the case went
    to another one; of a letter written in a counselor's place that counselor.

    `action` is the act that wrote the letter, and `by` who did it.
    """
    written = ActionEntry.objects.filter(
        kind=lifecycle_of(letter).kind,  # type: ignore[arg-type]
        object_id=letter.pk,
        action=action,
        office=COUNSELOR.code,
    )
    return by if written.exists() else letter.case.counselor or by

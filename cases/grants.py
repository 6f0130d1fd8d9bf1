"""What a case lets people know of its student: its counselor knows all, and corrects it."""

from typing import Any

from cases.models.case import Case
from school import permissions as may
from school import reach


def students_of_own_cases(user: Any) -> Any:
    """Ids of the students whose case `user` counsels."""
    if not may.is_counselor(user):
        return None
    return Case.objects.filter(counselor=user.pk).values("student")


def register_all() -> None:
    reach.register(reach.CORRECTS, students_of_own_cases)

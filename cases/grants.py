"""What a case grants: its counselor knows all about its student, and may correct it."""

from cases.models.case import Case
from school import reach
from school.roles import COUNSELOR
from school.sight import some

OF_OWN_CASES = some(
    "own cases", pk__in=lambda ties: Case.objects.filter(counselor=ties.person).values("student")
)


def register_all() -> None:
    reach.grant(reach.CORRECTS, COUNSELOR, OF_OWN_CASES)

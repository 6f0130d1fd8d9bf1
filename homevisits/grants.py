"""What a visit grants its visitors: the student's name, class and address."""

from homevisits.models import Visit
from homevisits.models.visit import MADE
from school import reach
from school.roles import VISITOR
from school.sight import some

OF_OWN_VISITS = some(
    "to be visited or visited by them",
    pk__in=lambda ties: Visit.objects.filter(MADE.where(ties, "")).values("case__student"),
)


def register_all() -> None:
    reach.grant(reach.ADDRESS, VISITOR, OF_OWN_VISITS)

"""What a visit lets its visitors know of the student: name, class, address."""

from typing import Any

from homevisits.models import Visit, VisitStatus
from school import permissions as may
from school import reach


def students_to_visit(user: Any) -> Any:
    """Ids of the students whom `user` is named to visit or has visited."""
    if may.is_operator(user) or not getattr(user, "is_authenticated", False):
        return None
    if not may.may_sign_in_to_work(user):
        return None
    visits = Visit.visitors.through.objects.filter(user=user.pk).values("visit")
    return Visit.objects.filter(
        pk__in=visits, status__in=(VisitStatus.SCHEDULED, VisitStatus.RECORDED)
    ).values("case__student")


def register_all() -> None:
    reach.register(reach.ADDRESS, students_to_visit)

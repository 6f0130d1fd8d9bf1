"""Other open cases of the same family or address: whom one attempt can be about as well."""

from django.db.models import Q

from cases.models import Case, CaseStatus
from cases.models.case import CaseQuerySet
from school.models import Guardian, User


def siblings_of(case: Case, guardians: list[Guardian], user: User) -> CaseQuerySet:
    """Return the open cases that `user` handles whose student has a guardian's phone or the address
    in common with that of `case`."""
    student = case.student
    phones = {guardian.phone for guardian in guardians if guardian.phone}
    same = Q(student__in=Guardian.objects.filter(phone__in=phones).values("student"))
    if student.street and student.village and student.rt:
        at = {"street": student.street, "village": student.village, "rt": student.rt}
        same |= Q(**{f"student__{name}": value for name, value in at.items()})
    others = Case.objects.handled_by(user).filter(
        same, status=CaseStatus.OPEN, semester__frozen_at=None
    )
    shown = others.exclude(student=case.student_id).with_class("class_name")
    return shown.select_related("student").order_by("student__name", "pk")

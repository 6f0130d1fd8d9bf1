"""Who may do what to cases. Predicates read as sentences."""

from typing import Any

from cases.models.case import Case
from school import permissions as may
from school.models import Office
from workflow.lifecycle import asked_of


@asked_of(Case)
def is_counselor_of(user: Any, case: Case) -> bool:
    """The case's counselor, the coordinator in their place, or any where nobody else is."""
    if may.is_coordinator(user):
        return True
    if not may.is_counselor(user):
        return False
    if case.counselor_id == user.pk:
        return True
    return not may.coordinators(user) and case.counselor_id not in may.counselors(user)


def is_homeroom_of_student(user: Any, case: Case) -> bool:
    """Homeroom teacher today of the class in which the student is."""
    return Case.objects.filter(pk=case.pk).with_class_in(may.homeroom_classes(user)).exists()


def may_take_part_in_review(user: Any, case: Case) -> bool:
    """Writes notes to the review, while it lasts: counselor and homeroom teacher."""
    return is_counselor_of(user, case) or is_homeroom_of_student(user, case)


def may_open_directly(user: Any, student: Any) -> bool:
    """The counselor of the student's class, its homeroom teacher, the coordinator."""
    if may.is_coordinator(user):
        return True
    classes = may.homeroom_classes(user)
    if may.is_counselor(user):
        classes |= may.counseled_classes(user)
    return type(student).objects.in_classes(classes).filter(pk=student.pk).exists()


def office_in_case(user: Any, case: Any) -> str:
    """In which office `user` acts: a coordinator in another counselor's place is told apart."""
    if may.is_counselor(user) and case.counselor_id == user.pk:
        return Office.COUNSELOR
    if may.is_coordinator(user):
        return Office.COORDINATOR
    if may.is_counselor(user):
        return Office.COUNSELOR
    return Office.PRINCIPAL if may.is_principal(user) else "TEACHER"

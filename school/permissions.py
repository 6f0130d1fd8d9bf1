"""Who a person is today. Predicates read as sentences."""

from django.db.models import Q, QuerySet

from school.models.assignments import HomeroomAssignment, TeachingAssignment
from school.models.students import Guardian, Student
from school.models.users import OfficeHolding, User
from school.reach import CORRECTS
from school.roles import (
    COORDINATOR,
    COUNSELOR,
    HOMEROOM,
    OPERATOR,
    PRINCIPAL,
    STUDENT_AFFAIRS,
    TEACHER,
    VISITOR,
)
from school.ties import ties_of


def is_counselor(user: User) -> bool:
    """The user is a counselor or the coordinator."""
    return COUNSELOR.held_by(user)


def is_coordinator(user: User) -> bool:
    return COORDINATOR.held_by(user)


def is_principal(user: User) -> bool:
    return PRINCIPAL.held_by(user)


def is_student_affairs(user: User) -> bool:
    return STUDENT_AFFAIRS.held_by(user)


def is_operator(user: User) -> bool:
    return OPERATOR.held_by(user)


def runs_the_school(user: User, obj: object = None) -> bool:
    """The user is the operator, who keeps people, classes and years."""
    return is_operator(user)


def teaches_today(user: User) -> bool:
    return TEACHER.held_by(user)


def is_homeroom_today(user: User) -> bool:
    return HOMEROOM.held_by(user)


def may_be_visitor(user: User) -> bool:
    return VISITOR.held_by(user)


def possible_visitors() -> QuerySet[User]:
    """Return the users for whom `may_be_visitor` holds: active, with an office or an assignment."""
    works = (
        Q(pk__in=OfficeHolding.objects.today().values("user"))
        | Q(pk__in=TeachingAssignment.objects.today().values("teacher"))
        | Q(pk__in=HomeroomAssignment.objects.today().values("teacher"))
    )
    operators = User.objects.holding(OPERATOR)
    return User.objects.filter(works, is_active=True).exclude(pk__in=operators.values("pk"))


def is_guarded(person: User) -> bool:
    """The person holds or held an office whose holders see cases, or is to get one."""
    return User.objects.guarded().filter(pk=person.pk).exists()


def possible_teachers() -> QuerySet[User]:
    """Return who may be given lessons or a class: active, and no operator without a yes for it.

    An operator who took them would see recaps, class lists and cases. So such an assignment gives
    them nothing (`school.ties`), however it was made; this keeps pages from offering it in vain.
    """
    operators = OfficeHolding.objects.today().filter(office=OPERATOR.code, also_teaches=False)
    return User.objects.filter(is_active=True).exclude(pk__in=operators.values("user"))


def may_teach(person: User) -> bool:
    """The person's lessons and classes give them rights."""
    return possible_teachers().filter(pk=person.pk).exists()


def possible_counselors() -> QuerySet[User]:
    """Return who can have cases and classes: counselors and coordinator of today."""
    return User.objects.holding(COUNSELOR) | User.objects.holding(COORDINATOR)


def is_homeroom_of(user: User, class_id: int) -> bool:
    return class_id in ties_of(user).own_classes


def counsels_class(user: User, class_id: int) -> bool:
    """The user is a counselor, and the class is assigned to them."""
    return is_counselor(user) and class_id in ties_of(user).counseled_classes


def may_correct(user: User, student: Student) -> bool:
    """The user may correct the student's phones, guardians and address.

    These are the homeroom teacher, the counselor of the class or of a case, the coordinator and the
    operator.
    """
    return CORRECTS.includes(student, user)


def may_correct_guardian(user: User, guardian: Guardian) -> bool:
    return may_correct(user, guardian.student)

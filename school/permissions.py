"""Who a person is today, as it follows from their ties."""

from typing import Any

from school.models.users import Office, User
from school.ties import NOBODY, Ties


def ties_of(user: Any) -> Ties:
    """Return the ties of `user` today; none of whoever is not signed in."""
    return user.ties if isinstance(user, User) else NOBODY


def holds(user: Any, office: str) -> bool:
    return office in ties_of(user).offices


def is_counselor(user: Any) -> bool:
    """A counselor or the coordinator, who is one."""
    return holds(user, Office.COUNSELOR) or is_coordinator(user)


def is_coordinator(user: Any) -> bool:
    return holds(user, Office.COORDINATOR)


def is_principal(user: Any) -> bool:
    return holds(user, Office.PRINCIPAL)


def is_student_affairs(user: Any) -> bool:
    return holds(user, Office.STUDENT_AFFAIRS)


def is_operator(user: Any) -> bool:
    return holds(user, Office.OPERATOR)


def taught_classes(user: Any) -> frozenset[int]:
    """Ids of the classes that `user` teaches today."""
    return ties_of(user).taught_classes


def taught_subjects(user: Any) -> frozenset[tuple[int, int]]:
    """(class, subject) ids of what `user` teaches today."""
    return ties_of(user).teaching


def homeroom_classes(user: Any) -> frozenset[int]:
    """Ids of the classes whose homeroom teacher `user` is today."""
    return ties_of(user).own_classes


def homeroom_names(user: Any) -> list[str]:
    """Names of the classes whose homeroom teacher `user` is today."""
    return sorted(name for _class, name in ties_of(user).homerooms)


def counseled_classes(user: Any) -> frozenset[int]:
    """Ids of the classes assigned to `user` as their counselor, of every year."""
    return ties_of(user).counseled_classes


def teaches_today(user: Any) -> bool:
    return bool(taught_classes(user))


def is_homeroom_today(user: Any) -> bool:
    return bool(homeroom_classes(user))


def is_homeroom_of(user: Any, class_id: int) -> bool:
    return class_id in homeroom_classes(user)


def may_correct(user: Any, student: Any) -> bool:
    """Corrects phones, guardians and address: the homeroom teacher of the own class, the
    counselor of the class or of a case, the coordinator; the operator edits them."""
    return type(student).objects.correctable_by(user).filter(pk=student.pk).exists()


def may_correct_guardian(user: Any, guardian: Any) -> bool:
    return may_correct(user, guardian.student)


def may_sign_in_to_work(user: Any) -> bool:
    """Whether `user` still has an office or an assignment today."""
    return bool(ties_of(user).offices) or teaches_today(user) or is_homeroom_today(user)


def coordinators(user: Any) -> list[int]:
    """Ids of who coordinates the counselors today."""
    return ties_of(user).holders_of(Office.COORDINATOR)


def counselors(user: Any) -> list[int]:
    """Ids of who holds the office of counselor today."""
    return ties_of(user).holders_of(Office.COUNSELOR)

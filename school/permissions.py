"""Who a person is today. Each answer is asked once for each user object, so once a request."""

from collections.abc import Callable
from typing import Any, TypeVar

from school.models.assignments import HomeroomAssignment, TeachingAssignment
from school.models.classes import SchoolClass
from school.models.users import Office
from workflow import clock

T = TypeVar("T")


def holds(user: Any, office: str) -> bool:
    return office in getattr(user, "offices", ())


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
    return frozenset(class_id for class_id, _subject_id in taught_subjects(user))


def taught_subjects(user: Any) -> frozenset[tuple[int, int]]:
    """(class, subject) ids of what `user` teaches today."""
    return _remembered(
        user,
        "taught",
        lambda: frozenset(
            TeachingAssignment.objects.today()
            .filter(teacher=user)
            .values_list("school_class", "subject")
        ),
    )


def homeroom_classes(user: Any) -> frozenset[int]:
    """Ids of the classes whose homeroom teacher `user` is today."""
    return frozenset(class_id for class_id, _name in _homerooms(user))


def homeroom_names(user: Any) -> list[str]:
    """Names of the classes whose homeroom teacher `user` is today."""
    return sorted(name for _class_id, name in _homerooms(user))


def _homerooms(user: Any) -> frozenset[tuple[int, str]]:
    return _remembered(
        user,
        "homeroom",
        lambda: frozenset(
            HomeroomAssignment.objects.today()
            .filter(teacher=user)
            .values_list("school_class", "school_class__name")
        ),
    )


def counseled_classes(user: Any) -> frozenset[int]:
    """Ids of the classes assigned to `user` as their counselor, of every year."""
    return _remembered(
        user,
        "counseled",
        lambda: frozenset(SchoolClass.objects.filter(counselor=user).values_list("pk", flat=True)),
    )


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
    return bool(user.offices) or teaches_today(user) or is_homeroom_today(user)


def _remembered(user: Any, name: str, ask: Callable[[], T]) -> T:
    """The answer kept on the user object, for the day that it was asked on."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()  # type: ignore[return-value]
    key = f"_{name}_on"
    kept = user.__dict__.get(key)
    if kept is None or kept[0] != clock.today():
        kept = user.__dict__[key] = (clock.today(), ask())
    return kept[1]

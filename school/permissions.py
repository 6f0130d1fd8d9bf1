"""Who a person is today. Each answer is asked once for each user object, so once a request."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django.db.models import Value

from school.models.assignments import HomeroomAssignment, TeachingAssignment
from school.models.classes import SchoolClass
from school.models.users import Office
from workflow import clock

T = TypeVar("T")
TEACHES, HOMEROOM, COUNSELS = "teaches", "homeroom", "counsels"


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
    return frozenset(tie.class_id for tie in _ties(user) if tie.kind == TEACHES)


def taught_subjects(user: Any) -> frozenset[tuple[int, int]]:
    """(class, subject) ids of what `user` teaches today."""
    return frozenset((tie.class_id, tie.subject_id) for tie in _ties(user) if tie.kind == TEACHES)


def homeroom_classes(user: Any) -> frozenset[int]:
    """Ids of the classes whose homeroom teacher `user` is today."""
    return frozenset(tie.class_id for tie in _ties(user) if tie.kind == HOMEROOM)


def homeroom_names(user: Any) -> list[str]:
    """Names of the classes whose homeroom teacher `user` is today."""
    return sorted(tie.class_name for tie in _ties(user) if tie.kind == HOMEROOM)


def counseled_classes(user: Any) -> frozenset[int]:
    """Ids of the classes assigned to `user` as their counselor, of every year."""
    return frozenset(tie.class_id for tie in _ties(user) if tie.kind == COUNSELS)


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


class Tie(NamedTuple):
    """What binds a person to a class today."""

    kind: str
    class_id: int
    subject_id: int
    class_name: str


def _ties(user: Any) -> frozenset[Tie]:
    """All of them by one query: every page asks for some."""
    return _remembered(user, "ties", lambda: frozenset(map(Tie._make, _tie_rows(user))))


def _tie_rows(user: Any) -> Any:
    named = ("school_class", "subject", "school_class__name")
    teaching = TeachingAssignment.objects.today().filter(teacher=user)
    homeroom = HomeroomAssignment.objects.today().filter(teacher=user)
    counseled = SchoolClass.objects.filter(counselor=user).order_by()
    return (
        teaching.annotate(kind=Value(TEACHES))
        .values_list("kind", *named)
        .union(
            homeroom.annotate(kind=Value(HOMEROOM), subject=Value(0)).values_list("kind", *named),
            counseled.annotate(kind=Value(COUNSELS), subject=Value(0)).values_list(
                "kind", "pk", "subject", "name"
            ),
            all=True,
        )
    )


def _remembered(user: Any, name: str, ask: Callable[[], T]) -> T:
    """The answer kept on the user object, for the day that it was asked on."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()  # type: ignore[return-value]
    key = f"_{name}_on"
    kept = user.__dict__.get(key)
    if kept is None or kept[0] != clock.today():
        kept = user.__dict__[key] = (clock.today(), ask())
    return kept[1]

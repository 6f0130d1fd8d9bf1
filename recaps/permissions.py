"""Who may do what to recaps and class lists. Predicates read as sentences."""

from typing import Protocol

from recaps.models.class_list import ClassList
from recaps.models.recap import Recap
from school import permissions as may
from school.models import SchoolClass, User
from school.ties import ties_of
from workflow.lifecycle import asked_of


def teaches(user: User, recap: Recap) -> bool:
    """The user teaches the recap's group today."""
    return recap.group_id in ties_of(user).teaching


def teaches_in(user: User, class_list: ClassList) -> bool:
    return class_list.school_class_id in ties_of(user).taught_classes


@asked_of(Recap, ClassList)
def is_homeroom_of(user: User, of_class: Recap | ClassList) -> bool:
    """The user is today the homeroom teacher of the class of the recap or the list."""
    place = of_class if isinstance(of_class, ClassList) else of_class.group
    return may.is_homeroom_of(user, place.school_class_id)


class OfClass(Protocol):
    @property
    def school_class(self) -> SchoolClass: ...


def enters_attendance(user: User, of_class: OfClass) -> bool:
    """The user is today the homeroom teacher of the class, and enters its daily attendance."""
    return may.is_homeroom_of(user, of_class.school_class.pk)


def sees_attendance(user: User, class_id: int) -> bool:
    """The user is the class's homeroom teacher or counselor, or the coordinator."""
    guides = may.is_homeroom_of(user, class_id) or may.counsels_class(user, class_id)
    return guides or may.is_coordinator(user)


def may_read_draft(user: User, recap: Recap) -> bool:
    """The user teaches the recap's group today, or is the coordinator."""
    return teaches(user, recap) or may.is_coordinator(user)


def may_read_what_stands(user: User, recap: Recap) -> bool:
    """The user may read the draft, or is homeroom teacher or counselor of the class."""
    return (
        may_read_draft(user, recap)
        or is_homeroom_of(user, recap)
        or may.counsels_class(user, recap.group.school_class_id)
    )


def sees_what_is_being_decided(user: User, class_list: ClassList) -> bool:
    """The user is the class's homeroom teacher or the coordinator.

    A counselor sees only what was handed over.
    """
    return is_homeroom_of(user, class_list) or may.is_coordinator(user)


def reads_as_handed_over(user: User, class_list: ClassList) -> bool:
    """The user handed the list over, but is neither its homeroom teacher nor its counselor now."""
    return not (
        sees_what_is_being_decided(user, class_list)
        or may.counsels_class(user, class_list.school_class_id)
    )


def may_see_unbegun_list(user: User, class_list: ClassList) -> bool:
    """The user may see the list before anybody acts on it, when it has no row yet."""
    return sees_what_is_being_decided(user, class_list)

"""Who may do what to recaps and class lists. Predicates read as sentences."""

from typing import Protocol

from recaps.models.class_list import ClassList
from recaps.models.recap import Recap, Sheet
from school import permissions as may
from school.models import SchoolClass, TeachingGroup, User
from school.models.groups import groups_of
from school.ties import ties_of
from workflow.lifecycle import asked_of


def teaches(user: User, recap: Recap) -> bool:
    """The user teaches the recap's group today."""
    return recap.group_id in ties_of(user).teaching


def teaches_in(user: User, class_list: ClassList) -> bool:
    """The user teaches the class today, or a group that has a member of it in the period."""
    ties = ties_of(user)
    if class_list.school_class_id in ties.taught_classes:
        return True
    if not ties.taught_groups:
        return False
    period = class_list.period
    of_class = groups_of([class_list.school_class_id], period.starts_on, period.ends_on)
    return TeachingGroup.objects.filter(pk__in=of_class).filter(pk__in=ties.taught_groups).exists()


@asked_of(Recap, ClassList)
def is_homeroom_of(user: User, of_class: Recap | ClassList) -> bool:
    """The user is today the homeroom teacher of a class of the recap, or of that of the list."""
    own = ties_of(user).own_classes
    if isinstance(of_class, ClassList):
        return of_class.school_class_id in own
    return bool(own and own & of_class.class_ids)


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
    """The user may read the draft, or is homeroom teacher or counselor of a class of the recap."""
    return may_read_draft(user, recap) or bool(classes_read_by(user) & recap.class_ids)


def reads_all_of(user: User, recap: Recap, sheet: Sheet | None) -> bool:
    """The user teaches the group, handed the version over, is the coordinator, or it is a class.

    Others read only what it says of the students of their classes, and no reason of a return or a
    correction, which may name anybody.
    """
    is_theirs = sheet is not None and sheet.handed_over_by_id == user.pk
    return is_theirs or may_read_draft(user, recap) or recap.group.school_class_id is not None


def classes_read_by(user: User) -> frozenset[int]:
    """Return the classes of whose recaps the user reads what stands."""
    ties = ties_of(user)
    return ties.own_classes | (ties.counseled_classes if may.is_counselor(user) else frozenset())


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

"""Who may do what to recaps and class lists. Predicates read as sentences."""

from recaps.models.class_list import ClassList
from recaps.models.recap import Recap
from school import permissions as may
from school.models import User
from school.ties import ties_of
from workflow.lifecycle import asked_of


def teaches(user: User, recap: Recap) -> bool:
    """Holds today an assignment of the recap's class and subject."""
    return (recap.school_class_id, recap.subject_id) in ties_of(user).teaching


def teaches_in(user: User, class_list: ClassList) -> bool:
    return class_list.school_class_id in ties_of(user).taught_classes


@asked_of(Recap, ClassList)
def is_homeroom_of(user: User, of_class: Recap | ClassList) -> bool:
    """Homeroom teacher today of the class of a recap or a class list."""
    return may.is_homeroom_of(user, of_class.school_class_id)


def may_read_draft(user: User, recap: Recap) -> bool:
    """Reads what is being written: who teaches it today, and the coordinator."""
    return teaches(user, recap) or may.is_coordinator(user)


def may_read_what_stands(user: User, recap: Recap) -> bool:
    """Reads what was handed over: who may read the draft, the homeroom teacher, the counselor."""
    return (
        may_read_draft(user, recap)
        or is_homeroom_of(user, recap)
        or may.counsels_class(user, recap.school_class_id)
    )


def sees_what_is_being_decided(user: User, class_list: ClassList) -> bool:
    """The homeroom teacher and the coordinator; a counselor sees what was handed over."""
    return is_homeroom_of(user, class_list) or may.is_coordinator(user)


def may_see_unbegun_list(user: User, class_list: ClassList) -> bool:
    """A list on which nobody has acted yet has no row; it is there for whose class it is."""
    return sees_what_is_being_decided(user, class_list)

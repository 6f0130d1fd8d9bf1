"""Who may do what to cases. Predicates read as sentences."""

from typing import NamedTuple

from cases.models.case import EVIDENCE, IN_OWN_CLASS, KNOWN, SUMMARY, Case
from cases.models.confidential_note import ConfidentialNote
from cases.models.contact import Contact
from school import permissions as may
from school import reach
from school.models import Student, User
from school.roles import COORDINATOR, COUNSELOR, HOMEROOM, PRINCIPAL, TEACHER
from school.sight import ALL, Sight
from school.ties import ties_of
from workflow.lifecycle import asked_of

OPENED = Sight(
    "student: opens a case directly",
    [(HOMEROOM, reach.OWN_CLASS), (COUNSELOR, reach.ASSIGNED), (COORDINATOR, ALL)],
)


def may_see_cases(user: User) -> bool:
    """The user has a role whose holders may know of cases."""
    return KNOWN.shows_some(user)


@asked_of(Case)
def is_counselor_of(user: User, case: Case) -> bool:
    """The user is the case's counselor, the coordinator, or any counselor if there is neither."""
    if may.is_coordinator(user):
        return True
    if not may.is_counselor(user):
        return False
    if case.counselor_id == user.pk:
        return True
    ties = ties_of(user)
    return not COORDINATOR.holders(ties) and case.counselor_id not in COUNSELOR.holders(ties)


def acting_counselors(user: User) -> set[int]:
    """Return the ids of the persons who can have cases and classes today; no query."""
    ties = ties_of(user)
    return {*COUNSELOR.holders(ties), *COORDINATOR.holders(ties)}


def assigns_classes(user: User, obj: object = None) -> bool:
    """The user is the coordinator or the operator, or any counselor if there is no coordinator."""
    if may.is_coordinator(user) or may.is_operator(user):
        return True
    return may.is_counselor(user) and not COORDINATOR.holders(ties_of(user))


def assigns_cases(user: User, obj: object = None) -> bool:
    """The user assigns classes, and sees cases."""
    return may.is_counselor(user) and assigns_classes(user)


class Rights(NamedTuple):
    """The parts of a case that a person sees who may know of it."""

    sees_summary: bool
    sees_evidence: bool
    sees_contacts: bool


def rights_in(user: User, case: Case) -> Rights:
    """Return what `user` sees of a case; for its counselor this needs no query."""
    if may.is_counselor(user) and case.counselor_id == user.pk:
        return Rights(sees_summary=True, sees_evidence=True, sees_contacts=True)
    known = Case.objects.filter(pk=case.pk).annotated(
        sees_summary=SUMMARY.flag(user),
        sees_evidence=EVIDENCE.flag(user),
        sees_contacts=reach.CONTACTS.flag(user, "student"),
    )
    return Rights(*known.values_list(*Rights._fields).get())


def is_homeroom_of_student(user: User, case: Case) -> bool:
    """The user is today the homeroom teacher of the student's class."""
    return IN_OWN_CLASS.includes(case, user)


def may_take_part_in_review(user: User, case: Case) -> bool:
    """The user is the case's counselor or the student's homeroom teacher."""
    return is_counselor_of(user, case) or is_homeroom_of_student(user, case)


@asked_of(Case)
def may_log_contact(user: User, case: Case) -> bool:
    """The user is the case's counselor or, until it is confirmed, the homeroom teacher."""
    in_review = case.confirmed_at is None
    return is_counselor_of(user, case) or (in_review and is_homeroom_of_student(user, case))


def may_void_contact(user: User, contact: Contact) -> bool:
    """The user is the case's counselor or, until it is confirmed, the attempt's author."""
    if is_counselor_of(user, contact.case):
        return True
    return contact.by_id == user.pk and may_log_contact(user, contact.case)


def is_author_of(user: User, note: ConfidentialNote) -> bool:
    """The user wrote the confidential note, and is a counselor still."""
    return note.author_id == user.pk and may.is_counselor(user)


def may_read_left(user: User, note: ConfidentialNote) -> bool:
    """The user is the coordinator, who reads what the author of a note no longer can."""
    return may.is_coordinator(user)


def may_open_directly(user: User, student: Student) -> bool:
    """The user is counselor or homeroom teacher of the student's class, or the coordinator."""
    return OPENED.includes(student, user)


def freezes_semester(user: User, case: Case) -> bool:
    """The user is the principal or acts for them, and freezes the semester of the case."""
    return may.is_principal(user)


def office_in_case(user: User, case: Case) -> str:
    """Return the office in which `user` acts, e.g. COORDINATOR in another counselor's place."""
    if may.is_counselor(user) and case.counselor_id == user.pk:
        return COUNSELOR.code
    offices = (COORDINATOR, COUNSELOR, PRINCIPAL)
    return next((office for office in offices if office.held_by(user)), TEACHER).code

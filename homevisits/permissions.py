"""Who may do what to a home visit."""

from datetime import timedelta

from cases.permissions import is_counselor_of
from homevisits.models import Photo, Visit, VisitStatus
from homevisits.models.visit import PROPOSALS
from school import permissions as may
from school.models import User
from workflow import clock

PHOTOS_MAY_COME = timedelta(hours=48)
"""After a visit, from a phone that had no network: as long as it keeps them."""


def may_approve(user: User, visit: Visit) -> bool:
    """The user is the principal or acts for them; both hold the office."""
    return may.is_principal(user)


def is_visitor_of(user: User, visit: Visit) -> bool:
    """The user is named as a visitor, still has an office or an assignment, and is no operator."""
    return may.may_be_visitor(user) and any(one.pk == user.pk for one in visit.visitors.all())


def may_read_proposal(user: User, visit: Visit) -> bool:
    """The user is the principal or the case's counselor; other visitors do not see the proposal."""
    return may.is_principal(user) or is_counselor_of(user, visit)


def may_record(user: User, visit: Visit) -> bool:
    return is_counselor_of(user, visit) or is_visitor_of(user, visit)


def may_add_photos(user: User, visit: Visit) -> bool:
    """The user is the counselor, or a visitor whose report is not finished for 48 hours."""
    if is_counselor_of(user, visit):
        return True
    is_theirs = visit.status == VisitStatus.SCHEDULED or (
        visit.happened_at is not None and clock.now() - visit.happened_at < PHOTOS_MAY_COME
    )
    return is_theirs and is_visitor_of(user, visit)


def may_change_photo(user: User, photo: Photo) -> bool:
    """The user may add photos to the visit of this one."""
    return may_add_photos(user, photo.visit)


def may_tick_photo(user: User, photo: Photo) -> bool:
    """The user is the counselor of the case: a photo is on a signed report only by their tick."""
    return is_counselor_of(user, photo.visit)


def may_read_report(user: User, visit: Visit) -> bool:
    if is_counselor_of(user, visit):
        return True
    return Visit.objects.with_report_for(user).filter(pk=visit.pk).exists()


def may_print(user: User, visit: Visit) -> bool:
    """The user is the principal, who signs the visit's papers, or may read its report."""
    return may.is_principal(user) or may_read_report(user, visit)


def may_print_report(user: User, visit: Visit) -> bool:
    """The user may read the report, or is the principal and the visit is recorded."""
    is_recorded = visit.status == VisitStatus.RECORDED
    return (may.is_principal(user) and is_recorded) or may_read_report(user, visit)


def may_see_visits(user: User) -> bool:
    """The user is of BK, the principal, or can be named as a visitor."""
    return may.is_counselor(user) or may.is_principal(user) or may.may_be_visitor(user)


def prints_all(user: User) -> bool:
    """The user prints the whole progress report: the coordinator, the principal."""
    return may.is_coordinator(user) or may.is_principal(user)


def may_read_proposals(user: User) -> bool:
    """The user may see the proposals of all classes and the progress report: BK, the principal."""
    return PROPOSALS.shows_some(user)

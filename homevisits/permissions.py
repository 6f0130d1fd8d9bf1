"""Who may do what to a home visit."""

from cases.permissions import is_counselor_of
from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import PROPOSALS
from school import permissions as may
from school.models import User


def may_approve(user: User, visit: Visit) -> bool:
    """The principal, or who acts for them: both hold the office."""
    return may.is_principal(user)


def is_visitor_of(user: User, visit: Visit) -> bool:
    """Named as a visitor, and still at the school with an office or an assignment."""
    return may.may_be_visitor(user) and any(one.pk == user.pk for one in visit.visitors.all())


def may_read_proposal(user: User, visit: Visit) -> bool:
    """Why it was proposed and what the principal wrote: not for a visitor of another office."""
    return may.is_principal(user) or is_counselor_of(user, visit)


def may_record(user: User, visit: Visit) -> bool:
    return is_counselor_of(user, visit) or is_visitor_of(user, visit)


def may_read_report(user: User, visit: Visit) -> bool:
    if is_counselor_of(user, visit):
        return True
    return Visit.objects.with_report_for(user).filter(pk=visit.pk).exists()


def may_print(user: User, visit: Visit) -> bool:
    """Assignment letter and recorded report: the principal's signature is on them."""
    return may.is_principal(user) or may_read_report(user, visit)


def may_print_report(user: User, visit: Visit) -> bool:
    """The principal once it is recorded; who writes it also before, to have it signed there."""
    is_recorded = visit.status == VisitStatus.RECORDED
    return (may.is_principal(user) and is_recorded) or may_read_report(user, visit)


def may_see_visits(user: User) -> bool:
    """Has a list of visits: BK and the principal, and whoever can be named as a visitor."""
    return may.may_be_visitor(user)


def may_read_proposals(user: User) -> bool:
    """The proposals of all classes and the progress report: BK writes, the principal reads."""
    return PROPOSALS.shows_some(user)

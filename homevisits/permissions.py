"""Who may do what to a home visit."""

from typing import Any

from cases.permissions import is_counselor_of
from homevisits.models import Visit, VisitStatus
from school import permissions as may


def may_approve(user: Any, visit: Visit) -> bool:
    """The principal, or who acts for them: both hold the office."""
    return may.is_principal(user)


def is_visitor_of(user: Any, visit: Visit) -> bool:
    """Named as a visitor, and still at the school with an office or an assignment."""
    if may.is_operator(user) or not may.may_sign_in_to_work(user):
        return False
    return any(visitor.pk == user.pk for visitor in visit.visitors.all())


def may_read_proposal(user: Any, visit: Visit) -> bool:
    """Why it was proposed and what the principal wrote: not for a visitor of another office."""
    return may.is_principal(user) or is_counselor_of(user, visit)


def may_record(user: Any, visit: Visit) -> bool:
    return is_counselor_of(user, visit) or is_visitor_of(user, visit)


def may_read_report(user: Any, visit: Visit) -> bool:
    if is_counselor_of(user, visit):
        return True
    return Visit.objects.with_report_for(user).filter(pk=visit.pk).exists()


def may_print(user: Any, visit: Visit) -> bool:
    """Assignment letter and recorded report: the principal's signature is on them."""
    return may.is_principal(user) or may_read_report(user, visit)


def may_print_report(user: Any, visit: Visit) -> bool:
    """The principal once it is recorded; who writes it also before, to have it signed there."""
    is_recorded = visit.status == VisitStatus.RECORDED
    return (may.is_principal(user) and is_recorded) or may_read_report(user, visit)


def may_see_visits(user: Any) -> bool:
    """Has a list of visits: BK and the principal, and whoever can be named as a visitor."""
    return not may.is_operator(user) and may.may_sign_in_to_work(user)


def may_read_proposals(user: Any) -> bool:
    """The proposals of all classes and the progress report: BK writes, the principal reads."""
    return may.is_principal(user) or may.is_counselor(user)

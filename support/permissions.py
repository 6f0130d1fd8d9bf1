"""Who may do what to the support of a case."""

from cases.permissions import is_counselor_of
from school import permissions as may
from school.models import User
from support.models import Assistance, FollowUp
from support.models.assistance import HANDED


def is_doer_of(user: User, follow_up: FollowUp) -> bool:
    """The follow-up is the user's, who still has an office or an assignment and is no operator."""
    return follow_up.doer_id == user.pk and may.may_be_visitor(user)


def may_finish(user: User, follow_up: FollowUp) -> bool:
    return is_counselor_of(user, follow_up) or is_doer_of(user, follow_up)


def may_decide(user: User, assistance: Assistance) -> bool:
    """The user is the principal or acts for them; both hold the office."""
    return may.is_principal(user)


def sees_assistance(user: User) -> bool:
    """The user has a list of assistance: the own cases' as a counselor, all as coordinator."""
    return HANDED.shows_some(user)

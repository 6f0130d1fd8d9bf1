"""Change what a school decided for a semester, and say which due dates that moves."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from school import wording
from school.dates import not_frozen
from school.models import Policy, RecapPeriod, User
from school.permissions import is_operator
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.versions import held, save_versioned

A_WEEK = 7


@transaction.atomic
def change_policy(
    policy: Policy, values: Mapping[str, object], *, by: User, read_at: int
) -> Policy:
    """Save values of a policy. Raises NotAllowed, NotNow with the reason, EditConflict."""
    if not is_operator(by):
        raise NotAllowed
    row = held(policy)
    if why := not_frozen(row.semester):
        raise NotNow(why)
    if len(set(values.get("free_weekdays", ()))) == A_WEEK:  # type: ignore[call-overload]
        raise NotNow(gettext_lazy("Leave at least one day of the week with lessons."))
    return save_versioned(row, values, read_at=read_at)


def moved_due_dates(before: Policy, after: Policy, periods: Iterable[RecapPeriod]) -> str:
    """Say how many due dates to come are on another day under the policy `after`; "" if none."""
    today = clock.today()
    moved = [
        (period, was, now)
        for period in periods
        for was, now in zip(_due(period, before), _due(period, after), strict=True)
        if was != now and max(was, now) >= today
    ]
    return said(moved)


def said(moved: list[tuple[RecapPeriod, date, date]]) -> str:
    """Say which due dates move, each with its period, the day it was on and the new one."""
    if not moved:
        return ""
    period, was, now = moved[0]
    count = ngettext(
        "%(n)s due date of recaps and class lists moves.",
        "%(n)s due dates of recaps and class lists move.",
        len(moved),
    ) % {"n": len(moved)}
    example = _("%(period)s: from %(was)s to %(now)s.") % {
        "period": period,
        "was": wording.full_day(was),
        "now": wording.full_day(now),
    }
    return f"{count} {example}"


def moved_with_period(period: RecapPeriod, ends_on: date) -> str:
    """Say which due dates move if the period ends on another day; "" if none to come."""
    policy = period.semester.policy
    then = RecapPeriod(semester=period.semester, starts_on=period.starts_on, ends_on=ends_on)
    pairs = zip(_due(period, policy), _due(then, policy), strict=True)
    today = clock.today()
    return said([(then, a, b) for a, b in pairs if a != b and max(a, b) >= today])


def _due(period: RecapPeriod, policy: Policy) -> tuple[date, date]:
    """Return when the recaps and the class lists of a period are due under a policy."""
    recap = policy.due(period.ends_on, policy.recap_days)
    return recap, policy.due(recap, policy.list_days)

"""Schedule a visit, and number its assignment letter."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.permissions import is_counselor_of
from homevisits.models import Visit
from homevisits.workflow.visit import VISIT
from school import permissions as may
from school.dates import Ground, planned_day, rests_on
from school.models import LetterNumber, User
from school.models.letters import LetterKind
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.run import run, transaction_of


def schedule(
    visit: Visit,
    *,
    by: User,
    scheduled_for: datetime,
    visitors: list[User],
    purposes: list[str],
    functions: list[str],
    number: str = "",
) -> None:
    """Set visitors, time and purposes; the assignment letter gets its number. Raises NotNow."""
    _check_plan(visit, by, scheduled_for, visitors, purposes)
    with transaction_of(VISIT, visit):
        letter_on = min(timezone.localdate(scheduled_for), clock.today())
        taken = number.strip() and LetterNumber.objects.take(
            LetterKind.ASSIGNMENT, number.strip(), letter_on
        )
        values = {
            "scheduled_for": scheduled_for,
            "purposes": purposes,
            "functions": functions,
            "letter_on": letter_on,
        }
        run(visit, "schedule", by=by, values=values)
        _number(visit, taken or None)
        visit.visitors.set(visitors)


def reschedule(visit: Visit, *, by: User, scheduled_for: datetime, visitors: list[User]) -> None:
    """Set another time or other visitors for the same visit and letter."""
    _check_plan(visit, by, scheduled_for, visitors, visit.purposes)
    with transaction.atomic():
        run(visit, "reschedule", by=by, values={"scheduled_for": scheduled_for})
        visit.visitors.set(visitors)


def fill_number(visit: Visit, *, by: User, number: str) -> None:
    """Set the number that the office gave the letter. Raises NotNow if it is taken."""
    if not number.strip():
        raise NotNow(_("Type the number that the office gave."))
    with transaction_of(VISIT, visit):
        letter_on = visit.letter_on or clock.today()
        taken = LetterNumber.objects.take(LetterKind.ASSIGNMENT, number.strip(), letter_on)
        run(visit, "number", by=by)
        _number(visit, taken)


def _number(visit: Visit, number: LetterNumber | None) -> None:
    """Set the number so that an undo does not remove it: a letter keeps it, at most cancelled."""
    Visit.objects.filter(pk=visit.pk).update(number=number)
    visit.number = number


def cancel(visit: Visit, *, by: User, reason: str = "") -> None:
    run(visit, "cancel", by=by, note=reason)


def _check_plan(
    visit: Visit, by: User, scheduled_for: datetime, visitors: list[User], purposes: list[str]
) -> None:
    if not is_counselor_of(by, visit):
        raise NotAllowed
    rests_on(scheduled_for, {Ground.PROPOSAL: visit.proposed_on})
    planned_day(timezone.localdate(scheduled_for), since=clock.today())
    if not visitors:
        raise NotNow(_("Choose at least one visitor."))
    if not all(may.may_be_visitor(visitor) for visitor in visitors):
        raise NotNow(
            _("Only active staff can go. Operators cannot, because they may not see cases.")
        )
    if not purposes:
        raise NotNow(_("Choose at least one purpose."))

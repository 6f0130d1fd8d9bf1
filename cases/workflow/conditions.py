"""What must hold before something is done to a case or in it."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, Rung
from cases.read_steps import Read
from school.dates import not_frozen
from school.models import last_class
from workflow.errors import Text
from workflow.lifecycle import Reasons, asked_of

STILL_HERE = _("The student is still at the school.")
NOT_REFERRED = _("First send a referral that is not refused or withdrawn.")
NOBODY_REACHED = _("Needs a reason: nobody has been reached, has come or has been met yet.")


@asked_of(Case)
def is_in_time(case: Case) -> Text | None:
    return not_frozen(case.semester)


@asked_of(Case)
def case_is_open(case: Case) -> Text | None:
    if not case.is_open:
        return _("The case has ended. Reopen it first.")
    return not_frozen(case.semester)


def is_not_confirmed(case: Case) -> Text | None:
    return _("Already confirmed.") if case.confirmed_at else None


def is_confirmed(case: Case) -> Text | None:
    return None if case.confirmed_at else _("Review and confirm it first.")


def has_no_summons_or_visit(case: Case) -> Text | None:
    if case.rung >= Rung.SUMMONS:
        return _("There is already a summons or a visit.")
    return None


def has_nothing_open(case: Case) -> Text | None:
    return Read([case]).still_open(case)


def someone_was_reached(case: Case) -> Text | None:
    """A contact reached somebody, a summons was attended, or a visit met somebody."""
    return None if Read([case]).reached(case) else NOBODY_REACHED


def was_referred_out(case: Case) -> Text | None:
    return None if Read([case]).referred(case) else NOT_REFERRED


def enrolment_has_ended(case: Case) -> Text | None:
    found = Case.objects.filter(last_class.of_today("is_here", "student"), pk=case.pk)
    return STILL_HERE if found.exists() else None


def known_of(case: Case, read: Read) -> Reasons:
    """Return the results of four conditions for a case with `is_here` whose steps were read."""
    return known_of_steps(case, read) | {enrolment_has_ended: STILL_HERE if case.is_here else None}


def known_of_steps(case: Case, read: Read) -> Reasons:
    """Return the results of the conditions that a case whose steps were read ends by."""
    return {
        has_nothing_open: read.still_open(case),
        someone_was_reached: None if read.reached(case) else NOBODY_REACHED,
        was_referred_out: None if read.referred(case) else NOT_REFERRED,
    }


def has_no_counselor(case: Case) -> Text | None:
    return _("Needs a reason: the case has a counselor.") if case.counselor_id else None

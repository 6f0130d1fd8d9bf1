"""What must hold before a visit is proposed, scheduled or recorded."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.models import Case, ContactOutcome, SummonsStatus
from cases.models.summons import WITH_OUTCOME
from cases.workflow.contact import attempts_of
from cases.workflow.rungs import rung_follows
from homevisits.models import Basis, Visit, VisitOutcome, VisitStatus
from school.head import naming_head
from school.models import LetterNumber, User
from workflow import clock
from workflow.errors import Text
from workflow.lifecycle import asked_of

UNSUCCESSFUL = (VisitOutcome.NOBODY_HOME, VisitOutcome.MOVED, VisitOutcome.REFUSED)


@asked_of(Case)
def has_no_visit_under_way(case: Case) -> Text | None:
    if Visit.objects.under_way().filter(case=case).exists():
        return _("There is already an open visit.")
    return None


def lower_rungs_failed(case: Case) -> Text | None:
    """A summons has an outcome but did not solve the case, or the attempts reached nobody."""
    if found_basis(case):
        return None
    if any(summons.status != SummonsStatus.WITHDRAWN for summons in case.summonses.all()):
        return _("The summons has no outcome yet: choose one of the five reasons.")
    if not attempts_of(case):
        return _("No contact attempt is logged: choose one of the five reasons.")
    return _("They have been reached: choose one of the five reasons.")


def found_basis(case: Case) -> str:
    """Return the basis that the lower rungs show, SUMMONS or CONTACT; "" if a reason is needed."""
    if any(summons.status in WITH_OUTCOME for summons in case.summonses.all()):
        return Basis.SUMMONS
    attempts = attempts_of(case)
    if attempts and not any(a.outcome == ContactOutcome.REACHED for a in attempts):
        return Basis.CONTACT
    return ""


def basis_on(case: Case, basis: str) -> date | None:
    """Return the first day of what shows `basis` on the lower rungs; None for a reason."""
    days: list[date] = []
    if basis == Basis.SUMMONS:
        done = (s.outcome_at for s in case.summonses.all() if s.status in WITH_OUTCOME)
        days = [clock.day_of(at) for at in done if at]
    elif basis == Basis.CONTACT:
        days = [clock.day_of(attempt.happened_at) for attempt in attempts_of(case)]
    return min(days, default=None)


def last_visit_on(case: Case) -> date | None:
    """Return the day of the last visit that was made."""
    made = Visit.objects.filter(case=case, happened_at__isnull=False).order_by("happened_at")
    at = made.values_list("happened_at", flat=True).last()
    return clock.day_of(at) if at else None


def is_approved_or_waived(visit: Visit) -> Text | None:
    """The visit is approved, the policy waives approval, or the visit is urgent with a reason."""
    if visit.waits_for_approval:
        return naming_head(_("The %(head)s has not approved it yet."))
    return None


def its_time_has_come(visit: Visit) -> Text | None:
    if visit.scheduled_for is None or visit.scheduled_for > clock.now():
        return _("The visit hasn't taken place yet.")
    return None


def nobody_was_missed(visit: Visit) -> Text | None:
    """The family was met, or it is not said yet."""
    if visit.outcome in UNSUCCESSFUL:
        return _("Nobody was met, so nobody signs the report.")
    return None


def first_one_found_nobody(visit: Visit) -> Text | None:
    if visit.outcome not in UNSUCCESSFUL:
        return _("Only if nobody was home, they had moved or they refused.")
    if visit.approved_at is None:
        return _("The first visit had no approval: propose the next one.")
    return None


def no_visit_follows(visit: Visit) -> Text | None:
    """No visit follows this one, or the one that did was cancelled."""
    if Visit.objects.filter(follows=visit).exclude(status=VisitStatus.CANCELLED).exists():
        return _("There is already a next visit.")
    return None


def has_no_number(visit: Visit) -> Text | None:
    return _("This letter already has a number.") if visit.number_id else None


def is_not_acknowledged(visit: Visit) -> Text | None:
    if not visit.is_urgent or visit.approved_at or visit.acknowledged_at:
        return _("There is nothing to acknowledge.")
    return None


def free_visitors(visit: Visit, by: User) -> None:
    """Remove the visitors of an undone schedule, and cancel its letter in the register."""
    visit.visitors.clear()
    cancel_letter(visit, by)
    Visit.objects.filter(pk=visit.pk).update(number=None)
    visit.number = None


def cancel_letter(visit: Visit, by: User) -> None:
    _mark_letter(visit, is_cancelled=True)
    rung_follows(visit, by)


def revive_letter(visit: Visit, by: User) -> None:
    _mark_letter(visit, is_cancelled=False)
    rung_follows(visit, by)


def _mark_letter(visit: Visit, *, is_cancelled: bool) -> None:
    if visit.number_id:
        LetterNumber.objects.filter(pk=visit.number_id).update(is_cancelled=is_cancelled)

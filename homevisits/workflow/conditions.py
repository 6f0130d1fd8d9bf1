"""What must hold before a visit is proposed, scheduled or recorded."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, ContactOutcome, SummonsStatus
from cases.models.summons import WITH_OUTCOME
from cases.workflow.contact import attempts_of, case_is_open
from cases.workflow.rung import refresh_rung
from homevisits.models import Basis, Visit, VisitOutcome, VisitStatus
from school.dates import not_before
from school.models import LetterNumber
from workflow import clock
from workflow.errors import Text

UNSUCCESSFUL = (VisitOutcome.NOBODY_HOME, VisitOutcome.MOVED, VisitOutcome.REFUSED)


def its_case_is_open(visit: Visit) -> Text | None:
    return case_is_open(visit.case)


def has_no_visit_under_way(case: Case) -> Text | None:
    if Visit.objects.under_way().filter(case=case).exists():
        return _("A visit is under way already.")
    return None


def lower_rungs_failed(case: Case) -> Text | None:
    """A summons with an outcome (the case being open, it did not solve it), or none reached."""
    if found_basis(case):
        return None
    if any(summons.status != SummonsStatus.WITHDRAWN for summons in case.summonses.all()):
        return _("The summons has no outcome yet: give one of the five reasons.")
    if not attempts_of(case):
        return _("No attempt to reach them is logged: give one of the five reasons.")
    return _("They were reached by contact: give one of the five reasons.")


def found_basis(case: Case) -> str:
    """What the lower rungs show: SUMMONS, CONTACT, or "" where a reason has to stand for it."""
    if any(summons.status in WITH_OUTCOME for summons in case.summonses.all()):
        return Basis.SUMMONS
    attempts = attempts_of(case)
    if attempts and not any(a.outcome == ContactOutcome.REACHED for a in attempts):
        return Basis.CONTACT
    return ""


def is_approved_or_waived(visit: Visit) -> Text | None:
    """Approved; or the policy waives approval; or it is urgent with a reason."""
    if visit.status == VisitStatus.PROPOSED and visit.case.semester.policy.visits_need_approval:
        return None if visit.is_urgent else _("The principal has not approved it yet.")
    return None


def its_time_has_come(visit: Visit) -> Text | None:
    if visit.scheduled_for is None or visit.scheduled_for > clock.now():
        return _("The visit has not been yet.")
    return None


def not_lie_before_its_proposal(visit: Visit, moment: datetime) -> None:
    """Raise NotNow for a visit planned or made before the day on which it was proposed."""
    day = timezone.localdate(moment)
    not_before(day, visit.proposed_on, _("The visit cannot lie before its proposal."))


def first_one_found_nobody(visit: Visit) -> Text | None:
    if visit.outcome not in UNSUCCESSFUL:
        return _("Only after nobody was home, they had moved or they refused.")
    if visit.approved_at is None:
        return _("The first visit was not approved: propose the next one.")
    return None


def no_visit_follows(visit: Visit) -> Text | None:
    if Visit.objects.filter(follows=visit).exists():
        return _("The next visit was opened already.")
    return has_no_visit_under_way(visit.case) or case_is_open(visit.case)


def has_no_number(visit: Visit) -> Text | None:
    return _("The letter has its number already.") if visit.number_id else None


def is_not_acknowledged(visit: Visit) -> Text | None:
    if not visit.is_urgent or visit.approved_at or visit.acknowledged_at:
        return _("There is nothing to acknowledge.")
    return None


def refresh_its_case(visit: Any, by: Any) -> None:
    refresh_rung(visit.case)


def free_visitors(visit: Any, by: Any) -> None:
    """An undone schedule leaves no visitors, and its letter is cancelled in the register."""
    visit.visitors.clear()
    cancel_letter(visit, by)
    Visit.objects.filter(pk=visit.pk).update(number=None)
    visit.number = None


def cancel_letter(visit: Any, by: Any) -> None:
    LetterNumber.objects.filter(pk=visit.number_id).update(is_cancelled=True)
    refresh_rung(visit.case)


def revive_letter(visit: Any, by: Any) -> None:
    LetterNumber.objects.filter(pk=visit.number_id).update(is_cancelled=False)
    refresh_rung(visit.case)

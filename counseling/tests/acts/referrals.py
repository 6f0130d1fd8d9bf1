"""The acts of referrals out."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from cases import workflow as cases
from cases.models import Case
from counseling.tests.acts.act import act_on
from counseling.tests.acts.cases import has_nothing_open
from support import workflow as support
from support.models import Referral
from workflow import clock


def is_confirmed() -> Q:
    return Q(confirmed_at__isnull=False)


def is_taken_on() -> Q:
    """Return the filter of confirmed cases that somebody outside has, with nothing open."""
    taken = Referral.objects.filter(status__in=("SENT", "ANSWERED")).values("case")
    return is_confirmed() & has_nothing_open() & Q(pk__in=taken)


def has_consent() -> Q:
    return Q(consent_on__isnull=False)


@act_on(Case, "OPEN", ready=is_confirmed)
def prepare_referral(case: Case, by: Any, choice: int) -> None:
    reason = "Menarik diri" if choice % 4 else " "
    support.prepare_referral(
        case, by=by, kind="SOCIAL", recipient="Dinas Sosial", reason=reason, handed_over="Ringkasan"
    )


@act_on(Referral, "PREPARED")
def edit_referral(referral: Referral, by: Any, choice: int) -> None:
    support.edit_referral(
        referral,
        by=by,
        kind="HEALTH",
        recipient="Puskesmas Candiroto" if choice % 4 else "",
        reason=f"Sering pingsan {choice}",
        handed_over="",
        read_at=referral.version,
    )


@act_on(Referral, "PREPARED", "SENT")
def consent(referral: Referral, by: Any, choice: int) -> None:
    support.record_consent(
        referral,
        by=by,
        consent_on=clock.today() - timedelta(days=choice % 3),
        consent_by="Sri Wahyuni" if choice % 4 else "",
        relation="ibu",
        how="WRITTEN",
    )


@act_on(Referral, "PREPARED")
def send_referral(referral: Referral, by: Any, choice: int) -> None:
    number = f"422/{choice}/ATK" if choice % 2 else ""
    on = clock.today() - timedelta(days=(0, 0, 0, -1)[choice % 4])
    reason = "Anak dalam bahaya" if choice < 4 else ""
    letter = {"sent_on": on, "number": number, "reason": reason}
    support.send_referral(referral, by=by, read_at=referral.version, **letter)


@act_on(Referral, "SENT")
def answer_referral(referral: Referral, by: Any, choice: int) -> None:
    text = "Konseling tiap pekan" if choice % 4 else ""
    on, taken_on = clock.today(), bool(choice % 2)
    support.record_answer(referral, by=by, taken_on=taken_on, answered_on=on, answer=text)


@act_on(Referral, "PREPARED", "SENT")
def withdraw_referral(referral: Referral, by: Any, choice: int) -> None:
    support.withdraw_referral(referral, by=by)


@act_on(Case, "OPEN", ready=is_taken_on)
def refer_out(case: Case, by: Any, choice: int) -> None:
    cases.refer_out(case, by=by)

"""Referrals out: prepared, agreed to by the parents, sent with a letter, answered or refused."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import case_is_open, is_confirmed
from school.dates import Ground, act_day, act_moment, not_frozen
from school.models import LetterNumber, User
from school.models.letters import LetterKind
from support.models import Referral, ReferralStatus
from workflow import clock
from workflow.errors import NotNow, Text, WrongState
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, undoable
from workflow.run import make, run, transaction_of
from workflow.versions import run_versioned

S = ReferralStatus
NO_CONSENT = _("Needs a reason: the parents have not agreed yet.")


def is_in_time(referral: Referral) -> Text | None:
    """Its semester takes acts: an answer can come after the case has ended."""
    return not_frozen(referral.case.semester)


def parents_agree(referral: Referral) -> Text | None:
    return None if referral.consent_on else NO_CONSENT


def has_no_consent(referral: Referral) -> Text | None:
    return _("The parents have agreed already.") if referral.consent_on else None


def has_no_number(referral: Referral) -> Text | None:
    return _("This letter already has a number.") if referral.number_id else None


def _closes(name: str, label: Text, target: str) -> tuple[Transition, Transition]:
    """Return the rows of an outcome, which can also come after the case has ended."""
    return undoable(
        Transition(name, label, (S.SENT,), target, is_counselor_of, holds=(is_in_time,)),
        holds=(is_in_time,),
    )


REFERRAL = Lifecycle(
    kind="support.referral",
    title=_("Referral out"),
    statuses=ReferralStatus,
    root=lambda referral: referral.case,
    office=office_in_case,
    transitions=(
        Transition(
            "prepare",
            _("Refer out"),
            (NEW,),
            S.PREPARED,
            is_counselor_of,
            holds=(case_is_open, is_confirmed),
        ),
        Transition(
            "edit",
            _("Change the referral"),
            (S.PREPARED,),
            SAME,
            is_counselor_of,
            holds=(case_is_open,),
        ),
        *undoable(
            Transition(
                "consent",
                _("Record the parents' consent"),
                (S.PREPARED, S.SENT),
                SAME,
                is_counselor_of,
                holds=(is_in_time, has_no_consent),
            ),
            holds=(is_in_time,),
        ),
        Transition(
            "send",
            pgettext_lazy("referral", "Send the letter"),
            (S.PREPARED,),
            S.SENT,
            is_counselor_of,
            holds=(case_is_open,),
            holds_or_reason=(parents_agree,),
        ),
        Transition(
            "number",
            _("Fill in the letter's number"),
            (S.SENT, S.ANSWERED, S.REFUSED),
            SAME,
            is_counselor_of,
            holds=(is_in_time, has_no_number),
        ),
        *_closes("answer", _("Record the answer"), S.ANSWERED),
        *_closes("refuse", _("They did not take it on"), S.REFUSED),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.PREPARED, S.SENT),
            S.WITHDRAWN,
            is_counselor_of,
            holds=(case_is_open,),
            note=Note.MAY,
        ),
    ),
)


def prepare_referral(
    case: Case,
    *,
    by: User,
    kind: str,
    recipient: str,
    reason: str,
    handed_over: str = "",
    happened_at: datetime | None = None,
) -> Referral:
    """Prepare a referral to somebody outside the school. Raises NotNow."""
    moment = act_moment(case.semester, happened_at, {Ground.CONFIRMATION: case.confirmed_at})
    words = _words(kind, recipient, reason, handed_over)
    return make(
        "support.referral",
        "prepare",
        case,
        lambda: Referral.objects.create(
            case=case, prepared_on=clock.day_of(moment), by=by, **words
        ),
        by=by,
        happened_at=moment,
    )


def _words(kind: str, recipient: str, reason: str, handed_over: str) -> dict[str, str]:
    """Return the fields that are written while it is prepared. Raises NotNow."""
    if not recipient.strip() or not reason.strip():
        raise NotNow(_("Write to whom the case goes, and why."))
    return {
        "kind": kind,
        "recipient": recipient.strip(),
        "reason": reason.strip(),
        "handed_over": handed_over.strip(),
    }


def edit_referral(
    referral: Referral,
    *,
    by: User,
    kind: str,
    recipient: str,
    reason: str,
    handed_over: str,
    read_at: int,
) -> Referral:
    """Change what the letter will say, until it is sent. Raises NotNow, EditConflict."""
    words = _words(kind, recipient, reason, handed_over)
    return run_versioned(referral, "edit", by=by, values=words, read_at=read_at)


def record_consent(
    referral: Referral, *, by: User, consent_on: date, consent_by: str, relation: str, how: str
) -> None:
    """Record that the parents agree: when, who, how. Raises NotNow."""
    opened_on = clock.day_of(referral.case.opened_at)
    act_day(referral.case.semester, consent_on, {Ground.OPENING: opened_on})
    if not consent_by.strip() or not how:
        raise NotNow(_("Write who agreed, and how."))
    values = {
        "consent_on": consent_on,
        "consent_by": consent_by.strip(),
        "consent_relation": relation.strip(),
        "consent_how": how,
    }
    run(referral, "consent", by=by, happened_at=clock.day_start(consent_on), values=values)


def send_referral(
    referral: Referral,
    *,
    by: User,
    sent_on: date,
    number: str = "",
    reason: str = "",
    read_at: int,
) -> None:
    """Send the letter that was read at that version; an empty `number` waits for the office.

    A written `reason` stands for the parents' consent, where the child is in danger. Raises NotNow
    for a date before the referral or the consent, a taken number, no consent and no reason;
    WrongState if the words have changed since.
    """
    with transaction_of(REFERRAL, referral):
        if referral.version != read_at:
            raise WrongState
        grounds = {Ground.REFERRAL: referral.prepared_on, Ground.CONSENT: referral.consent_on}
        act_day(referral.case.semester, sent_on, grounds)
        without = "" if referral.consent_on else reason.strip()
        values: dict[str, object] = {"sent_on": sent_on, "sent_by": by.pk}
        values["without_consent"] = without
        if number.strip():
            taken = LetterNumber.objects.take(LetterKind.REFERRAL, number.strip(), sent_on)
            values["number"] = taken.pk
        at = clock.day_start(sent_on)
        run(referral, "send", by=by, happened_at=at, reason=without, values=values)


def fill_referral_number(referral: Referral, *, by: User, number: str) -> None:
    """Set the number that the office gave after the letter was printed. Raises NotNow."""
    if not number.strip():
        raise NotNow(_("Type the number that the office gave."))
    on = referral.sent_on or clock.today()
    with transaction_of(REFERRAL, referral):
        taken = LetterNumber.objects.take(LetterKind.REFERRAL, number.strip(), on)
        run(referral, "number", by=by, values={"number": taken.pk})


def record_answer(
    referral: Referral,
    *,
    by: User,
    taken_on: bool,
    answered_on: date,
    answer: str,
    answered_by: str = "",
) -> None:
    """Record what came back, or why they did not take the case on. Raises NotNow."""
    act_day(referral.case.semester, answered_on, {Ground.LETTER: referral.sent_on})
    if not answer.strip():
        raise NotNow(_("Write what they answered."))
    values = {
        "answered_on": answered_on,
        "answered_by": answered_by.strip(),
        "answer": answer.strip(),
    }
    name, at = "answer" if taken_on else "refuse", clock.day_start(answered_on)
    run(referral, name, by=by, happened_at=at, values=values)


def withdraw_referral(referral: Referral, *, by: User, reason: str = "") -> None:
    """Withdraw it before an answer: its number stays in the register as cancelled."""
    with transaction.atomic():
        run(referral, "withdraw", by=by, note=reason)
        LetterNumber.objects.filter(pk=referral.number_id or 0).update(is_cancelled=True)

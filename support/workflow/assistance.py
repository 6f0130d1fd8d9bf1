"""Assistance: asked for with a reason, decided on, handed over; what is lent comes back or not.

It outlives its case: what was asked for is still decided on and handed over after the case has
ended or its semester is frozen, as no figure counts it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import case_is_open, is_confirmed
from school.dates import Ground, act_day, not_before, promised_day
from school.forms.signature import Signed
from school.models import User
from support.models import Assistance, AssistanceKind, AssistanceStatus, ReceiptSignature
from support.permissions import may_decide
from support.workflow.conditions import is_no_false_alarm
from workflow import clock
from workflow.errors import NotNow, Text
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, undoable
from workflow.models import ActionEntry
from workflow.run import make, run

S = AssistanceStatus
MOST_SIGNATURES = 10
"""On one receipt: whoever signs again leaves the old ones there."""


def is_lent(assistance: Assistance) -> Text | None:
    return None if assistance.is_lent else _("It was given, not lent.")


def is_not_signed_on_paper(assistance: Assistance) -> Text | None:
    if not assistance.is_signed or ReceiptSignature.objects.filter(assistance=assistance).exists():
        return None
    return _("The receipt is signed on paper.")


ASSISTANCE = Lifecycle(
    kind="support.assistance",
    title=_("Assistance"),
    statuses=AssistanceStatus,
    root=lambda assistance: assistance.case,
    office=office_in_case,
    stands_alone=True,
    transitions=(
        Transition(
            "ask",
            _("Request assistance"),
            (NEW,),
            S.ASKED,
            is_counselor_of,
            holds=(case_is_open, is_confirmed),
        ),
        Transition(
            "withdraw",
            _("Withdraw the request"),
            (S.ASKED, S.APPROVED),
            S.WITHDRAWN,
            is_counselor_of,
            note=Note.MAY,
        ),
        Transition(
            "approve",
            _("Approve"),
            (S.ASKED,),
            S.APPROVED,
            may_decide,
            holds=(is_no_false_alarm,),
            note=Note.MAY,
        ),
        Transition("decline", _("Decline"), (S.ASKED,), S.DECLINED, may_decide, note=Note.MUST),
        Transition(
            "withdraw_approval",
            _("Withdraw the approval"),
            (S.APPROVED,),
            S.ASKED,
            may_decide,
            note=Note.MAY,
        ),
        *undoable(
            Transition(
                "hand_over",
                _("Hand over to the family"),
                (S.APPROVED,),
                S.HANDED_OVER,
                is_counselor_of,
                holds=(is_no_false_alarm,),
            )
        ),
        Transition(
            "sign",
            _("Sign the receipt"),
            (S.HANDED_OVER,),
            SAME,
            is_counselor_of,
            holds=(is_not_signed_on_paper,),
        ),
        Transition(
            "put_off",
            _("Change the day of return"),
            (S.HANDED_OVER,),
            SAME,
            is_counselor_of,
            holds=(is_lent,),
        ),
        *undoable(
            Transition(
                "return",
                _("Record the return"),
                (S.HANDED_OVER, S.KEPT),
                S.RETURNED,
                is_counselor_of,
                holds=(is_lent,),
            )
        ),
        *undoable(
            Transition(
                "keep",
                _("It does not come back"),
                (S.HANDED_OVER,),
                S.KEPT,
                is_counselor_of,
                holds=(is_lent,),
                note=Note.MUST,
            )
        ),
    ),
)


def ask_for(
    case: Case,
    *,
    by: User,
    kind: str,
    is_lent: bool,
    reason: str,
    what: str = "",
    asked_on: date | None = None,
) -> Assistance:
    """Ask the principal for a thing for the family. Raises NotNow without a reason or a name."""
    confirmed_on = clock.day_of(case.confirmed_at) if case.confirmed_at else None
    grounds = {Ground.CONFIRMATION: confirmed_on}
    day = act_day(case.semester, asked_on or clock.today(), grounds)
    if kind == AssistanceKind.OTHER and not what.strip():
        raise NotNow(_("Write what the family needs."))
    if not reason.strip():
        raise NotNow(_("Write why the family needs it."), needs_reason=True)
    return make(
        "support.assistance",
        "ask",
        case,
        lambda: Assistance.objects.create(
            case=case,
            kind=kind,
            what=what.strip(),
            is_lent=is_lent,
            reason=reason.strip(),
            asked_on=day,
            asked_by=by,
        ),
        by=by,
        happened_at=clock.day_start(day),
    )


def withdraw_assistance(assistance: Assistance, *, by: User, reason: str = "") -> None:
    run(assistance, "withdraw", by=by, note=reason)


def approve_assistance(asked: Sequence[Assistance], *, by: User, note: str = "") -> None:
    """Approve one or many, all or none."""
    _decide(asked, "approve", by, note)


def decline_assistance(asked: Sequence[Assistance], *, by: User, note: str) -> None:
    """Decline one or many with a note, all or none."""
    _decide(asked, "decline", by, note)


def _decide(asked: Sequence[Assistance], name: str, by: User, note: str) -> None:
    values = {"decided_at": clock.now(), "decided_by": by.pk, "decision_note": note.strip()}
    with transaction.atomic():
        for assistance in sorted(asked, key=lambda one: (one.case_id, one.pk)):
            run(assistance, name, by=by, note=note, values=values)


def withdraw_assistance_approval(assistance: Assistance, *, by: User, reason: str = "") -> None:
    values = {"decided_at": None, "decided_by": None, "decision_note": ""}
    run(assistance, "withdraw_approval", by=by, note=reason, values=values)


def hand_over_assistance(
    assistance: Assistance,
    *,
    by: User,
    given: str,
    receiver: str,
    relation: str,
    handed_on: date | None = None,
    is_signed: bool = False,
    due_on: date | None = None,
) -> None:
    """Record what exactly was handed over to whom; a `due_on` only for what is lent."""
    day = _act_day(assistance, handed_on, {Ground.REQUEST: assistance.asked_on})
    values = {
        "handed_on": day,
        "handed_by": by.pk,
        "given": _needed(given, _("Write what exactly was handed over.")),
        "receiver": _needed(receiver, _("Write who received it.")),
        "receiver_relation": relation.strip(),
        "is_signed": is_signed,
        "due_on": _due(due_on, day) if assistance.is_lent else None,
    }
    run(assistance, "hand_over", by=by, happened_at=clock.day_start(day), values=values)


def sign_receipt(assistance: Assistance, *, by: User, signed: Signed) -> ReceiptSignature:
    """Add the signature of the receiver, which stands from now on. Raises NotNow."""
    with transaction.atomic():
        run(assistance, "sign", by=by, values={"is_signed": True})
        if ReceiptSignature.objects.filter(assistance=assistance).count() >= MOST_SIGNATURES:
            raise NotNow(_("This was signed %(n)d times already.") % {"n": MOST_SIGNATURES})
        return ReceiptSignature.objects.create(
            assistance=assistance, signed_at=clock.now(), taken_by=by, **signed
        )


def put_off_return(assistance: Assistance, *, by: User, due_on: date | None) -> None:
    """Set by when it is to come back; None leaves it open."""
    values = {"due_on": _due(due_on, assistance.handed_on or clock.today())}
    run(assistance, "put_off", by=by, values=values)


def was_put_off(assistance: Assistance, *, since: datetime) -> bool:
    """Return whether the day of return was changed after a moment, e.g. that of a signature."""
    acts = ActionEntry.objects.filter(kind=ASSISTANCE.kind, object_id=assistance.pk)
    return acts.filter(action="put_off", logged_at__gt=since).exists()


def return_assistance(
    assistance: Assistance, *, by: User, condition: str, returned_on: date | None = None
) -> None:
    """Record that what was lent came back, and in which condition."""
    day = _act_day(assistance, returned_on, {Ground.HANDING_OVER: assistance.handed_on})
    said = _needed(condition, _("Write in which condition it came back."))
    values = {"ended_on": day, "condition": said, "kept_reason": ""}
    run(assistance, "return", by=by, happened_at=clock.day_start(day), values=values)


def keep_assistance(assistance: Assistance, *, by: User, reason: str) -> None:
    """Record that what was lent stays with the family, or is lost, and why."""
    values = {"ended_on": clock.today(), "kept_reason": reason.strip()}
    run(assistance, "keep", by=by, note=reason, values=values)


def _act_day(assistance: Assistance, day: date | None, grounds: dict[Ground, date | None]) -> date:
    return act_day(assistance.case.semester, day or clock.today(), grounds)


def _due(due_on: date | None, since: date) -> date | None:
    if due_on is None:
        return None
    not_before(due_on, since, _("It cannot come back before it is handed over."))
    return promised_day(due_on)


def _needed(typed: str, otherwise: Text) -> str:
    if not typed.strip():
        raise NotNow(otherwise)
    return typed.strip()

"""The lifecycle of a visit; from proposal to approval and acknowledgement."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Rung
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import case_is_open, is_confirmed, is_in_time
from cases.workflow.rungs import lifts_to, rung_follows
from homevisits.models import Visit, VisitStatus
from homevisits.models.choices import REASONS
from homevisits.permissions import may_approve, may_record
from homevisits.workflow import conditions as must
from school.dates import Ground, act_day, not_before
from school.models import User
from workflow import clock
from workflow.errors import NotNow
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, undoable
from workflow.run import lock, make, run

S = VisitStatus

VISIT = Lifecycle(
    kind="homevisits.visit",
    title=_("Home visit"),
    statuses=VisitStatus,
    root=lambda visit: visit.case,
    office=office_in_case,
    transitions=(
        Transition(
            "propose",
            _("Propose a home visit"),
            (NEW,),
            S.PROPOSED,
            is_counselor_of,
            holds=(case_is_open, is_confirmed, must.has_no_visit_under_way),
            holds_or_reason=(must.lower_rungs_failed,),
            effect=lifts_to(Rung.HOME_VISIT),
        ),
        Transition(
            "propose_next",
            _("Visit again"),
            (NEW,),
            S.APPROVED,
            is_counselor_of,
            holds=(
                case_is_open,
                must.first_one_found_nobody,
                must.no_visit_follows,
                must.has_no_visit_under_way,
            ),
            effect=lifts_to(Rung.HOME_VISIT),
        ),
        Transition(
            "withdraw",
            _("Withdraw the proposal"),
            (S.PROPOSED,),
            S.WITHDRAWN,
            is_counselor_of,
            holds=(case_is_open,),
            note=Note.MAY,
            effect=rung_follows,
        ),
        Transition(
            "approve",
            _("Approve"),
            (S.PROPOSED,),
            S.APPROVED,
            may_approve,
            holds=(case_is_open,),
            note=Note.MAY,
        ),
        Transition(
            "decline",
            _("Decline"),
            (S.PROPOSED,),
            S.DECLINED,
            may_approve,
            holds=(case_is_open,),
            note=Note.MUST,
            effect=rung_follows,
        ),
        Transition(
            "withdraw_approval",
            _("Withdraw the approval"),
            (S.APPROVED,),
            S.PROPOSED,
            may_approve,
            holds=(case_is_open,),
            note=Note.MAY,
        ),
        *undoable(
            Transition(
                "schedule",
                _("Schedule"),
                (S.APPROVED, S.PROPOSED),
                S.SCHEDULED,
                is_counselor_of,
                holds=(case_is_open, must.is_approved_or_waived),
            ),
            holds=(case_is_open,),
            effect=must.free_visitors,
        ),
        Transition(
            "reschedule",
            _("Reschedule"),
            (S.SCHEDULED,),
            SAME,
            is_counselor_of,
            holds=(case_is_open,),
        ),
        Transition(
            "number",
            _("Fill in the letter's number"),
            (S.SCHEDULED, S.RECORDED),
            SAME,
            is_counselor_of,
            holds=(is_in_time, must.has_no_number),
        ),
        *undoable(
            Transition(
                "cancel",
                _("Cancel the visit"),
                (S.APPROVED, S.SCHEDULED),
                S.CANCELLED,
                is_counselor_of,
                holds=(case_is_open,),
                note=Note.MAY,
                effect=must.cancel_letter,
            ),
            holds=(case_is_open,),
            effect=must.revive_letter,
        ),
        Transition(
            "record",
            _("Record the visit"),
            (S.SCHEDULED,),
            S.RECORDED,
            may_record,
            holds=(case_is_open, must.its_time_has_come),
        ),
        Transition(
            "sign_consent",
            _("Sign the consent"),
            (S.SCHEDULED,),
            SAME,
            may_record,
            holds=(case_is_open,),
        ),
        Transition(
            "sign_report",
            _("Sign the visit report"),
            (S.SCHEDULED, S.RECORDED),
            SAME,
            may_record,
            holds=(case_is_open, must.its_time_has_come, must.nobody_was_missed),
        ),
        Transition(
            "acknowledge",
            _("Acknowledge"),
            (S.SCHEDULED, S.RECORDED),
            SAME,
            may_approve,
            holds=(must.is_not_acknowledged,),
        ),
    ),
)


def propose(
    case: Case,
    *,
    by: User,
    basis: str,
    reason: str = "",
    wished_from: date | None = None,
    wished_until: date | None = None,
    urgent_reason: str = "",
    proposed_on: date | None = None,
) -> Visit:
    """Propose a visit to the principal.

    As `basis`, one of the paper's five reasons can replace what the lower rungs do not show. With
    an `urgent_reason` the visit can go ahead, and is acknowledged afterwards.

    Raises NotNow for a date outside the semester, wishes in the wrong order, a missing reason.
    """
    confirmed_on = clock.day_of(case.confirmed_at) if case.confirmed_at else None
    grounds = {
        Ground.CONFIRMATION: confirmed_on,
        Ground.BASIS: must.basis_on(case, basis),
        Ground.VISIT: must.last_visit_on(case),
    }
    day = act_day(case.semester, proposed_on or clock.today(), grounds)
    if wished_from and wished_until:
        not_before(wished_until, wished_from, _("The preferred days end before they begin."))
    if wished_from:
        not_before(wished_from, day, _("The preferred days are before the proposal."))
    is_reason = basis in {r.value for r in REASONS}
    if is_reason and not reason.strip():
        raise NotNow(_("Write the reason in a few words."), needs_reason=True)
    return make(
        "homevisits.visit",
        "propose",
        case,
        lambda: Visit.objects.create(
            case=case,
            basis=basis,
            reason=reason.strip(),
            proposed_on=day,
            proposed_by=by,
            wished_from=wished_from,
            wished_until=wished_until,
            is_urgent=bool(urgent_reason.strip()),
            urgent_reason=urgent_reason.strip(),
        ),
        by=by,
        happened_at=clock.day_start(day),
        reason=reason if is_reason else "",
    )


def propose_next(visit: Visit, *, by: User) -> Visit:
    """Add a visit after one that found nobody, approved by the first one's approval."""

    def create() -> Visit:
        return Visit.objects.create(
            case=visit.case,
            status=S.APPROVED,
            basis=visit.basis,
            reason=visit.reason,
            proposed_on=clock.today(),
            proposed_by=by,
            approved_at=visit.approved_at,
            decided_by=visit.decided_by,
            follows=visit,
        )

    with transaction.atomic():
        lock(visit.case)  # a proposal on the case may be under way at the same moment
        return make("homevisits.visit", "propose_next", visit, create, by=by)


def withdraw(visit: Visit, *, by: User, reason: str = "") -> None:
    run(visit, "withdraw", by=by, note=reason)


def approve(visits: list[Visit], *, by: User, note: str = "") -> None:
    """Approve one or many, all or none."""
    _decide(visits, "approve", by, note, {"approved_at": clock.now()})


def decline(visits: list[Visit], *, by: User, note: str) -> None:
    """Decline one or many with a note, all or none. The rung follows what remains."""
    _decide(visits, "decline", by, note, {})


def _decide(visits: list[Visit], name: str, by: User, note: str, values: dict[str, object]) -> None:
    with transaction.atomic():
        for visit in sorted(visits, key=lambda v: v.case_id):
            run(
                visit,
                name,
                by=by,
                note=note,
                values=values | {"decided_by": by.pk, "decision_note": note.strip()},
            )


def withdraw_approval(visit: Visit, *, by: User, reason: str = "") -> None:
    values = {"approved_at": None, "decided_by": None, "decision_note": ""}
    run(visit, "withdraw_approval", by=by, note=reason, values=values)


def acknowledge(visit: Visit, *, by: User) -> None:
    """Note that the principal has read that an urgent visit went ahead."""
    values = {"acknowledged_at": clock.now(), "acknowledged_by": by.pk}
    run(visit, "acknowledge", by=by, values=values)

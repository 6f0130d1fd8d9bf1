"""A case: its lifecycle, and the acts that review, end and reopen it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import follow_ups
from cases.models import Case, CaseStatus
from cases.permissions import (
    assigns_classes,
    freezes_semester,
    is_counselor_of,
    may_open_directly,
    office_in_case,
)
from cases.read_steps import Read
from cases.workflow.conditions import (
    enrolment_has_ended,
    has_no_counselor,
    has_no_summons_or_visit,
    has_nothing_open,
    is_confirmed,
    is_in_time,
    is_not_confirmed,
    someone_was_reached,
    was_referred_out,
)
from cases.workflow.evidence import brought_evidence, mark_read, unread_again
from recaps.permissions import is_homeroom_of
from school.dates import Ground, Grounds, act_moment
from school.models import Student, User
from workflow.errors import NotNow
from workflow.lifecycle import (
    NEW,
    SAME,
    Lifecycle,
    Note,
    Transition,
    undoable,
)
from workflow.models import ActionEntry
from workflow.run import lock, run

S = CaseStatus
OPENED_AGAIN = ("reopen", "refer_again")
"""The acts that open an ended case again."""


AT_THE_END = (
    Transition(
        "carry",
        _("Carry over into the next semester"),
        (S.OPEN,),
        S.CARRIED,
        freezes_semester,
        holds=(is_in_time, has_nothing_open),
    ),
    Transition(
        "end",
        _("Close with the semester: left the school"),
        (S.OPEN,),
        S.CLOSED,
        freezes_semester,
        holds=(is_in_time, enrolment_has_ended, has_nothing_open),
    ),
    Transition("go_on", _("Continues in the next semester"), (NEW,), S.OPEN, freezes_semester),
    Transition(
        "link",
        _("Link with the case of the semester before"),
        tuple(S),
        SAME,
        freezes_semester,
        holds=(is_in_time,),
    ),
)
"""What freezing the report of a semester does to its open cases (`cases/workflow/carrying.py`)."""

CASE = Lifecycle(
    kind="cases.case",
    title=_("Case"),
    statuses=CaseStatus,
    office=office_in_case,
    transitions=(
        Transition(
            "refer",
            _("Refer to BK"),
            (NEW,),
            S.OPEN,
            is_homeroom_of,
        ),
        Transition("open", _("Open a case"), (NEW,), S.OPEN, may_open_directly, note=Note.MAY),
        Transition(
            "refer_again",
            _("Refer again"),
            (S.DISMISSED,),
            S.OPEN,
            brought_evidence,
            holds=(is_in_time,),
        ),
        *undoable(
            Transition(
                "confirm",
                _("Confirm"),
                (S.OPEN,),
                S.OPEN,
                is_counselor_of,
                holds=(is_in_time, is_not_confirmed),
            ),
            holds=(is_in_time,),
            effect=unread_again,
        ),
        *undoable(
            Transition(
                "dismiss",
                _("Dismiss as a false alarm"),
                (S.OPEN,),
                S.DISMISSED,
                is_counselor_of,
                holds=(is_in_time, has_no_summons_or_visit, has_nothing_open),
                note=Note.MUST,
            ),
            holds=(is_in_time,),
            effect=follow_ups.dismissal_undone,
        ),
        *undoable(
            Transition(
                "resolve",
                _("Resolve"),
                (S.OPEN,),
                S.RESOLVED,
                is_counselor_of,
                holds=(is_in_time, is_confirmed, has_nothing_open),
                holds_or_reason=(someone_was_reached,),
                note=Note.MAY,
            ),
            holds=(is_in_time,),
            effect=follow_ups.resolve_undone,
        ),
        *undoable(
            Transition(
                "refer_out",
                _("End as referred out"),
                (S.OPEN,),
                S.REFERRED,
                is_counselor_of,
                holds=(is_in_time, is_confirmed, was_referred_out, has_nothing_open),
                note=Note.MAY,
            ),
            holds=(is_in_time,),
        ),
        *undoable(
            Transition(
                "close",
                _("Close: left the school"),
                (S.OPEN,),
                S.CLOSED,
                is_counselor_of,
                holds=(is_in_time, enrolment_has_ended, has_nothing_open),
                note=Note.MAY,
            ),
            holds=(is_in_time,),
        ),
        *undoable(
            Transition(
                "reopen",
                _("Reopen"),
                (S.RESOLVED, S.REFERRED, S.CLOSED, S.DISMISSED),
                S.OPEN,
                is_counselor_of,
                holds=(is_in_time,),
                note=Note.MUST,
            ),
            holds=(is_in_time,),
            effect=unread_again,
        ),
        Transition(
            "hand_over",
            _("Hand over to a counselor"),
            (S.OPEN,),
            SAME,
            is_counselor_of,
            holds=(is_in_time,),
            holds_or_reason=(has_no_counselor,),
            note=Note.MAY,
        ),
        Transition(
            "follow",
            _("Goes to the counselor of its class"),
            (S.OPEN,),
            SAME,
            assigns_classes,
            holds=(is_in_time,),
        ),
        *AT_THE_END,
    ),
)


def confirm(case: Case, *, by: User, happened_at: datetime | None = None) -> None:
    """Confirm that it is a problem: the case is reviewed and its evidence noticed."""
    grounds = {Ground.OPENING: case.opened_at, Ground.OPENED_AGAIN: _opened_again_at(case)}
    moment = act_moment(case.semester, happened_at, grounds)
    with transaction.atomic():
        run(case, "confirm", by=by, happened_at=moment, values={"confirmed_at": moment})
        mark_read(case)


def confirm_all(cases: Iterable[Case], *, by: User) -> None:
    """Confirm all cases, or none."""
    with transaction.atomic():
        for case in cases:
            confirm(case, by=by)


def dismiss(case: Case, *, by: User, reason: str, happened_at: datetime | None = None) -> None:
    """Dismiss a false alarm, which counts nowhere; what is open of its follow-ups is dropped.

    The case's own act comes last, so that it can be undone.
    """
    moment = _end_moment(case, happened_at)
    with transaction.atomic():
        lock(case)
        follow_ups.dismissed(case, by=by, reason=reason, at=moment)
        run(case, "dismiss", by=by, happened_at=moment, note=reason, values={"ended_at": moment})


def resolve(
    case: Case,
    *,
    by: User,
    outcome: str,
    causes: list[str],
    reason: str = "",
    look_again_in: int | None = None,
    happened_at: datetime | None = None,
) -> None:
    """End the case with its causes and outcome; the rung stays. Raises NotNow.

    With `look_again_in` its counselor looks again after so many days, as a follow-up.
    """
    if not causes:
        raise NotNow(_("Choose at least one cause."))
    moment = _end_moment(case, happened_at)
    values = {"ended_at": moment, "outcome": outcome, "causes": causes}
    with transaction.atomic():
        lock(case)
        if look_again_in:
            follow_ups.look_again(case, look_again_in, by=by, at=moment)
        run(case, "resolve", by=by, happened_at=moment, reason=reason, values=values)


def refer_out(case: Case, *, by: User, note: str = "", happened_at: datetime | None = None) -> None:
    """End a case that somebody outside the school has taken on; the rung stays."""
    moment = _end_moment(case, happened_at)
    run(case, "refer_out", by=by, happened_at=moment, note=note, values={"ended_at": moment})


def close(case: Case, *, by: User, note: str = "", happened_at: datetime | None = None) -> None:
    """Close the case of a student who has left the school."""
    moment = _end_moment(case, happened_at, {Ground.LEAVING: _left_on(case)})
    run(case, "close", by=by, happened_at=moment, note=note, values={"ended_at": moment})


def reopen(case: Case, *, by: User, reason: str, happened_at: datetime | None = None) -> None:
    """Open the case again at the rung of its steps; a false alarm must be confirmed again."""
    moment = act_moment(case.semester, happened_at, {Ground.END: case.ended_at})
    values: dict[str, object] = {"ended_at": None, "outcome": "", "causes": []}
    with transaction.atomic():
        lock(case)
        case.refresh_from_db()
        if case.status == CaseStatus.DISMISSED:
            values["confirmed_at"] = None
        run(case, "reopen", by=by, happened_at=moment, note=reason, values=values)
        mark_read(case)


def _end_moment(
    case: Case, happened_at: datetime | None, grounds: Grounds | None = None
) -> datetime:
    """Return when the case ended: not before what was done in it, nor `grounds`. Raises NotNow."""
    begun: Grounds = {
        Ground.OPENING: case.opened_at,
        Ground.CONFIRMATION: case.confirmed_at,
        Ground.OPENED_AGAIN: _opened_again_at(case),
        Ground.LAST_STEP: Read([case]).last_done(case),
    }
    return act_moment(case.semester, happened_at, {**begun, **(grounds or {})})


def _opened_again_at(case: Case) -> datetime | None:
    """Return when an open case was reopened last; None for one that never ended."""
    again = ActionEntry.objects.filter(
        kind="cases.case", object_id=case.pk, action__in=OPENED_AGAIN
    )
    return again.order_by("pk").values_list("happened_at", flat=True).last()


def _left_on(case: Case) -> date | None:
    """Return the student's last day, if it is over."""
    return Student.objects.with_class().get(pk=case.student_id).left_on

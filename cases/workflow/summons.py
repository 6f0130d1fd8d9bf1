"""Summonses: issued with number and sequence, delivered, with an outcome or withdrawn."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.rung import Rung
from cases.models.summons import LAST_SEQUENCE, Summons, SummonsStatus, SummonsVersion
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import case_is_open, is_confirmed
from cases.workflow.contact import attempts_of
from cases.workflow.rungs import lifts_to, rung_follows
from school import wording
from school.dates import Ground, Grounds, act_day, act_moment, not_before, planned_day
from school.models import LetterNumber, User
from school.models.letters import LetterKind
from workflow import clock
from workflow.errors import NotNow, Text
from workflow.lifecycle import NEW, SAME, Condition, Lifecycle, Note, Transition, undoable
from workflow.run import make, run, transaction_of

S = SummonsStatus


def enough_attempts(case: Case) -> Text | None:
    needed = case.semester.policy.attempts_before_summons
    made = len(attempts_of(case))
    if made < needed:
        return _("First try to reach them (%(made)s of %(needed)s attempts logged).") % {
            "made": made,
            "needed": needed,
        }
    return None


def no_summons_waits(case: Case) -> Text | None:
    waiting = waiting_summons(case)
    return why_it_waits(waiting) if waiting else None


def why_it_waits(summons: Summons) -> Text:
    return _("Summons %(sequence)s has no outcome yet.") % {"sequence": summons.roman}


def sequence_is_left(case: Case) -> Text | None:
    if next_sequence(case) > LAST_SEQUENCE:
        return _("Summons III was the last one.")
    return None


def its_time_has_come(summons: Summons) -> Text | None:
    if summons.meets_at <= clock.now():
        return None
    on, time = clock.day_of(summons.meets_at), wording.clock_time(summons.meets_at)
    day = "" if on == clock.today() else f"{wording.full_day(on)} "
    return _("from %(when)s") % {"when": f"{day}{time}"}


def has_no_number(summons: Summons) -> Text | None:
    return _("This letter already has a number.") if summons.number_id else None


def next_sequence(case: Case) -> int:
    """Return 1, 2 or 3, or 4 if none is left. A withdrawn summons frees its sequence."""
    taken = [s.sequence for s in case.summonses.all() if s.status != S.WITHDRAWN]
    return max(taken, default=0) + 1


def waiting_summons(case: Case) -> Summons | None:
    """Return the summons that has no outcome yet, or None."""
    return next((s for s in case.summonses.all() if s.status == S.ISSUED), None)


def _record(
    name: str, label: Text, target: str, *holds: Condition
) -> tuple[Transition, Transition]:
    """Return two rows that record something on an issued summons: the act and its undo."""
    return undoable(
        Transition(
            name,
            label,
            (S.ISSUED,),
            target,
            is_counselor_of,
            holds=(case_is_open, *holds),
        ),
        holds=(case_is_open,),
    )


def _change(name: str, label: Text, *holds: Condition) -> Transition:
    """Return the row of a change to an issued summons, which keeps its status."""
    return Transition(name, label, (S.ISSUED,), SAME, is_counselor_of, holds=(case_is_open, *holds))


SUMMONS = Lifecycle(
    kind="cases.summons",
    title=_("Summons"),
    statuses=SummonsStatus,
    root=lambda summons: summons.case,
    office=office_in_case,
    transitions=(
        Transition(
            "issue",
            _("Issue a summons"),
            (NEW,),
            S.ISSUED,
            is_counselor_of,
            holds=(case_is_open, is_confirmed, enough_attempts, no_summons_waits, sequence_is_left),
            effect=lifts_to(Rung.SUMMONS),
        ),
        _change("reschedule", _("Reschedule")),
        _change("number", _("Fill in the number"), has_no_number),
        *_record("deliver", _("Record the delivery"), S.ISSUED),
        *_record("attended", _("They came"), S.ATTENDED, its_time_has_come),
        *_record("not_attended", _("They did not come"), S.NOT_ATTENDED, its_time_has_come),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.ISSUED,),
            S.WITHDRAWN,
            is_counselor_of,
            holds=(case_is_open,),
            note=Note.MAY,
            effect=rung_follows,
        ),
    ),
)


def issue_summons(
    case: Case,
    *,
    by: User,
    issued_on: date,
    meets_at: datetime,
    place: str,
    to_meet: str,
    purpose: str,
    number: str = "",
) -> Summons:
    """Issue the next summons in sequence; an empty `number` waits for the office to give one.

    Raises NotNow for a date outside the semester, a meeting before the letter, a taken number.
    """
    act_day(case.semester, issued_on, _grounds_of_letter(case))
    _check_meeting(issued_on, meets_at)

    def create() -> Summons:
        taken = number.strip() and LetterNumber.objects.take(
            LetterKind.SUMMONS, number.strip(), issued_on
        )
        summons = Summons.objects.create(
            case=case,
            sequence=next_sequence(case),
            number=taken or None,
            issued_on=issued_on,
            meets_at=meets_at,
            place=place,
            to_meet=to_meet,
            purpose=purpose,
            by=by,
        )
        _keep_version(summons, by)
        return summons

    happened = clock.day_start(issued_on)
    return make("cases.summons", "issue", case, create, by=by, happened_at=happened)


def reschedule(
    summons: Summons, *, by: User, issued_on: date, meets_at: datetime, place: str
) -> None:
    """Set a new date for the same number and sequence, as a new version to deliver."""
    act_day(summons.case.semester, issued_on, {Ground.LETTER: _dated(summons)})
    _check_meeting(issued_on, meets_at)
    values = {
        "meets_at": meets_at,
        "place": place,
        "delivered_on": None,
        "receiver": "",
        "receiver_relation": "",
    }
    with transaction.atomic():
        run(summons, "reschedule", by=by, values=values)
        _keep_version(summons, by, issued_on=issued_on)


def fill_number(summons: Summons, *, by: User, number: str) -> None:
    """Set the number that the office gave after printing, as a new version."""
    if not number.strip():
        raise NotNow(_("Type the number that the office gave."))
    with transaction_of(SUMMONS, summons):
        dated = _dated(summons)
        taken = LetterNumber.objects.take(LetterKind.SUMMONS, number.strip(), dated)
        run(summons, "number", by=by, values={"number": taken.pk})
        _keep_version(summons, by, issued_on=dated)


def record_delivery(
    summons: Summons, *, by: User, delivered_on: date, receiver: str, relation: str
) -> None:
    """Record the tear-off receipt: date, who received it, relation to the student."""
    act_day(summons.case.semester, delivered_on, {Ground.LETTER: _dated(summons)})
    values = {
        "delivered_on": delivered_on,
        "receiver": receiver,
        "receiver_relation": relation,
    }
    run(summons, "deliver", by=by, values=values)


def record_outcome(
    summons: Summons,
    *,
    by: User,
    attended: bool,
    came_with: str = "",
    minutes: str = "",
    happened_at: datetime | None = None,
) -> None:
    """Record that they came, with whom and what was said, or not. Raises NotNow."""
    grounds: Grounds = {Ground.LETTER: _dated(summons)}
    if not attended and its_time_has_come(summons) is None:  # some come earlier
        grounds = {**grounds, Ground.MEETING: summons.meets_at}
    moment = act_moment(summons.case.semester, happened_at, grounds)
    if attended and not came_with.strip():
        raise NotNow(_("Write who came."))
    values = {
        "outcome_at": moment,
        "came_with": came_with.strip() if attended else "",
        "minutes": minutes.strip(),
    }
    name = "attended" if attended else "not_attended"
    run(summons, name, by=by, happened_at=moment, values=values)


def withdraw_summons(summons: Summons, *, by: User, reason: str = "") -> None:
    """Withdraw a letter: its number stays in the register as cancelled, its sequence is free."""
    with transaction.atomic():
        run(summons, "withdraw", by=by, note=reason)
        if summons.number is not None:
            LetterNumber.objects.filter(pk=summons.number.pk).update(is_cancelled=True)


def _grounds_of_letter(case: Case) -> Grounds:
    """Return what a letter rests on, in days: the case, the attempts and letters before it."""
    needed = case.semester.policy.attempts_before_summons
    made = sorted(clock.day_of(attempt.happened_at) for attempt in attempts_of(case))
    return {
        Ground.OPENING: clock.day_of(case.opened_at),
        Ground.CONFIRMATION: clock.day_of(case.confirmed_at) if case.confirmed_at else None,
        Ground.ATTEMPTS: made[needed - 1] if 0 < needed <= len(made) else None,
        Ground.OUTCOME: max(_outcome_days(case), default=None),
    }


def _outcome_days(case: Case) -> list[date]:
    done = (summons.outcome_at for summons in case.summonses.all())
    return [clock.day_of(at) for at in done if at]


def _check_meeting(issued_on: date, meets_at: datetime) -> None:
    day = timezone.localdate(meets_at)
    not_before(day, issued_on, _("The meeting cannot be before the date of the letter."))
    planned_day(day, issued_on)


def _dated(summons: Summons) -> date:
    """Return the date of the present version, which is later than the first one's if its meeting
    was rescheduled."""
    dates = summons.versions.order_by("version").values_list("issued_on", flat=True)
    return dates.last() or summons.issued_on


def _keep_version(summons: Summons, by: User, *, issued_on: date | None = None) -> None:
    SummonsVersion.objects.create(
        summons=summons,
        version=summons.versions.count() + 1,
        number_text=summons.number.text if summons.number else "",
        issued_on=issued_on or summons.issued_on,
        meets_at=summons.meets_at,
        place=summons.place,
        made_at=clock.now(),
        by=by,
    )

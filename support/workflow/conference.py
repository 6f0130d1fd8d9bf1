"""Case conferences: planned, held with minutes, closed; rescheduled or cancelled before.

They hold up no end of the case. Their decisions are follow-ups.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import case_is_open
from school import wording
from school.dates import Ground, act_moment, planned_day, rests_on
from school.models import User
from school.permissions import possible_visitors
from support.models import Conference, ConferenceStatus, FollowUp, FollowUpSource
from support.workflow.follow_up import agree
from workflow import clock
from workflow.errors import EditConflict, NotAllowed, NotNow, Text, WrongState
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, asked_of, undoable
from workflow.run import make, run, transaction_of
from workflow.versions import run_versioned

S = ConferenceStatus


@asked_of(Case)
def none_is_planned(case: Case) -> Text | None:
    if Conference.objects.filter(case=case, status=S.PLANNED).exists():
        return _("A conference is planned already.")
    return None


def its_time_has_come(conference: Conference) -> Text | None:
    if conference.meets_at <= clock.now():
        return None
    at = conference.meets_at
    return _("from %(when)s") % {"when": f"{wording.full_day(at)}, {wording.clock_time(at)}"}


def has_no_decision(conference: Conference) -> Text | None:
    if FollowUp.objects.kept().filter(conference=conference).exists():
        return _("It has decisions already.")
    return None


CONFERENCE = Lifecycle(
    kind="support.conference",
    title=_("Case conference"),
    statuses=ConferenceStatus,
    root=lambda conference: conference.case,
    office=office_in_case,
    stands_alone=True,
    transitions=(
        Transition(
            "plan",
            _("Plan a case conference"),
            (NEW,),
            S.PLANNED,
            is_counselor_of,
            holds=(case_is_open, none_is_planned),
        ),
        Transition("reschedule", _("Change the plan"), (S.PLANNED,), SAME, is_counselor_of),
        *undoable(
            Transition(
                "hold",
                _("Record the conference"),
                (S.PLANNED,),
                S.HELD,
                is_counselor_of,
                holds=(its_time_has_come,),
            ),
            holds=(has_no_decision,),
        ),
        Transition("minutes", _("Correct the minutes"), (S.HELD,), SAME, is_counselor_of),
        *undoable(
            Transition("close", _("Close the conference"), (S.HELD,), S.CLOSED, is_counselor_of)
        ),
        *undoable(
            Transition(
                "cancel",
                _("Cancel the conference"),
                (S.PLANNED,),
                S.CANCELLED,
                is_counselor_of,
                note=Note.MUST,
            ),
            holds=(none_is_planned,),
        ),
    ),
)


def plan(
    case: Case,
    *,
    by: User,
    meets_at: datetime,
    place: str,
    why: str,
    invited: Collection[User] = (),
    guests: str = "",
) -> Conference:
    """Plan a conference and invite to it. Raises NotNow if it is too far away, or for nobody."""
    _check_plan(case, meets_at, invited, guests)

    def create() -> Conference:
        made = Conference.objects.create(
            case=case,
            planned_on=clock.today(),
            meets_at=meets_at,
            place=place.strip(),
            why=why.strip(),
            guests=guests.strip(),
            by=by,
        )
        made.invited.set(invited)
        return made

    return make("support.conference", "plan", case, create, by=by)


def reschedule(
    conference: Conference,
    *,
    by: User,
    meets_at: datetime,
    place: str,
    why: str,
    invited: Collection[User] = (),
    guests: str = "",
    read_at: int,
) -> Conference:
    """Change the plan that was read at that version; whoever is left out no longer sees it.

    Raises NotAllowed, NotNow, EditConflict if somebody was faster.
    """
    if not is_counselor_of(by, conference):
        raise NotAllowed
    _check_plan(conference.case, meets_at, invited, guests)
    values = {
        "meets_at": meets_at,
        "place": place.strip(),
        "why": why.strip(),
        "guests": guests.strip(),
    }
    with transaction_of(CONFERENCE, conference):
        asked = set(conference.invited.values_list("pk", flat=True))
        is_same = all(getattr(conference, name) == value for name, value in values.items())
        if is_same and asked == {user.pk for user in invited}:
            return conference
        if conference.version != read_at:
            raise EditConflict(conference, values)
        run(conference, "reschedule", by=by, values={**values, "version": read_at + 1})
        conference.invited.set(invited)
    return conference


def _check_plan(case: Case, meets_at: datetime, invited: Collection[User], guests: str) -> None:
    rests_on(meets_at, {Ground.OPENING: clock.day_of(case.opened_at)})
    planned_day(clock.day_of(meets_at), clock.today())
    if not invited and not guests.strip():
        raise NotNow(_("Invite at least one person."))
    asked = {user.pk for user in invited}
    if possible_visitors().filter(pk__in=asked).count() != len(asked):
        raise NotNow(_("Somebody invited no longer has an office or an assignment."))


def hold(
    conference: Conference,
    *,
    by: User,
    present: str,
    problem: str,
    conclusion: str,
    happened_at: datetime | None = None,
) -> None:
    """Record that it was held, with its minutes. Raises NotNow without them."""
    grounds = {Ground.OPENING: clock.day_of(conference.case.opened_at)}
    moment = act_moment(
        conference.case.semester, happened_at or min(conference.meets_at, clock.now()), grounds
    )
    values = _minutes(present, problem, conclusion) | {"held_at": moment}
    run(conference, "hold", by=by, happened_at=moment, values=values)


def correct_minutes(
    conference: Conference, *, by: User, present: str, problem: str, conclusion: str, read_at: int
) -> Conference:
    """Correct the minutes that were read at that version, and return the conference.

    Raises NotAllowed, NotNow without one of the texts, EditConflict if somebody was faster.
    """
    values = _minutes(present, problem, conclusion)
    return run_versioned(conference, "minutes", by=by, values=values, read_at=read_at)


def _minutes(present: str, problem: str, conclusion: str) -> dict[str, object]:
    given = {"present": present, "problem": problem, "conclusion": conclusion}
    if not all(text.strip() for text in given.values()):
        raise NotNow(_("Write who was there, what was discussed, and the result."))
    return {name: text.strip() for name, text in given.items()}


def decide(
    conference: Conference,
    *,
    by: User,
    what: str,
    due_on: date,
    doer: User | None = None,
    doer_name: str = "",
) -> FollowUp:
    """Add a decision of a conference that was held: a follow-up. Raises WrongState."""
    with transaction_of(CONFERENCE, conference):
        if conference.status != S.HELD or conference.held_at is None:
            raise WrongState
        return agree(
            conference.case,
            by=by,
            what=what,
            due_on=due_on,
            doer=doer,
            doer_name=doer_name,
            source=FollowUpSource.CONFERENCE,
            conference=conference,
            happened_at=conference.held_at,
        )


def close(conference: Conference, *, by: User) -> None:
    """Close it: its minutes are finished, and the invitations end."""
    run(conference, "close", by=by)


def cancel(conference: Conference, *, by: User, reason: str) -> None:
    run(conference, "cancel", by=by, note=reason)

"""Follow-ups: agreed, done or dropped; put off to another day while they are open.

They end nothing and hold up nothing: a case can be resolved before they are done, and they go on
after it. Only a case that turns out to be a false alarm drops them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from cases.follow_ups import Agreed, Keeper
from cases.models import Case
from cases.permissions import is_counselor_of, office_in_case
from cases.workflow.conditions import is_in_time
from school.dates import Ground, act_moment, not_before, promised_day
from school.models import User
from support.models import Conference, FollowUp, FollowUpSource, FollowUpStatus
from support.permissions import may_finish
from support.workflow.conditions import is_no_false_alarm
from workflow import clock
from workflow.errors import NotNow
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, undoable
from workflow.models import ActionEntry
from workflow.run import make, run, transaction_of, undo

S = FollowUpStatus


def anybody(user: User, case: Case) -> bool:
    """The user may be anybody: a promise is kept by whoever may finish the report of a visit."""
    return True


FOLLOW_UP = Lifecycle(
    kind="support.followup",
    title=_("Follow-up"),
    statuses=FollowUpStatus,
    root=lambda follow_up: follow_up.case,
    office=office_in_case,
    stands_alone=True,
    transitions=(
        *undoable(
            Transition(
                "agree",
                _("Add a follow-up"),
                (NEW,),
                S.OPEN,
                is_counselor_of,
                holds=(
                    is_in_time,
                    is_no_false_alarm,
                ),
            ),
            back_to=S.DROPPED,
        ),
        Transition("take_over", _("Keep what was promised"), (NEW,), S.OPEN, anybody),
        *undoable(Transition("finish", _("Mark as done"), (S.OPEN,), S.DONE, may_finish)),
        *undoable(
            Transition("put_off", _("Put off"), (S.OPEN,), SAME, is_counselor_of, note=Note.MUST)
        ),
        *undoable(
            Transition("drop", _("Drop it"), (S.OPEN,), S.DROPPED, is_counselor_of, note=Note.MUST)
        ),
    ),
)


def agree(
    case: Case,
    *,
    by: User,
    what: str,
    due_on: date,
    doer: User | None = None,
    doer_name: str = "",
    source: str = FollowUpSource.HAND,
    origin: str = "",
    conference: Conference | None = None,
    happened_at: datetime | None = None,
) -> FollowUp:
    """Add a follow-up, done by `doer`, by somebody else with a name, or by the case's counselor.

    Raises NotNow without words, for a day before it was agreed, or for two who are to do it.
    """
    moment = act_moment(case.semester, happened_at, {Ground.OPENING: clock.day_of(case.opened_at)})
    if not what.strip():
        raise NotNow(_("Write what is to be done."))
    if doer and doer_name.strip():
        raise NotNow(_("Choose a person of the school, or write somebody else: not both."))
    agreed = Agreed(what.strip(), promised_day(due_on), doer_name.strip(), origin)
    if doer and doer.pk == case.counselor_id:
        doer = None
    return _keep("agree", case, agreed, source, by=by, at=moment, doer=doer, conference=conference)


def _keep(
    name: str,
    case: Case,
    agreed: Agreed,
    source: str,
    *,
    by: User,
    at: datetime,
    doer: User | None = None,
    conference: Conference | None = None,
) -> FollowUp:
    on = clock.day_of(at)
    due_on = not_before(
        agreed.due_on, on, _("It would be due before it was agreed. Check the date.")
    )
    return make(
        "support.followup",
        name,
        case,
        lambda: FollowUp.objects.create(
            case=case,
            source=source,
            conference=conference,
            origin=agreed.origin,
            what=agreed.what,
            doer=doer,
            doer_name=agreed.name,
            agreed_on=on,
            due_on=due_on,
            first_due_on=due_on,
            by=by,
        ),
        by=by,
        happened_at=at,
    )


def finish(
    follow_up: FollowUp, *, by: User, outcome: str = "", happened_at: datetime | None = None
) -> None:
    """Mark it as done, with what came of it. Raises NotNow for a day before it was agreed."""
    moment = _end_moment(follow_up, happened_at)
    values = {"ended_at": moment, "outcome": outcome.strip()}
    run(follow_up, "finish", by=by, happened_at=moment, values=values)


def finished_by(follow_up: FollowUp) -> int | None:
    """Return who marked it as done, and so wrote what came of it, by their id."""
    acts = ActionEntry.objects.filter(kind=FOLLOW_UP.kind, object_id=follow_up.pk)
    return acts.filter(action="finish").order_by("-pk").values_list("actor", flat=True).first()


def put_off(follow_up: FollowUp, *, by: User, due_on: date, reason: str) -> None:
    """Give it a later day than it has, today at the earliest. Raises NotNow."""
    not_before(promised_day(due_on), clock.today(), _("Choose today or a later day."))
    with transaction_of(FOLLOW_UP, follow_up):  # two taps at once: the second finds the new day
        if due_on == follow_up.due_on:
            raise NotNow(_("It is due on that day already. Choose another one."))
        not_before(due_on, follow_up.due_on, _("It is due later than that. Choose a later day."))
        values = {"due_on": due_on, "later_because": reason.strip()}
        run(follow_up, "put_off", by=by, note=reason, values=values)


def drop(
    follow_up: FollowUp,
    *,
    by: User,
    reason: str,
    happened_at: datetime | None = None,
) -> None:
    """End it undone, with the reason. Raises NotNow without one."""
    moment = _end_moment(follow_up, happened_at)
    values = {"ended_at": moment, "outcome": reason.strip()}
    run(follow_up, "drop", by=by, happened_at=moment, note=reason, values=values)


def _end_moment(follow_up: FollowUp, happened_at: datetime | None) -> datetime:
    grounds = {Ground.AGREEMENT: follow_up.agreed_on}
    return act_moment(follow_up.case.semester, happened_at, grounds)


class Kept(Keeper):
    """Keeps as follow-ups what the acts of other rooms leave to be done."""

    def promised(self, case: Case, agreed: Sequence[Agreed], *, by: User, at: datetime) -> None:
        """Keep each promise once, whoever visited; one that was kept already stays as it is."""
        known = set(FollowUp.objects.filter(case=case).values_list("origin", flat=True))
        for one in agreed:
            if one.origin not in known:
                _keep("take_over", case, one, FollowUpSource.VISIT, by=by, at=at)

    def resolved(self, case: Case, agreed: Agreed, *, by: User, at: datetime) -> None:
        _keep("agree", case, agreed, FollowUpSource.RESOLUTION, by=by, at=at)

    def resolve_undone(self, case: Case, *, by: User) -> None:
        """Take back the one that was added with the act that is undone."""
        rows = FollowUp.objects.filter(pk__in=_done_with(case, "resolve", "agree"))
        for follow_up in rows.filter(source=FollowUpSource.RESOLUTION).open():
            undo(follow_up, "agree", by=by)

    def dismissed(self, case: Case, *, by: User, reason: str, at: datetime) -> None:
        values = {"ended_at": at, "fell_with_case": True}
        for follow_up in FollowUp.objects.filter(case=case).open():
            run(follow_up, "drop", by=by, happened_at=at, note=reason, values=values)

    def dismissal_undone(self, case: Case, *, by: User) -> None:
        """Let go on what fell with the act that is undone; not what fell with an earlier one."""
        rows = FollowUp.objects.filter(pk__in=_done_with(case, "dismiss", "drop"))
        for follow_up in rows.filter(fell_with_case=True):
            undo(follow_up, "drop", by=by)


def _done_with(case: Case, act: str, name: str) -> list[int]:
    """Return the follow-ups on which `name` was done since the act of the case before its last
    `act`: what that one does to follow-ups is logged right before itself."""
    acts = ActionEntry.objects.filter(root_kind="cases.case", root_id=case.pk).order_by("-pk")
    of_case = acts.filter(kind="cases.case").values_list("pk", flat=True)
    last = of_case.filter(action=act).first() or 0
    since = of_case.filter(pk__lt=last).first() or 0
    done = acts.filter(kind=FOLLOW_UP.kind, action=name, pk__gt=since, pk__lt=last)
    return list(done.values_list("object_id", flat=True))

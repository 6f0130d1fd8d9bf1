"""Follow-ups as steps of a case. They count for no rung and hold up nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.steps import Ids, Moment, NextStep, OpenCase, StepKind, Steps, by_case
from school import wording
from school.models import User
from support.acts import FOLLOW_UP_ACTS
from support.models import FollowUp, FollowUpStatus
from support.wording import done_by
from workflow import clock
from workflow.acts import Button
from workflow.lifecycle import offer

S = FollowUpStatus
ENDS = {
    S.DONE: (_("Follow-up done: %(what)s"), "check-lg"),
    S.DROPPED: (_("Follow-up dropped: %(what)s"), "slash-circle"),
}


class FollowUpSteps(StepKind[FollowUp]):
    name = "follow_up"
    label = _("Follow-ups")
    icon = "clock"
    is_listed_apart = True

    def of(self, cases: Sequence[Case]) -> dict[int, list[FollowUp]]:
        known = {case.pk: case for case in cases}
        rows = FollowUp.objects.kept().filter(case__in=known).select_related("doer", "by")
        found = by_case(rows)
        for row in (row for rows_of_case in found.values() for row in rows_of_case):
            row.case = known[row.case_id]
        return found

    def latest(self, cases: Ids) -> Steps:
        open_ones = FollowUp.objects.open().filter(case__in=cases)
        return by_case(open_ones.only("case_id", "status", "agreed_on", "due_on", "what", "doer"))

    def coming(self, case: OpenCase, steps: list[FollowUp]) -> NextStep | None:
        """Return what the counselor is to do or to look at next: of other people what is late."""
        waiting = [one for one in steps if one.is_open and (one.doer_id is None or one.is_late)]
        if not waiting:
            return None
        first = min(waiting, key=lambda one: (one.due_on, one.pk))
        return NextStep(
            _("Follow-up: %(what)s") % {"what": first.what},
            first.due_on,
            first.get_absolute_url(),
            in_list=_("Follow-up"),
            listed_apart=True,
            since=first.agreed_on,
        )

    def timeline(self, case: Case, steps: list[FollowUp]) -> list[Moment]:
        return [*map(_agreed, steps), *(_ended(one) for one in steps if one.ended_at)]

    def acts(self, case: Case, steps: list[FollowUp], user: User) -> list[Button]:
        """Return a link to each that is open, and the act to add one, also after the case ended."""
        links = [_link(one) for one in steps if one.is_open]
        found = offer(FOLLOW_UP_ACTS.lifecycle["agree"], user, case)
        return [*links, FOLLOW_UP_ACTS.button("agree", user, case)] if found.on else links


def _link(one: FollowUp) -> Button:
    by_when = wording.due(one.due_on)
    return Button(
        "follow_up",
        one.what,
        one.get_absolute_url(),
        "clock",
        "late" if one.is_late else "contact",
        reason=f"{done_by(one)} · {by_when}",
    )


def _agreed(one: FollowUp) -> Moment:
    words = [done_by(one), _("by %(day)s") % {"day": wording.full_day(one.due_on)}]
    if one.later_because:
        words.append(_("put off: %(why)s") % {"why": one.later_because})
    return Moment(
        clock.day_start(one.agreed_on),
        _("Follow-up: %(what)s") % {"what": one.what},
        " · ".join(map(str, words)),
        url=one.get_absolute_url(),
        link=_("View"),
    )


def _ended(one: FollowUp) -> Moment:
    title, icon = ENDS[S(one.status)]
    why = _("the case was dismissed") if one.fell_with_case else one.outcome
    assert one.ended_at
    return Moment(one.ended_at, title % {"what": one.what}, why, icon=icon)

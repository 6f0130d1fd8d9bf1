"""Assistance as steps of a case, beside the ladder."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from cases.steps import Ids, Line, Moment, NextStep, OpenCase, StepKind, Steps, by_case
from school import wording
from school.head import naming_head
from school.models import User
from support.acts import ASSISTANCE_ACTS
from support.models import Assistance, AssistanceStatus
from support.models.assistance import COUNTING, GONE, WITH_FAMILY
from workflow import clock
from workflow.acts import Button
from workflow.errors import Text

S = AssistanceStatus
KIND = "assistance"
ASKED = (
    *("case_id", "status", "kind", "what", "is_lent", "due_on"),
    *("asked_on", "decided_at", "handed_on"),
)
"""The columns that decide what comes next."""
UNDER_WAY = (S.ASKED, S.APPROVED, S.HANDED_OVER)
SAID: dict[str, Text] = {
    S.ASKED: pgettext_lazy("assistance", "requested"),
    S.APPROVED: pgettext_lazy("assistance", "approved"),
    S.HANDED_OVER: pgettext_lazy("assistance", "handed over"),
    S.RETURNED: pgettext_lazy("assistance", "returned"),
    S.KEPT: pgettext_lazy("assistance", "not returned"),
}
"""What the shared summary says of each that counts."""


class AssistanceSteps(StepKind[Assistance]):
    name = KIND
    label = _("Assistance")
    icon = "phone"
    is_listed_apart = True

    def of(self, cases: Sequence[Case]) -> dict[int, list[Assistance]]:
        known = {case.pk: case for case in cases}
        found: dict[int, list[Assistance]] = {pk: [] for pk in known}
        rows = Assistance.objects.filter(case__in=known).select_related(
            "asked_by", "decided_by", "handed_by"
        )
        for row in rows.order_by("asked_on", "pk"):
            row.case = known[row.case_id]
            found[row.case_id].append(row)
        return found

    def latest(self, cases: Ids) -> Steps:
        rows = Assistance.objects.filter(case__in=cases, status__in=UNDER_WAY)
        return by_case(rows.only(*ASKED).order_by("asked_on", "pk"))

    def coming(self, case: OpenCase, steps: list[Assistance]) -> NextStep | None:
        """Return what the most urgent one waits for."""
        found = [step for one in steps if (step := _next(one))]
        return min(found, key=lambda step: step.urgency, default=None)

    def summary(self, case: Case, steps: list[Assistance]) -> list[Line]:
        """Return kind and state of each, but not why the family needs it."""
        title = _("Assistance: %(kind)s, %(state)s")
        return [
            (
                one.ended_on or one.handed_on or one.asked_on,
                title % {"kind": one.get_kind_display(), "state": SAID[one.status]},
            )
            for one in steps
            if one.status in COUNTING
        ]

    def timeline(self, case: Case, steps: list[Assistance]) -> list[Moment]:
        """Return each request on its day, its handing over and its return on theirs."""
        found: list[Moment] = []
        for one in steps:
            found.append(_asked(one))
            if one.status in WITH_FAMILY and one.handed_on:
                found.append(_handed_over(one, one.handed_on))
            if one.ended_on:
                found.append(_ended(one, one.ended_on))
        return found

    def acts(self, case: Case, steps: list[Assistance], user: User) -> list[Button]:
        """Return what the family waits for or has to give back, then the next request."""
        found = [
            button
            for one in steps
            if one.status in UNDER_WAY
            for button in ASSISTANCE_ACTS.buttons(user, one, ("hand_over", "return"))
        ]
        if case.is_open:
            found.append(ASSISTANCE_ACTS.button("ask", user, case))
        return found


def _next(one: Assistance) -> NextStep | None:
    words = {"what": one.name_within}
    if one.status == S.ASKED:
        text: Text = naming_head(_("The requested assistance is waiting for the %(head)s"))
        return _step(text, None, one.get_absolute_url(), one.asked_on)
    if one.status == S.APPROVED:
        url = ASSISTANCE_ACTS.url("hand_over", one)
        on = clock.day_of(one.decided_at) if one.decided_at else one.asked_on
        return _step(_("Hand over: %(what)s") % words, None, url, on)
    if one.is_out and one.due_on:
        text, url = _("Ask back: %(what)s") % words, one.get_absolute_url()
        return _step(text, one.due_on, url, one.handed_on)
    return None


def _step(text: Text, due_on: date | None, url: str, since: date | None) -> NextStep:
    return NextStep(text, due_on, url, KIND, listed_apart=True, since=since)


def _asked(one: Assistance) -> Moment:
    title = _("Assistance requested: %(what)s") % {"what": one.name}
    words: list[Text] = [one.details, one.reason]
    if one.decided_by:
        decided = S.DECLINED.label if one.status == S.DECLINED else S.APPROVED.label
        words.append(f"{decided}, {one.decided_by.called}")
        words.append(one.decision_note)
    if one.status == S.WITHDRAWN:
        words.append(S.WITHDRAWN.label)
    return Moment(
        clock.day_start(one.asked_on),
        title,
        " · ".join(str(word) for word in words if word),
        one.asked_by.called,
        url=one.get_absolute_url(),
        link=_("View"),
        is_void=one.status in GONE,
    )


def _handed_over(one: Assistance, on: date) -> Moment:
    words = [one.given, f"{one.receiver} ({one.receiver_relation})"]
    if one.due_on:
        words.append(str(_("to be returned by %(day)s") % {"day": wording.full_day(one.due_on)}))
    title = _("Assistance handed over: %(what)s") % {"what": one.name}
    by = one.handed_by.called if one.handed_by else ""
    return Moment(clock.day_start(on), title, " · ".join(filter(None, words)), by)


def _ended(one: Assistance, on: date) -> Moment:
    is_back = one.status == S.RETURNED
    title = (
        _("Assistance returned: %(what)s") if is_back else _("Assistance not returned: %(what)s")
    )
    return Moment(clock.day_start(on), title % {"what": one.name}, one.condition or one.kept_reason)

"""Referrals out as steps of a case."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from cases.steps import Ids, Line, Moment, NextStep, OpenCase, StepKind, Steps, by_case
from school.models import User
from support.acts import REFERRAL_ACTS
from support.models import Referral, ReferralStatus
from support.models.referral import CLOSED, TAKEN, UNDER_WAY, WITH_LETTER
from workflow import clock
from workflow.acts import Button
from workflow.errors import Text

S = ReferralStatus
KIND = "referral"
PATIENCE = timedelta(days=14)
"""How long an answer may take before the school asks for it."""
ASKED = ("case_id", "status", "prepared_on", "consent_on", "sent_on", "answered_on")
"""The columns that decide what comes next."""
OUTCOMES: dict[str, Text] = {
    S.ANSWERED: _("Referral out: answered"),
    S.REFUSED: _("Referral out: not taken on"),
}


class ReferralSteps(StepKind[Referral]):
    name = KIND
    label = pgettext_lazy("steps", "Referrals out")
    icon = "box-arrow-right"
    is_listed_apart = True

    def of(self, cases: Sequence[Case]) -> dict[int, list[Referral]]:
        known = {case.pk: case for case in cases}
        rows = Referral.objects.filter(case__in=known).select_related("by", "sent_by")
        found = by_case(rows)
        for referral in (one for of_case in found.values() for one in of_case):
            referral.case = known[referral.case_id]
        return found

    def latest(self, cases: Ids) -> Steps:
        rows = Referral.objects.filter(case__in=cases, status__in=(*UNDER_WAY, *CLOSED))
        return by_case(rows.only(*ASKED))

    def referred(self, case: Case, steps: list[Referral]) -> bool:
        return any(referral.status in TAKEN for referral in steps)

    def done(self, case: Case, steps: list[Referral]) -> list[datetime]:
        """Return the days of letters alone: an answer may come after the case has ended."""
        return [clock.day_start(one.sent_on) for one in steps if one.sent_on and _is_out(one)]

    def coming(self, case: OpenCase, steps: list[Referral]) -> NextStep | None:
        """Return to send what is prepared, else to ask for an answer that does not come."""
        found = [step for step in (coming(case, one) for one in steps) if step]
        return min(found, key=lambda step: step.urgency, default=None)

    def summary(self, case: Case, steps: list[Referral]) -> list[Line]:
        """Return the days of letters and answers, but neither to whom nor why."""
        lines: list[Line] = []
        for one in steps:
            if one.sent_on and _is_out(one):
                lines.append((one.sent_on, _("Referral out: letter sent")))
            if one.answered_on:
                lines.append((one.answered_on, OUTCOMES[one.status]))
        return lines

    def timeline(self, case: Case, steps: list[Referral]) -> list[Moment]:
        return [moment for referral in steps for moment in _moments(referral)]

    def acts(self, case: Case, steps: list[Referral], user: User) -> list[Button]:
        """Return the acts on the newest referral under way, and the one that prepares another."""
        under_way = [one for one in steps if one.status in UNDER_WAY]
        found: list[Button] = []
        if under_way:
            names = ("consent", "send", "answer")
            found += REFERRAL_ACTS.buttons(user, under_way[-1], names)
        if case.is_open:
            found.append(REFERRAL_ACTS.button("prepare", user, case))
        return found


def coming(case: OpenCase, referral: Referral) -> NextStep | None:
    """Return what one referral waits for."""
    if referral.status == S.PREPARED:
        since = referral.prepared_on
        due = case.policy.due(since, case.policy.attempt_days)
        text = short = _("Send the referral out")
    elif referral.status == S.SENT and referral.sent_on:
        since = referral.sent_on
        due = case.policy.due(since, PATIENCE.days)
        text, short = _("Ask for an answer to the referral"), _("Ask for the answer")
    else:
        return None
    url = referral.get_absolute_url()
    return NextStep(text, due, url, KIND, short=short, listed_apart=True, since=since)


def _is_out(referral: Referral) -> bool:
    """The letter was sent and not withdrawn."""
    return referral.status in WITH_LETTER


def _moments(referral: Referral) -> list[Moment]:
    """Return when it was prepared, sent and answered."""
    url, to = referral.get_absolute_url(), {"to": referral.recipient}
    is_void = referral.status == S.WITHDRAWN
    found = [
        Moment(
            clock.day_start(referral.prepared_on),
            _("Referral out to %(to)s: prepared") % to,
            referral.reason,
            referral.by.called,
            url=url,
            link=_("View the referral"),
            icon="pencil",
            is_void=is_void,
        )
    ]
    if referral.sent_on:
        at, by = clock.day_start(referral.sent_on), referral.sent_by
        title = _("Referral out to %(to)s: letter sent") % to
        called = by.called if by else ""
        found.append(Moment(at, title, referral.without_consent, called, is_void=is_void))
    if referral.answered_on:
        took_on = referral.status == S.ANSWERED
        said = _("Answer of %(to)s") if took_on else _("Not taken on by %(to)s")
        words = " · ".join(filter(None, (referral.answered_by, referral.answer)))
        icon = "journal-text" if took_on else "slash-circle"
        found.append(Moment(clock.day_start(referral.answered_on), said % to, words, icon=icon))
    return found

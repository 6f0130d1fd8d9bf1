"""Summonses as the case sees them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models.case import CaseStatus, Rung
from cases.models.summons import Summons, SummonsStatus
from cases.permissions import is_counselor_of
from cases.step_kinds.offers import case_verb, verb
from cases.steps import Cases, Moment, NextStep, Steps, Verb
from cases.workflow.summons import no_summons_waits, waiting_summons
from school import wording
from workflow import clock
from workflow.errors import Text
from workflow.lifecycle import lifecycle_of, offer

S = SummonsStatus
OUTCOME_WAITS = _("Outcome of the summons not recorded")


def counting(cases: Cases) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = Summons.objects.counting().filter(case__in=cases)
    for case_id, on in rows.order_by("issued_on").values_list("case", "issued_on"):
        found.setdefault(case_id, []).append(on)
    return found


def reached(case: Any) -> bool:
    return any(summons.status == S.ATTENDED for summons in case.summonses.all())


def next_step(cases: Cases) -> dict[int, NextStep]:
    """The meeting, then its outcome; after that the next rung or the end."""
    rows = (
        Summons.objects.counting()
        .filter(case__in=cases, case__status=CaseStatus.OPEN)
        .select_related("case__semester__policy")
        .order_by("issued_on", "pk")
    )
    return {summons.case_id: _after(summons) for summons in rows}


def _after(summons: Summons) -> NextStep:
    on = timezone.localdate(summons.meets_at)
    case_url = reverse("cases:case", args=[summons.case_id])
    policy = summons.case.semester.policy
    words = {"sequence": summons.roman}
    text: Text
    short: Text = _("Decide the next step")
    if summons.outcome_at:
        due = timezone.localdate(summons.outcome_at) + timedelta(days=policy.attempt_days)
        text = _("Did not come to summons %(sequence)s: decide the next step") % words
        detail = _("Did not come to summons %(sequence)s") % words
        if summons.status == S.ATTENDED:
            text = _("They came: resolve, or go on")
            detail = _("They came to summons %(sequence)s") % words
        return NextStep(text, due, case_url, "summons", short=short, detail=detail)
    if summons.meets_at > clock.now():
        text = _("Summons %(sequence)s: meeting") % words
        short = _("Summons %(sequence)s") % words
        at, place = summons.meets_at, summons.place
        return NextStep(text, on, case_url, "summons", at=at, short=short, detail=place)
    text = _("Record the outcome of summons %(sequence)s") % words
    detail = _("Summons %(sequence)s, %(day)s") % {**words, "day": date_format(on, "j F")}
    due = on + timedelta(days=policy.summons_outcome_days)
    url = reverse("cases:summons_outcome", args=[summons.pk])
    return NextStep(text, due, url, "summons", short=OUTCOME_WAITS, detail=detail)


def timeline(case: Any, user: Any) -> list[Moment]:
    """Each letter on its day, and what came of it on the day of that."""
    if not is_counselor_of(user, case):
        return []
    return [moment for summons in case.summonses.all() for moment in _moments(summons)]


def _moments(summons: Summons) -> list[Moment]:
    if summons.outcome_at is None:
        return [_letter(summons)]
    return [_letter(summons), _outcome(summons, summons.outcome_at)]


def _letter(summons: Summons) -> Moment:
    number = summons.number.text if summons.number else ""
    title = (
        _("Summons %(sequence)s, number %(number)s")
        if number
        else _("Summons %(sequence)s, number to come")
    )
    return Moment(
        clock.day_start(summons.issued_on),
        "summons",
        "envelope",
        title % {"sequence": summons.roman, "number": number},
        _where_it_stands(summons),
        summons.by.short_name,
        url=reverse("cases:summons", args=[summons.pk]),
        link=_("Open the letter"),
        is_void=summons.status == S.WITHDRAWN,
        all_day=True,
    )


def _where_it_stands(summons: Summons) -> str:
    """When and where the meeting is, and who took the letter."""
    meeting = f"{wording.long_date(summons.meets_at)}, {wording.clock_time(summons.meets_at)}"
    words = [f"{meeting}, {summons.place}"]
    if summons.delivered_on:
        received = _("received %(day)s by %(receiver)s (%(relation)s)") % {
            "day": wording.day(summons.delivered_on),
            "receiver": summons.receiver,
            "relation": summons.receiver_relation,
        }
        words.append(str(received))
    return " · ".join(words)


def _outcome(summons: Summons, at: datetime) -> Moment:
    came = summons.status == S.ATTENDED
    title = _("Came to summons %(sequence)s") if came else _("Did not come to summons %(sequence)s")
    return Moment(
        at,
        "summons",
        "people" if came else "slash-circle",
        title % {"sequence": summons.roman},
        " · ".join(filter(None, (summons.came_with, summons.minutes))),
    )


def verbs(case: Any, user: Any) -> list[Verb]:
    if not case.is_open:
        return []
    waiting = waiting_summons(case)
    suggests_itself = 10 if case.rung < Rung.HOME_VISIT else 0
    issue = case_verb("cases.summons", "issue", user, case, "envelope", main=suggests_itself)
    if waiting is None:
        return [issue]
    table = lifecycle_of(waiting)
    is_over = waiting.meets_at <= clock.now()
    outcome = verb(
        offer(table["attended"], user, waiting),
        reverse("cases:summons_outcome", args=[waiting.pk]),
        "journal-text",
        main=50 if is_over else 25,
    )
    deliver = verb(
        offer(table["deliver"], user, waiting),
        reverse("cases:summons_delivery", args=[waiting.pk]),
        "file-earmark-text",
        main=26,
    )
    outcome = _named(outcome, _("Record the outcome of the summons"))
    return [outcome, issue] if waiting.delivered_on else [outcome, deliver, issue]


def _named(found: Verb, label: Text) -> Verb:
    return Verb(**{**found.__dict__, "label": label, "name": "outcome"})


def summary(case: Any) -> list[tuple[date, Text]]:
    words = {
        S.ISSUED: _("no outcome yet"),
        S.ATTENDED: _("came"),
        S.NOT_ATTENDED: _("did not come"),
    }
    return [
        (
            summons.issued_on,
            _("Summons %(sequence)s: %(outcome)s")
            % {"sequence": summons.roman, "outcome": words[S(summons.status)]},
        )
        for summons in case.summonses.all()
        if summons.status != S.WITHDRAWN
    ]


SUMMONS_STEPS = Steps(
    name="summons",
    rung=Rung.SUMMONS,
    counting=counting,
    open=no_summons_waits,
    reached=reached,
    next_step=next_step,
    timeline=timeline,
    verbs=verbs,
    summary=summary,
)

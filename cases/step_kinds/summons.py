"""Summonses as steps of a case."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.acts import SUMMONS_ACTS
from cases.models import Case, Rung, Summons, SummonsStatus
from cases.models.summons import ROMAN
from cases.steps import (
    Cases,
    Ids,
    Line,
    Moment,
    NextStep,
    OpenCase,
    StepKind,
    Steps,
    by_case,
)
from cases.waits import DECIDE, MEETING, OUTCOME
from cases.workflow.summons import waiting_summons, why_it_waits
from school import wording
from school.models import User
from workflow import clock
from workflow.acts import Button
from workflow.errors import Text

S = SummonsStatus
SAID: dict[str, Text] = {
    S.ISSUED: _("no outcome yet"),
    S.ATTENDED: _("came"),
    S.NOT_ATTENDED: _("did not come"),
}


KIND = "summons"


ASKED = ("pk", "sequence", "status", "issued_on", "meets_at", "place", "outcome_at")


class Letter(Protocol):
    """The fields of a summons that decide what comes next."""

    pk: int
    sequence: int
    status: str
    issued_on: date
    meets_at: datetime
    place: str
    outcome_at: datetime | None


class SummonsSteps(StepKind[Summons]):
    name = KIND
    label = _("Letters")
    icon = "envelope"
    rung = Rung.SUMMONS
    waits = (MEETING, OUTCOME, DECIDE)

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        found: dict[int, list[date]] = {}
        rows = Summons.objects.counting().filter(case__in=cases)
        for case_id, on in rows.order_by("issued_on").values_list("case", "issued_on"):
            found.setdefault(case_id, []).append(on)
        return found

    def of(self, cases: Sequence[Case]) -> dict[int, list[Summons]]:
        known = Summons.objects.select_related("by", "number")
        prefetch_related_objects(cases, Prefetch("summonses", known))
        return {case.pk: list(case.summonses.all()) for case in cases}

    def latest(self, cases: Ids) -> Steps:
        issued = Summons.objects.counting().filter(case__in=cases).order_by("issued_on", "pk")
        return by_case(issued.values_list("case_id", *ASKED, named=True))

    def open(self, case: Case, steps: list[Summons]) -> Text | None:
        waiting = next((summons for summons in steps if summons.status == S.ISSUED), None)
        return why_it_waits(waiting) if waiting else None

    def reached(self, case: Case, steps: list[Summons]) -> bool:
        return any(map(_came, steps))

    def done(self, case: Case, steps: list[Summons]) -> list[datetime]:
        return [summons.outcome_at for summons in steps if summons.outcome_at]

    def coming(self, case: OpenCase, steps: Sequence[Letter]) -> NextStep | None:
        """Return the meeting, then the outcome; after that the next rung or the end."""
        counting = [summons for summons in steps if summons.status != S.WITHDRAWN]
        return _after(case, counting[-1]) if counting else None

    def summary(self, case: Case, steps: list[Summons]) -> list[Line]:
        title = _("Summons %(sequence)s: %(outcome)s")
        return [
            (
                summons.issued_on,
                title % {"sequence": summons.roman, "outcome": SAID[summons.status]},
            )
            for summons in steps
            if summons.status in SAID
        ]

    def timeline(self, case: Case, steps: list[Summons]) -> list[Moment]:
        """Return each letter on its day, and its outcome on the day of the outcome."""
        letters = [_letter(summons) for summons in steps]
        outcomes = [
            _outcome(summons, summons.outcome_at) for summons in steps if summons.outcome_at
        ]
        return letters + outcomes

    def acts(self, case: Case, steps: list[Summons], user: User) -> list[Button]:
        """Return what waits for an outcome first, then the next letter."""
        if not case.is_open:
            return []
        issue = SUMMONS_ACTS.button("issue", user, case)
        waiting = waiting_summons(case)
        if waiting is None:
            return [issue]
        wanted = ("attended",) if waiting.delivered_on else ("attended", "deliver")
        return [*SUMMONS_ACTS.buttons(user, waiting, wanted), issue]

    def ordinal(self, times: int) -> str:
        return ROMAN[times] if times < len(ROMAN) else ""


def _after(case: OpenCase, summons: Letter) -> NextStep:
    if summons.outcome_at:
        return _after_its_outcome(case, summons, summons.outcome_at)
    words = {"sequence": ROMAN[summons.sequence]}
    on = clock.day_of(summons.meets_at)
    if summons.meets_at > clock.now():
        return NextStep(
            _("Summons %(sequence)s: meeting") % words,
            on,
            case.url,
            KIND,
            at=summons.meets_at,
            short=_("Summons %(sequence)s") % words,
            detail=summons.place,
            is_under_way=True,
            wait=MEETING,
            since=summons.issued_on,
        )
    detail = _("Summons %(sequence)s, %(day)s") % {**words, "day": wording.formatted(on, "j F")}
    return NextStep(
        _("Record the outcome of summons %(sequence)s") % words,
        case.policy.due(on, case.policy.summons_outcome_days),
        SUMMONS_ACTS.url("attended", summons),
        KIND,
        short=OUTCOME.label,
        detail=detail,
        is_under_way=True,
        wait=OUTCOME,
        since=on,
    )


def _after_its_outcome(case: OpenCase, summons: Letter, at: datetime) -> NextStep:
    on = clock.day_of(at)
    due = case.policy.due(on, case.policy.attempt_days)
    words = {"sequence": ROMAN[summons.sequence]}
    text: Text = _("Did not come to summons %(sequence)s: decide the next step") % words
    detail: Text = _("Did not come to summons %(sequence)s") % words
    if summons.status == S.ATTENDED:
        text = _("They came: resolve the case or carry on")
        detail = _("They came to summons %(sequence)s") % words
    return NextStep(
        *(text, due, case.url, KIND),
        short=DECIDE.label,
        detail=detail,
        follows_on=on,
        wait=DECIDE,
        since=on,
    )


def _came(summons: Summons) -> bool:
    return summons.status == S.ATTENDED


def _letter(summons: Summons) -> Moment:
    number = summons.number.text if summons.number else ""
    title = (
        _("Summons %(sequence)s, number %(number)s")
        if number
        else _("Summons %(sequence)s, number pending")
    )
    return Moment(
        clock.day_start(summons.issued_on),
        title % {"sequence": summons.roman, "number": number},
        _where_it_stands(summons),
        summons.by.called,
        url=reverse("cases:summons", args=[summons.pk]),
        link=_("View the letter"),
        is_void=summons.status == S.WITHDRAWN,
    )


def _where_it_stands(summons: Summons) -> str:
    """Return when and where the meeting is, and who took the letter."""
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
    came = _came(summons)
    title = _("Came to summons %(sequence)s") if came else _("Did not come to summons %(sequence)s")
    return Moment(
        at,
        title % {"sequence": summons.roman},
        " · ".join(filter(None, (summons.came_with, summons.minutes))),
        icon="people" if came else "slash-circle",
    )

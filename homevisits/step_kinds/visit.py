"""Home visits as steps of a case."""

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from cases.models import Case, Rung
from cases.steps import (
    Cases,
    Ids,
    Line,
    Moment,
    NextStep,
    OpenCase,
    StepKind,
    Steps,
    Wait,
    by_case,
)
from cases.waits import DECIDE
from homevisits.acts import VISIT_ACTS
from homevisits.models import Visit, VisitOutcome, VisitState, VisitStatus
from homevisits.models.choices import COUNTING, UNDER_WAY
from homevisits.workflow.conditions import has_no_visit_under_way
from school import wording
from school.head import naming_head
from school.models import Policy, User
from workflow import clock
from workflow.acts import Button
from workflow.errors import Text
from workflow.lifecycle import Reasons

S = VisitStatus
OPEN_WORDS: dict[str, Text] = {
    S.PROPOSED: naming_head(_("A proposed visit is waiting for the %(head)s.")),
    S.APPROVED: _("An approved visit is not scheduled yet."),
    S.SCHEDULED: _("A scheduled visit is not recorded yet."),
}
WAITS: dict[VisitState, Wait] = {
    VisitState.WAITING: Wait("approval", naming_head(_("Waiting for the %(head)s"))),
    VisitState.TO_SCHEDULE: Wait("schedule", _("Schedule the visit")),
    VisitState.COMING: Wait("visit", _("Home visit")),
    VisitState.TO_RECORD: Wait("record", _("Record the visit")),
}
GONE = (S.DECLINED, S.WITHDRAWN, S.CANCELLED)


KIND = "visit"
ASKED = (
    *("case_id", "status", "is_urgent", "proposed_on", "wished_until", "approved_at"),
    *("scheduled_for", "happened_at", "outcome"),
)
"""The columns that decide what comes next."""


class VisitSteps(StepKind[Visit]):
    name = KIND
    label = _("Visits")
    icon = "door-open"
    rung = Rung.HOME_VISIT
    waits = (*WAITS.values(), DECIDE)

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        found: dict[int, list[date]] = {}
        rows = Visit.objects.counting().filter(case__in=cases).order_by("proposed_on", "pk")
        for case_id, on in rows.values_list("case", "proposed_on"):
            found.setdefault(case_id, []).append(on)
        return found

    def of(self, cases: Sequence[Case]) -> dict[int, list[Visit]]:
        known = {case.pk: case for case in cases}
        found: dict[int, list[Visit]] = {pk: [] for pk in known}
        rows = Visit.objects.filter(case__in=known).select_related("proposed_by", "decided_by")
        for visit in rows.prefetch_related("visitors").order_by("pk"):
            visit.case = known[visit.case_id]
            found[visit.case_id].append(visit)
        return found

    def latest(self, cases: Ids) -> Steps:
        return by_case(Visit.objects.counting().filter(case__in=cases).only(*ASKED).order_by())

    def open(self, case: Case, steps: list[Visit]) -> Text | None:
        return next((OPEN_WORDS[v.status] for v in steps if v.status in UNDER_WAY), None)

    def reached(self, case: Case, steps: list[Visit]) -> bool:
        return any(v.status == S.RECORDED and v.outcome == VisitOutcome.MET for v in steps)

    def done(self, case: Case, steps: list[Visit]) -> list[datetime]:
        return [visit.happened_at for visit in steps if visit.happened_at]

    def coming(self, case: OpenCase, steps: list[Visit]) -> NextStep | None:
        """Return what the case waits for, by its latest visit that counts."""
        counting = [visit for visit in steps if visit.status in COUNTING]
        if not counting:
            return None
        return _after(case, max(counting, key=attrgetter("proposed_on", "pk")))

    def summary(self, case: Case, steps: list[Visit]) -> list[Line]:
        """Return the day of each visit that counts, and whether somebody was met."""
        title = _("Home visit: %(status)s")
        return [
            (_day(visit), title % {"status": _shared_word(visit)})
            for visit in steps
            if visit.status in COUNTING
        ]

    def timeline(self, case: Case, steps: list[Visit]) -> list[Moment]:
        return [_moment(visit) for visit in steps]

    def acts(self, case: Case, steps: list[Visit], user: User) -> list[Button]:
        """Return the acts on the newest visit, or the act to propose the next one."""
        if not case.is_open:
            return []
        found = _acts_on(steps[-1], user) if steps else []
        if not steps or steps[-1].status not in UNDER_WAY:
            known: Reasons = {} if self.open(case, steps) else {has_no_visit_under_way: None}
            found.append(VISIT_ACTS.button("propose", user, case, known))
        return found


def _acts_on(visit: Visit, user: User) -> list[Button]:
    found = VISIT_ACTS.buttons(user, visit, ("schedule", "record"))
    if visit.status in {S.PROPOSED, S.SCHEDULED}:
        url = visit.get_absolute_url()
        found.append(Button("visit", _("View the visit"), url, "door-open", "visit", weight=24))
    again = VISIT_ACTS.button("propose_next", user, visit)
    return [*found, again] if again.on else found


def _after(case: OpenCase, visit: Visit) -> NextStep:
    """Return what a visit waits for: its record while under way, then what follows."""
    if visit.status not in UNDER_WAY:
        return _after_its_outcome(case, visit)
    return _under_way(visit, case.policy)


def _under_way(visit: Visit, policy: Policy) -> NextStep:
    """Return what must be done, by when and where."""
    state = visit.state_under(policy)
    text: Text = WAITS[state].label
    if state == VisitState.WAITING:
        text = naming_head(_("The proposed visit is waiting for the %(head)s"))
    act = {VisitState.TO_SCHEDULE: "schedule", VisitState.TO_RECORD: "record"}.get(state)
    return NextStep(
        *(text, visit.due_under(policy)),
        VISIT_ACTS.url(act, visit) if act else visit.get_absolute_url(),
        KIND,
        at=visit.scheduled_for if state == VisitState.COMING else None,
        listed_apart=True,
        is_under_way=True,
        wait=WAITS[state],
        since=_since(visit, state),
    )


def _since(visit: Visit, state: VisitState) -> date:
    """Return the day of the proposal, of its approval, or of the visit that is to be recorded."""
    if state == VisitState.TO_RECORD and visit.scheduled_for:
        return clock.day_of(visit.scheduled_for)
    return clock.day_of(visit.approved_at) if visit.approved_at else visit.proposed_on


def _after_its_outcome(case: OpenCase, visit: Visit) -> NextStep:
    on = clock.day_of(visit.happened_at) if visit.happened_at else visit.proposed_on
    due = case.policy.due(on, case.policy.attempt_days)
    text, detail = _("Nobody was met: visit again or carry on"), _("nobody was met")
    url = visit.get_absolute_url()
    if visit.outcome == VisitOutcome.MET:
        text, detail = _("Visited: resolve the case or carry on"), _("they were visited")
        url = case.url
    return NextStep(
        *(text, due, url, KIND),
        short=DECIDE.label,
        detail=detail,
        follows_on=on,
        wait=DECIDE,
        since=on,
    )


def _moment(visit: Visit) -> Moment:
    words: list[Text] = [visit.reason]
    if visit.status == S.SCHEDULED and visit.scheduled_for:
        at = visit.scheduled_for
        words.append(f"{wording.full_day(at)}, {wording.clock_time(at)}")
    if visit.outcome:
        words.append(visit.get_outcome_display())
    words.append(visit.decision_note)
    return Moment(
        visit.happened_at or clock.day_start(visit.proposed_on),
        _("Home visit: %(status)s") % {"status": visit.get_status_display().lower()},
        " · ".join(str(word) for word in words if word),
        ", ".join(v.called for v in visit.visitors.all()) or visit.proposed_by.called,
        url=visit.get_absolute_url(),
        link=_("View the visit"),
        is_void=visit.status in GONE,
    )


def _day(visit: Visit) -> date:
    at = visit.happened_at or visit.scheduled_for
    return clock.day_of(at) if at else visit.proposed_on


def _shared_word(visit: Visit) -> str:
    if visit.outcome and visit.outcome != VisitOutcome.MET:
        return str(_("nobody was met"))
    word = visit.get_outcome_display() if visit.outcome else visit.get_status_display()
    return word.lower()

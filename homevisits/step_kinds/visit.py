from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models import CaseStatus, Rung, SummonsStatus
from cases.permissions import is_counselor_of
from cases.step_kinds.offers import case_verb, verb
from cases.steps import Cases, Moment, NextStep, Steps, Verb
from homevisits.models import Visit, VisitOutcome, VisitStatus
from homevisits.models.visit import COUNTING, UNDER_WAY
from workflow import clock
from workflow.errors import Text
from workflow.lifecycle import lifecycle_of, offer

S = VisitStatus


def counting(cases: Cases) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = Visit.objects.counting().filter(case__in=cases).order_by("proposed_on", "pk")
    for case_id, on in rows.values_list("case", "proposed_on"):
        found.setdefault(case_id, []).append(on)
    return found


OPEN_WORDS: dict[str, Text] = {
    S.PROPOSED: _("A proposed visit waits for the principal."),
    S.APPROVED: _("An approved visit is not scheduled yet."),
    S.SCHEDULED: _("A scheduled visit is not recorded yet."),
}


def visits_of(case: Any) -> list[Visit]:
    """The visits of a case, oldest first; a page that keeps its steps asks once."""
    kept = case.kept if case.kept is not None else {}
    if "visits" not in kept:
        rows = Visit.objects.filter(case=case).select_related("proposed_by", "decided_by")
        kept["visits"] = list(rows.prefetch_related("visitors").order_by("pk"))
        for visit in kept["visits"]:
            visit.case = case
    return kept["visits"]


def still_open(case: Any) -> Text | None:
    return next((OPEN_WORDS[v.status] for v in visits_of(case) if v.status in OPEN_WORDS), None)


def reached(case: Any) -> bool:
    return any(v.status == S.RECORDED and v.outcome == VisitOutcome.MET for v in visits_of(case))


def next_step(cases: Cases) -> dict[int, NextStep]:
    """The latest visit that counts says what the case waits for."""
    rows = (
        Visit.objects.counting()
        .filter(case__in=cases, case__status=CaseStatus.OPEN)
        .select_related("case__semester__policy")
        .order_by("proposed_on", "pk")
    )
    return {visit.case_id: _after(visit) for visit in rows}


def _after(visit: Visit) -> NextStep:
    policy = visit.case.semester.policy
    url = visit.get_absolute_url()
    if visit.status == S.PROPOSED and policy.visits_need_approval and not visit.is_urgent:
        text = _("The proposed visit waits for the principal")
        return NextStep(text, None, url, "visit", waits_for_others=True, listed_apart=True)
    if visit.status in {S.PROPOSED, S.APPROVED}:
        on = timezone.localdate(visit.approved_at) if visit.approved_at else visit.proposed_on
        due = visit.wished_until or on + timedelta(days=policy.attempt_days)
        page = _page("schedule", visit)
        return NextStep(_("Schedule the visit"), due, page, "visit", listed_apart=True)
    if visit.status == S.SCHEDULED and visit.scheduled_for:
        on = timezone.localdate(visit.scheduled_for)
        if visit.scheduled_for > clock.now():
            at = visit.scheduled_for
            return NextStep(_("Home visit"), on, url, "visit", at=at, listed_apart=True)
        due = on + timedelta(days=policy.visit_report_days)
        page = _page("report", visit)
        return NextStep(_("Record the visit"), due, page, "visit", listed_apart=True)
    on = timezone.localdate(visit.happened_at) if visit.happened_at else visit.proposed_on
    due = on + timedelta(days=policy.attempt_days)
    case_url = reverse("cases:case", args=[visit.case_id])
    short = _("Decide the next step")
    if visit.outcome == VisitOutcome.MET:
        text, detail = _("Visited: resolve, or go on"), _("they were visited")
        return NextStep(text, due, case_url, "visit", short=short, detail=detail)
    text, detail = _("Nobody was met: visit again, or go on"), _("nobody was met")
    return NextStep(text, due, url, "visit", short=short, detail=detail)


def _page(name: str, visit: Visit) -> str:
    return reverse(f"homevisits:{name}", args=[visit.pk])


def timeline(case: Any, user: Any) -> list[Moment]:
    if not is_counselor_of(user, case):
        return []
    return [_moment(visit) for visit in visits_of(case)]


def _moment(visit: Visit) -> Moment:
    at = visit.happened_at or clock.day_start(visit.proposed_on)
    words: list[Any] = [visit.reason]
    if visit.status == S.SCHEDULED and visit.scheduled_for:
        words.append(date_format(timezone.localtime(visit.scheduled_for), "j F Y, H.i"))
    if visit.outcome:
        words.append(visit.get_outcome_display())
    words.append(visit.decision_note)
    return Moment(
        at,
        "visit",
        "door-open",
        _("Home visit: %(status)s") % {"status": visit.get_status_display().lower()},
        " · ".join(str(word) for word in words if word),
        ", ".join(v.short_name for v in visit.visitors.all()) or visit.proposed_by.short_name,
        url=visit.get_absolute_url(),
        link=_("Open the visit"),
        is_void=visit.status in {S.DECLINED, S.WITHDRAWN, S.CANCELLED},
        all_day=visit.happened_at is None,
    )


PAGES: tuple[tuple[str, tuple[str, ...], str, str, int], ...] = (
    ("schedule", (S.APPROVED, S.PROPOSED), "calendar3", "schedule", 45),
    ("record", (S.SCHEDULED,), "journal-text", "report", 55),
)
"""A verb, the states in which it is offered, its icon and page, and how much it suggests itself."""


def verbs(case: Any, user: Any) -> list[Verb]:
    if not case.is_open:
        return []
    latest = next(reversed(visits_of(case)), None)
    found = _verbs_of(latest, user) if latest is not None else []
    if latest is None or latest.status not in UNDER_WAY:
        main = 28 if _summons_failed(case) else 0
        found.append(case_verb("homevisits.visit", "propose", user, case, "door-open", main=main))
    return found


def _verbs_of(visit: Visit, user: Any) -> list[Verb]:
    """What can be done to the newest visit of a case."""
    table = lifecycle_of(visit)
    found = [
        verb(offer(table[name], user, visit), _page(page, visit), icon, main=main)
        for name, sources, icon, page, main in PAGES
        if visit.status in sources
    ]
    url = _page("visit", visit)
    if visit.status in {S.PROPOSED, S.SCHEDULED}:
        found.append(Verb("visit", _("Open the visit"), url, "door-open", on=True, main=24))
    again = offer(table["propose_next"], user, visit)
    if again.on:
        found.append(verb(again, url, "arrow-repeat", main=35))
    return found


def _summons_failed(case: Any) -> bool:
    """The newest summons brought nobody."""
    counting = [s for s in case.summonses.all() if s.status != SummonsStatus.WITHDRAWN]
    newest = max(counting, key=lambda summons: summons.sequence, default=None)
    return newest is not None and newest.status == SummonsStatus.NOT_ATTENDED


def summary(case: Any) -> list[tuple[date, Text]]:
    """The day of each visit that counts, and whether somebody was met; not what else was found."""
    found: list[tuple[date, Text]] = []
    for visit in visits_of(case):
        if visit.status not in COUNTING:
            continue
        day = visit.proposed_on
        if visit.happened_at:
            day = timezone.localdate(visit.happened_at)
        elif visit.scheduled_for:
            day = timezone.localdate(visit.scheduled_for)
        found.append((day, _("Home visit: %(status)s") % {"status": _shared_word(visit)}))
    return found


def _shared_word(visit: Visit) -> str:
    if visit.outcome and visit.outcome != VisitOutcome.MET:
        return str(_("nobody was met"))
    word = visit.get_outcome_display() if visit.outcome else visit.get_status_display()
    return word.lower()


VISIT_STEPS = Steps(
    name="visit",
    rung=Rung.HOME_VISIT,
    counting=counting,
    open=still_open,
    reached=reached,
    next_step=next_step,
    timeline=timeline,
    verbs=verbs,
    summary=summary,
)

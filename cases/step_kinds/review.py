"""Review: what the class lists brought, confirmation, and the ends of a case."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, CaseStatus, Rung
from cases.models.evidence import Evidence, EvidenceSource, Reason
from cases.permissions import is_counselor_of
from cases.step_kinds.offers import case_verb
from cases.steps import Cases, Moment, NextStep, Steps, Verb
from school.fields import labels
from workflow.errors import Text
from workflow.models import ActionEntry

ENDS: dict[str, tuple[str, Text]] = {
    "confirm": ("clipboard-check", _("Confirmed as a case")),
    "dismiss": ("slash-circle", _("Dismissed as a false alarm")),
    "resolve": ("check2-circle", _("Resolved")),
    "close": ("box-arrow-right", _("Closed: left the school")),
    "reopen": ("arrow-repeat", _("Reopened")),
    "refer_again": ("arrow-repeat", _("Referred again")),
}


def next_step(cases: Cases) -> dict[int, NextStep]:
    """Review what was referred, counted from when it was opened or opened again; then contact."""
    opened_again = ActionEntry.objects.filter(
        kind="cases.case", object_id=OuterRef("pk"), action__in=("reopen", "refer_again")
    ).order_by("-pk")
    rows = (
        Case.objects.filter(pk__in=cases, status=CaseStatus.OPEN)
        .annotate(since=Coalesce(Subquery(opened_again.values("happened_at")[:1]), "opened_at"))
        .values_list(
            "pk",
            "since",
            "confirmed_at",
            "semester__policy__review_days",
            "semester__policy__attempt_days",
        )
    )
    return {pk: _after(pk, *row) for pk, *row in rows}


def _after(
    case_id: int, since: Any, confirmed_at: Any, review_days: int, attempt_days: int
) -> NextStep:
    url = reverse("cases:case", args=[case_id])
    if confirmed_at:
        due = timezone.localdate(confirmed_at) + timedelta(days=attempt_days)
        return NextStep(_("Make the first contact"), due, url, "contact")
    due = timezone.localdate(since) + timedelta(days=review_days)
    return NextStep(_("Review the case"), due, url, "review")


def timeline(case: Any, user: Any) -> list[Moment]:
    brought = [_brought(evidence) for evidence in case.evidence.all()]
    notes = [
        Moment(
            n.written_at,
            "review",
            "chat-left-text",
            _("Note to the review"),
            n.text,
            n.author.short_name,
        )
        for n in case.review_notes.all()
    ]
    return brought + notes + _acts(case)


def _brought(evidence: Evidence) -> Moment:
    from_list = evidence.source == EvidenceSource.CLASS_LIST
    words = ", ".join(labels(evidence.reasons, Reason))
    return Moment(
        evidence.happened_at,
        "review",
        "list-check",
        _("Referred by the class list") if from_list else _("Opened directly"),
        " · ".join(filter(None, (words, evidence.note))),
        evidence.by.short_name,
    )


def _acts(case: Any) -> list[Moment]:
    """What was done to the case itself, but for what was taken back."""
    entries = list(
        ActionEntry.objects.filter(root_kind="cases.case", root_id=case.pk)
        .select_related("actor", "note")
        .order_by("pk")
    )
    undone = {before.pk for before, entry in pairwise(entries) if _is_undo(entry)}
    return [
        Moment(
            entry.happened_at,
            "review",
            *ENDS[entry.action],
            entry.note.text if hasattr(entry, "note") else "",
            entry.actor.short_name if entry.actor else "",
        )
        for entry in entries
        if entry.kind == "cases.case" and entry.action in ENDS and entry.pk not in undone
    ]


def _is_undo(entry: ActionEntry) -> bool:
    return entry.kind == "cases.case" and entry.action.startswith("undo_")


def verbs(case: Any, user: Any) -> list[Verb]:
    if not is_counselor_of(user, case):
        return []
    if case.status == CaseStatus.CARRIED:
        return []
    if not case.is_open:
        return [case_verb("cases.case", "reopen", user, case, "arrow-repeat")]
    found = []
    if not case.confirmed_at:
        confirm = case_verb(
            "cases.case", "confirm", user, case, "clipboard-check", main=30, post=True
        )
        found.append(confirm)
    found.append(case_verb("cases.case", "resolve", user, case, "check2-circle", main=26))
    if case.rung < Rung.SUMMONS:
        found.append(case_verb("cases.case", "dismiss", user, case, "slash-circle"))
    close = case_verb("cases.case", "close", user, case, "box-arrow-right", main=40)
    if close.on:
        found.append(close)
    return found


def summary(case: Any) -> list[tuple[date, Text]]:
    found: list[tuple[date, Text]] = [(timezone.localdate(case.opened_at), _("Case opened"))]
    if case.confirmed_at:
        found.append((timezone.localdate(case.confirmed_at), _("Confirmed")))
    if case.ended_at:
        found.append((timezone.localdate(case.ended_at), case.get_status_display()))
    return found


REVIEW_STEPS = Steps(
    name="review",
    rung=Rung.REVIEW,
    counting=lambda cases: {},
    open=lambda case: None,
    reached=lambda case: False,
    next_step=next_step,
    timeline=timeline,
    verbs=verbs,
    summary=summary,
)

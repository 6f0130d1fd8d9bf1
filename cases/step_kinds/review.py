"""Review as a step of a case: its evidence, confirmation, and the ends of a case."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from cases.acts import CASE_ACTS, CONTACT_ACTS
from cases.models import Case, Evidence, EvidenceSource, Reason, ReviewNote, Rung
from cases.steps import Ids, Line, Moment, NextStep, OpenCase, StepKind, Steps
from cases.waits import DECIDE, FIRST_CONTACT, REVIEW
from cases.workflow.case import OPENED_AGAIN
from school.fields import labels
from workflow import clock
from workflow.errors import Text
from workflow.models import ActionEntry

DONE: dict[str, Text] = {
    "confirm": _("Confirmed as a case"),
    "dismiss": _("Dismissed as a false alarm"),
    "resolve": _("Resolved"),
    "refer_out": _("Ended as referred out"),
    "close": _("Closed: left the school"),
    "reopen": _("Reopened"),
    "refer_again": _("Referred again"),
    "hand_over": _("Handed over to a counselor"),
    "follow": _("Went to the counselor of the class"),
    "carry": _("Carried over into the next semester"),
    "end": _("Closed with the semester: left the school"),
    "link": _("Linked with the case of the semester before"),
}
BROUGHT: dict[EvidenceSource, Text] = {
    EvidenceSource.CLASS_LIST: _("Referred in the class list"),
    EvidenceSource.DIRECT: EvidenceSource.DIRECT.label,
    EvidenceSource.CARRIED: EvidenceSource.CARRIED.label,
}

KIND = "review"


class ReviewSteps(StepKind[ActionEntry]):
    """Its steps are the acts on the case itself that were not undone."""

    name = KIND
    label = _("Reviews")
    icon = "clipboard-check"
    rung = Rung.REVIEW
    waits = (REVIEW, FIRST_CONTACT)

    def of(self, cases: Sequence[Case]) -> dict[int, list[ActionEntry]]:
        found: dict[int, list[ActionEntry]] = {case.pk: [] for case in cases}
        entries = ActionEntry.objects.filter(root_kind="cases.case", root_id__in=found)
        for entry in entries.select_related("actor", "note").order_by("pk"):
            found[entry.root_id].append(entry)
        return {pk: that_stand(of_case) for pk, of_case in found.items()}

    def latest(self, cases: Ids) -> Steps:
        """Return when the cases were reopened."""
        entries = ActionEntry.objects.filter(
            kind="cases.case", object_id__in=cases, action__in=OPENED_AGAIN
        )
        found: Steps = {}
        for entry in entries.order_by("pk"):
            found.setdefault(entry.object_id, []).append(entry)
        return found

    def coming(self, case: OpenCase, steps: list[ActionEntry]) -> NextStep | None:
        """Return the review, due after the case was opened or reopened; then what follows it."""
        again = [clock.day_of(e.happened_at) for e in steps if e.action in OPENED_AGAIN]
        if case.confirmed_at:
            return _after(case, clock.day_of(case.confirmed_at), again)
        since = again[-1] if again else clock.day_of(case.opened_at)
        due = case.policy.due(since, case.policy.review_days)
        return NextStep(REVIEW.label, due, case.url, KIND, wait=REVIEW, since=since)

    def summary(self, case: Case, steps: list[ActionEntry]) -> list[Line]:
        days = (
            (case.opened_at, _("Case opened")),
            (case.confirmed_at, _("Confirmed")),
            (case.ended_at, case.get_status_display()),
        )
        return [(clock.day_of(at), text) for at, text in days if at]

    def timeline(self, case: Case, steps: list[ActionEntry]) -> list[Moment]:
        brought = [_brought(evidence) for evidence in case.evidence.all()]
        notes = [_noted(note) for note in case.review_notes.all()]
        return [*brought, *notes, *(_done(entry) for entry in steps)]


def _after(case: OpenCase, confirmed_on: date, again: list[date]) -> NextStep:
    """Return the first contact, or to decide anew in a case that was reopened."""
    on = max([confirmed_on, *again[-1:]])
    due = case.policy.due(on, case.policy.attempt_days)
    if case.rung == Rung.REVIEW or not again:
        url = CONTACT_ACTS.url("log", case)
        return NextStep(FIRST_CONTACT.label, due, url, "contact", wait=FIRST_CONTACT, since=on)
    short = DECIDE.label
    text, detail = _("Reopened: decide the next step"), _("reopened")
    return NextStep(
        *(text, due, case.url, "contact"),
        short=short,
        detail=detail,
        in_list=short,
        follows_on=on,
        wait=DECIDE,
        since=on,
    )


def that_stand(entries: list[ActionEntry]) -> list[ActionEntry]:
    """Return the acts on the case itself that were not undone; an undo follows its act."""
    undone = {before.pk for before, entry in pairwise(entries) if _is_undo(entry)}
    return [e for e in entries if _is_of_case(e) and e.action in DONE and e.pk not in undone]


def _is_of_case(entry: ActionEntry) -> bool:
    return entry.kind == "cases.case"


def _is_undo(entry: ActionEntry) -> bool:
    return _is_of_case(entry) and entry.action.startswith("undo_")


def _done(entry: ActionEntry) -> Moment:
    shape = CASE_ACTS.shapes.get(entry.action)
    return Moment(
        entry.happened_at,
        DONE[entry.action],
        entry.note.text if hasattr(entry, "note") else "",
        entry.actor.called if entry.actor else "",
        icon=shape.icon if shape else "",
    )


def _noted(note: ReviewNote) -> Moment:
    title, by = _("Review note"), note.author.called
    return Moment(note.written_at, title, note.text, by, icon="chat-left-text")


def _brought(evidence: Evidence) -> Moment:
    words = ", ".join(labels(evidence.reasons, Reason))
    return Moment(
        evidence.happened_at,
        BROUGHT[EvidenceSource(evidence.source)],
        " · ".join(filter(None, (words, evidence.note))),
        evidence.by.called,
        icon="list-check",
    )

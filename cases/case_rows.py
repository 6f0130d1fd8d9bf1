"""The rows of a list of cases in order, each with what its reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from cases import steps
from cases.filters import OPEN, CaseFilter, sees_all, sees_summaries
from cases.models import Case, CaseStatus, Cause, Rung
from cases.models.case import (
    BY_CLASS,
    ENDED,
    EVIDENCE,
    HANDLED,
    SUMMARY,
    CaseQuerySet,
    handled_by,
)
from cases.next_steps import next_steps
from cases.reasons import in_a_line
from cases.waiting import close_step, waiting_in
from recaps.chips import indicator_words
from school import wording
from school.fields import labels
from school.models import User
from school.models.users import CALLED, called
from school.standing import Standing
from workflow.addresses import address

BY_NAME = ("student__name", "student__nis")
BY_RUNG = ("rung", *BY_NAME)
ORDERS = {
    "name": BY_NAME,
    "class": BY_CLASS,
    "rung": BY_RUNG,
}
ASKED = ("pk", "rung", "opened_at", "confirmed_at")
"""The fields of `steps.OpenCase` before the policy."""
COLUMNS = (
    *(*ASKED, "status", "causes", "semester"),
    *("student__name", "student__nis", "class_name"),
    *(f"counselor__{name}" for name in CALLED),
    *("is_here", "is_own", "sees_summary", "sees_evidence"),
    *(f"evidence__{name}" for name in ("never", "low", "missing", "reasons", "note")),
)
"""The columns of a case's row, in the order of `Shown`."""
Coming = dict[int, steps.NextStep]
"""Case id → what it waits for."""


class Shown(NamedTuple):
    """A case with its newest evidence; `never` is None if it has none."""

    pk: int
    rung: int
    opened_at: datetime
    confirmed_at: datetime | None
    status: str
    causes: list[str]
    semester: int
    name: str
    nis: str
    class_name: str | None
    counselor_name: str | None
    counselor_honorific: str | None
    counselor_goes_by: str | None
    is_here: bool
    is_own: bool
    sees_summary: bool
    sees_evidence: bool
    never: int | None
    low: int | None
    missing: int | None
    reasons: list[str]
    note: str | None

    @property
    def rung_seen(self) -> Standing:
        """Return the rung, or to who may not know it who handles the case."""
        if self.sees_summary:
            return Rung(self.rung).standing
        return handled_by(self.counselor)

    @property
    def counselor(self) -> str:
        """Return the name to call the counselor by; "" without one."""
        if self.counselor_name is None:
            return ""
        known = self.counselor_honorific or "", self.counselor_goes_by or ""
        return called(self.counselor_name, *known)


@dataclass(frozen=True)
class Row:
    pk: int
    name: str
    nis: str
    class_name: str
    rung: Standing
    ended: Standing | None
    """How it ended; None while it goes on."""
    next_said: str
    """What the case waits for, for its counselor."""
    due_on: date | None
    reasons: str
    counselor: str
    """The name of its counselor, for readers who see the cases of all."""

    @property
    def url(self) -> str:
        return address("cases:case", self.pk)


@dataclass(frozen=True)
class Listed:
    """Ids of cases in order, with what each waits for if the order needs it."""

    ids: "list[int] | QuerySet[Case, int]"
    coming: Coming | None = None


def in_order(listed: CaseFilter) -> Listed:
    """Return the cases in the chosen order; else open ones by due date, others by name."""
    asked = listed.request.GET.get("sort", "")
    order = ORDERS.get(asked.removeprefix("-"))
    if order == BY_RUNG and not sees_summaries(listed.request.user):
        order = BY_NAME
    is_reversed = asked.startswith("-")
    found = listed.qs.with_class("class_place", "class_name") if order == BY_CLASS else listed.qs
    found = found.order_by(*(order or BY_NAME))
    if order is None and listed.value("status") == OPEN:
        return _by_due(listed, found, is_reversed=is_reversed)
    ids = found.values_list("pk", flat=True)
    return Listed(ids.reverse() if is_reversed else ids)


def _by_due(listed: CaseFilter, found: CaseQuerySet, *, is_reversed: bool) -> Listed:
    """Return open cases by the day on which their next step is due, those without one last.

    This needs the next step of all of them, so only the columns for it are read.
    """
    if listed.asks_what_waits:
        known = {pk: listed.waiting[pk] for pk in found.values_list("pk", flat=True)}
    else:
        known = waiting_in(found, listed.semester_of, listed.request.user)

    def day(pk: int) -> date:
        first = known[pk].first
        return first.urgency if first and known[pk].sees_summary else date.max

    coming = {pk: one.first for pk, one in known.items() if one.first}
    return Listed(sorted(known, key=day, reverse=is_reversed), coming)


def rows_of(
    listed: CaseFilter, ids: list[int], coming: Coming | None, *, shows_notes: bool = True
) -> list[Row]:
    """Return cases with their next steps and reasons, in a constant number of queries.

    `coming` is what they wait for, if that is known already. A note stands for reasons that are
    not known unless `shows_notes` is off.
    """
    found = _shown(ids, listed.request.user)
    shown = [found[pk] for pk in ids if pk in found]
    if not shows_notes:
        shown = [case._replace(note="") for case in shown]
    policies = {case.semester: listed.semester_of[case.semester].policy for case in shown}
    if coming is None:
        coming = next_steps(
            steps.OpenCase(
                case.pk, case.rung, case.opened_at, case.confirmed_at, policies[case.semester]
            )
            for case in shown
            if case.status == CaseStatus.OPEN
        )
    words = {semester: indicator_words(policy) for semester, policy in policies.items()}
    names_counselor = sees_all(listed.request.user)
    return [
        _row(case, coming.get(case.pk), words[case.semester], names_counselor=names_counselor)
        for case in shown
    ]


def _shown(ids: list[int], user: User) -> dict[int, Shown]:
    """Return id → what a row shows of a case; of several evidences the newest, read last, stays."""
    known = Case.objects.filter(pk__in=ids).with_class("class_name").with_is_here()
    rows = (
        known.annotated(
            is_own=HANDLED.flag(user),
            sees_summary=SUMMARY.flag(user),
            sees_evidence=EVIDENCE.flag(user),
        )
        .order_by("evidence__happened_at", "evidence__pk")
        .values_list(*COLUMNS)
    )
    return {row[0]: Shown(*row) for row in rows}


def _row(
    case: Shown, coming: steps.NextStep | None, words: dict[str, str], *, names_counselor: bool
) -> Row:
    step = step_of(case, coming) if case.sees_summary else None
    causes = case.causes if case.sees_summary else []
    reasons = ", ".join(labels(causes, Cause))
    if not reasons and case.sees_evidence and case.never is not None:
        reasons = in_a_line(case, words)
    return Row(
        case.pk,
        case.name,
        case.nis,
        case.class_name or "",
        case.rung_seen,
        ENDED.get(case.status),
        next_said=_said(step) if step and case.is_own else "",
        due_on=step.due_on if step else None,
        reasons=reasons,
        counselor=case.counselor if names_counselor else "",
    )


def step_of(case: Shown | Case, coming: steps.NextStep | None) -> steps.NextStep | None:
    """Return what the case waits for: its end, if the student left and nothing is under way."""
    is_open = case.status == CaseStatus.OPEN
    if not is_open or case.is_here or (coming and coming.is_under_way):
        return coming
    return close_step(case.pk)


def _said(step: steps.NextStep) -> str:
    """Return "Panggilan I hari ini 09.00" if the step has an hour, else its text."""
    if step.at is None or step.due_on is None:
        return str(step.in_list or step.text)
    words = (step.short or step.text, wording.due(step.due_on), wording.clock_time(step.at))
    return " ".join(str(word) for word in words)

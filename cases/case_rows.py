"""The rows of a list of cases: in order, and each with what its viewer may read in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases import steps
from cases.acts import CASE_ACTS
from cases.filters import OPEN, CaseFilter
from cases.models import Case, CaseStatus, Cause, Evidence
from cases.models.case import BY_CLASS, CaseQuerySet
from cases.reasons import in_a_line
from school import wording
from school.fields import labels
from school.models import User

BY_NAME = ("student__name", "student__nis")
ORDERS = {
    "name": BY_NAME,
    "class": BY_CLASS,
    "rung": ("rung", *BY_NAME),
}
LATEST = date.max


@dataclass(frozen=True)
class Row:
    case: Case
    next_said: str
    """What the case waits for, for its counselor."""
    due_on: date | None
    reasons: str


@dataclass(frozen=True)
class Listed:
    """Cases in their order; what each waits for, where the order rests on it."""

    cases: "list[Case] | QuerySet[Case]"
    coming: dict[int, steps.NextStep] | None = None


def in_order(listed: CaseFilter) -> Listed:
    """Return them as asked; else open ones by what they wait for, others by name."""
    asked = listed.request.GET.get("sort", "")
    order = ORDERS.get(asked.removeprefix("-"))
    found = _seen(listed.qs, listed.request.user)
    if order is None and listed.value("status") == OPEN:
        return _by_due(list(found.order_by(*BY_NAME)), reverse=asked.startswith("-"))
    found = found.order_by(*(order or BY_NAME))
    return Listed(found.reverse() if asked.startswith("-") else found)


def _seen(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Return the cases, each with what `user` may see of it."""
    seen = cases.with_is_here().with_rights_of(user)
    return seen.select_related("student", "semester__policy")


def _by_due(cases: list[Case], *, reverse: bool) -> Listed:
    coming = steps.next_steps([case.pk for case in cases])
    cases.sort(key=lambda case: _urgency(case, coming.get(case.pk)), reverse=reverse)
    return Listed(cases, coming)


def _step_of(case: Case, coming: steps.NextStep | None) -> steps.NextStep | None:
    """Return what the case waits for: its end, if the student left and nothing is under way."""
    if case.status != CaseStatus.OPEN or case.is_here or (coming and coming.is_under_way):
        return coming
    url = CASE_ACTS.url("close", case)
    return steps.NextStep(_("Close the case: has left the school"), None, url)


def _urgency(case: Case, coming: steps.NextStep | None) -> tuple[date, str]:
    step = _step_of(case, coming)
    day = step.due_on if step and step.due_on and case.sees_summary else LATEST
    return day, case.student.name


def rows_of(cases: list[Case], coming: dict[int, steps.NextStep] | None, user: User) -> list[Row]:
    """Return the page's cases with their next steps and reasons, in a constant number of queries.

    `coming` is what they wait for, where it is known already.
    """
    if coming is None:
        coming = steps.next_steps([c.pk for c in cases if c.status == CaseStatus.OPEN])
    shown = Evidence.objects.visible_to(user).filter(case__in=cases)
    newest = {evidence.case_id: evidence for evidence in shown.order_by("happened_at", "pk")}
    return [_row(case, coming.get(case.pk), newest.get(case.pk)) for case in cases]


def _row(case: Case, coming: steps.NextStep | None, newest: Evidence | None) -> Row:
    step = _step_of(case, coming) if case.sees_summary else None
    causes = case.causes if case.sees_summary else []
    return Row(
        case=case,
        next_said=_said(step) if step and case.is_own else "",
        due_on=step.due_on if step else None,
        reasons=", ".join(labels(causes, Cause)) or _reason(case, newest),
    )


def _reason(case: Case, newest: Evidence | None) -> str:
    """Return the worst that its newest evidence shows, for who may see that."""
    return in_a_line(newest, case.semester.policy) if newest else ""


def _said(step: steps.NextStep) -> str:
    """Return "Panggilan I hari ini 09.00" where the step has an hour, else its words."""
    if step.at is None or step.due_on is None:
        return str(step.in_list or step.text)
    words = (step.short or step.text, wording.due(step.due_on), wording.clock_time(step.at))
    return " ".join(str(word) for word in words)

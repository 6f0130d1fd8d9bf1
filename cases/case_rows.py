"""The rows of a list of cases: in order, and each with what its viewer may read in it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from cases import steps
from cases.acts import CASE_ACTS
from cases.filters import OPEN, CaseFilter
from cases.models import Case, CaseStatus, Cause, Evidence
from cases.models.case import HANDLED, SUMMARY, CaseQuerySet
from cases.reasons import in_a_line
from school import wording
from school.fields import labels
from school.models import User

BY_NAME = ("student__name", "student__nis")
ORDERS = {
    "name": BY_NAME,
    "class": ("grade", "class_name", *BY_NAME),
    "rung": ("rung", *BY_NAME),
}
LATEST = date.max


@dataclass(frozen=True)
class Row:
    case: Any
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
    """As asked; else the open ones by what they wait for, most urgent first, others by name."""
    asked = listed.request.GET.get("sort", "")
    order = ORDERS.get(asked.removeprefix("-"))
    found = _seen(listed.qs, listed.request.user)
    if order is None and listed.value("status") == OPEN:
        return _by_due(list(found.order_by(*BY_NAME)))
    found = found.order_by(*(order or BY_NAME))
    return Listed(found.reverse() if asked.startswith("-") else found)


def _seen(cases: CaseQuerySet, user: User) -> QuerySet[Any]:
    """The cases, each with what `user` may see of it."""
    return (
        cases.with_is_here()
        .annotate(
            is_own=HANDLED.flag(user),
            sees_summary=SUMMARY.flag(user),
            newest=Subquery(_newest_evidence(user)),
        )
        .select_related("student", "semester__policy")
    )


def _newest_evidence(user: User) -> Any:
    """The figures and reasons of the newest evidence of a case, as JSON, for who may see them."""
    rows = Evidence.objects.visible_to(user).filter(case=OuterRef("pk"))
    parts = {name: name for name in ("never", "low", "missing", "reasons", "note")}
    return rows.order_by("-happened_at", "-pk").values(data=JSONObject(**parts))[:1]


def _by_due(cases: list[Case]) -> Listed:
    coming = steps.next_steps([case.pk for case in cases])
    return Listed(sorted(cases, key=lambda case: _urgency(case, coming.get(case.pk))), coming)


def _step_of(case: Any, coming: steps.NextStep | None) -> steps.NextStep | None:
    """What the case waits for: its end, where the student has left and nothing is under way."""
    if case.status != CaseStatus.OPEN or case.is_here or (coming and coming.is_under_way):
        return coming
    url = CASE_ACTS.url("close", case)
    return steps.NextStep(_("Close the case: has left the school"), None, url)


def _urgency(case: Any, coming: steps.NextStep | None) -> tuple[date, str]:
    step = _step_of(case, coming)
    day = step.due_on if step and step.due_on and case.sees_summary else LATEST
    return day, case.student.name


def rows_of(cases: list[Any], coming: dict[int, steps.NextStep] | None) -> list[Row]:
    """Return the page's cases with their next steps and reasons, in a constant number of queries.

    `coming` is what they wait for, where it is known already.
    """
    if coming is None:
        coming = steps.next_steps([c.pk for c in cases if c.status == CaseStatus.OPEN])
    return [_row(case, coming.get(case.pk)) for case in cases]


def _row(case: Any, coming: steps.NextStep | None) -> Row:
    step = _step_of(case, coming) if case.sees_summary else None
    causes = case.causes if case.sees_summary else []
    return Row(
        case=case,
        next_said=_said(step) if step and case.is_own else "",
        due_on=step.due_on if step else None,
        reasons=", ".join(labels(causes, Cause)) or _reason(case),
    )


def _reason(case: Any) -> str:
    """The worst that its newest evidence shows, for who may see that."""
    if not case.newest:
        return ""
    found = case.newest if isinstance(case.newest, dict) else json.loads(case.newest)
    codes = Evidence._meta.get_field("reasons").to_python(found.pop("reasons"))
    return in_a_line(Evidence(**found, reasons=codes), case.semester.policy)


def _said(step: steps.NextStep) -> str:
    """ "Panggilan I hari ini 09.00" where the step has an hour, else its words."""
    if step.at is None or step.due_on is None:
        return str(step.in_list or step.text)
    words = (step.short or step.text, wording.due(step.due_on), wording.clock_time(step.at))
    return " ".join(str(word) for word in words)

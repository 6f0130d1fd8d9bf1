"""Tasks of counselors: cases. The coordinator also gets cases whose counselor is missing."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases import steps
from cases.acts import CASE_ACTS
from cases.models import Case, CaseStatus, Evidence, EvidenceSource
from cases.models.case import CAN_REOPEN, HANDLED
from cases.models.evidence import IN_ORDER
from cases.next_steps import beside_the_ladder, on_the_ladder
from cases.permissions import acting_counselors
from cases.steps import NextStep
from school import permissions as may
from school.models import Policy, User
from school.models.users import CALLED, called
from school.tasks import Task, joined
from workflow.addresses import address


class Handled(NamedTuple):
    """An open case of the counselor, with what its tasks say about it."""

    pk: int
    rung: int
    opened_at: datetime
    confirmed_at: datetime | None
    semester_id: int
    student: str
    counselor_id: int | None
    class_name: str | None
    """Of the semester."""
    is_here: bool
    class_today: str | None = None
    counselor_today: int | None = None
    """Read for the coordinator alone."""


class Brought(NamedTuple):
    """Evidence that the counselor is to read or to review, with what its task says about it."""

    case_id: int
    status: str
    student: str
    semester_id: int
    source: str
    happened_at: datetime
    counselor_id: int | None
    by_name: str
    by_honorific: str
    by_goes_by: str
    list_id: int | None
    class_id: int | None
    class_name: str | None


COLUMNS = (
    *("pk", "rung", "opened_at", "confirmed_at", "semester", "student__name", "counselor"),
    *("class_name", "is_here"),
)
"""The columns of a case, in the order of `Handled`; the coordinator's follow."""
OF_EVIDENCE = (
    *("case", "case__status", "case__student__name", "case__semester"),
    *("source", "happened_at", "case__counselor", *(f"by__{name}" for name in CALLED)),
    *(f"decision__class_list{path}" for path in ("", "__school_class", "__school_class__name")),
)
"""The columns of evidence, in the order of `Brought`."""
Policies = dict[int, Policy]
"""Semester id → the policy of a semester that takes acts."""


def cases_waiting(user: User) -> list[Task]:
    """Return the tasks: reviews by list, next steps, new evidence, students who left or moved."""
    if not may.is_counselor(user):
        return []
    policies = {one.semester_id: one for one in Policy.objects.filter(semester__frozen_at=None)}
    cases = {case.pk: case for case in _handled(user)}
    evidence = _evidence(user)
    asked = [steps.OpenCase(*case[:4], policies[case.semester_id]) for case in cases.values()]
    found, beside = on_the_ladder(asked), beside_the_ladder(asked, for_home=True)
    to_review = {pk: found[pk][0] for pk in cases if found[pk][0].kind == "review"}
    lines = _reviews(cases, to_review, evidence)
    lines += _new_evidence(evidence, to_review, policies)
    for pk, case in cases.items():
        ladder = [] if pk in to_review else found[pk]
        lines += _next(case, [*ladder, *beside.get(pk, ())])
        if not case.is_here:
            lines.append(_close(case))
    if may.is_coordinator(user):
        acting = acting_counselors(user)
        lines += _without_counselor(cases, acting) + _moved(cases, acting)
    return lines


def _handled(user: User) -> list[Handled]:
    """Return open cases that `user` acts on, with the class of then; for the coordinator, who
    hears of those that moved, with the class of today too."""
    cases = (
        Case.objects.handled_by(user)
        .filter(status=CaseStatus.OPEN, semester__frozen_at=None)
        .with_class("class_name")
        .with_is_here()
    )
    columns: tuple[str, ...] = COLUMNS
    if may.is_coordinator(user):
        cases, columns = cases.with_class_today(), (*COLUMNS, "class_today", "counselor_today")
    return [Handled(*row) for row in cases.values_list(*columns)]


def _evidence(user: User) -> list[Brought]:
    """Return the evidence of cases to review, and what is unread of others, in order.

    A case belongs to the list that referred it first, read or not: `referred_first_by`.
    """
    unread = Q(noticed_at=None, case__status__in=(CaseStatus.OPEN, *CAN_REOPEN))
    to_review = Q(case__status=CaseStatus.OPEN, case__confirmed_at=None)
    rows = Evidence.objects.filter(
        HANDLED.where(user, "case"), unread | to_review, case__semester__frozen_at=None
    )
    return [Brought(*row) for row in rows.order_by(*IN_ORDER).values_list(*OF_EVIDENCE)]


def _reviews(
    cases: dict[int, Handled], to_review: dict[int, NextStep], evidence: list[Brought]
) -> list[Task]:
    """Return a task for each list that brought cases, and for each case opened directly.

    Who has left is counted with their list, but by themselves only waits to be closed.
    """
    by_list: dict[int, list[Brought]] = defaultdict(list)
    alone = dict.fromkeys(to_review)
    for one in evidence:
        if one.case_id in alone and one.list_id:
            by_list[one.list_id].append(one)
            del alone[one.case_id]
    lines = []
    for brought in by_list.values():
        if len(brought) == 1:
            alone[brought[0].case_id] = None
        else:
            lines.append(_review_of_list(brought, to_review))
    of_case = {one.case_id: one for one in evidence}
    here = (pk for pk in alone if cases[pk].is_here)
    return lines + [_review_of_case(cases[pk], to_review[pk], of_case.get(pk)) for pk in here]


def _review_of_list(brought: list[Brought], to_review: dict[int, NextStep]) -> Task:
    count = len(brought)
    title = ngettext("Review %(n)d new case", "Review %(n)d new cases", count) % {"n": count}
    return Task(
        what=title,
        url=f"{address('cases:new')}?list={brought[0].list_id}",
        icon=CASE_ACTS.icon("confirm"),
        look="review",
        group=brought[0].class_name or "",
        more=_came(brought[0]),
        due_on=min(filter(None, (to_review[one.case_id].due_on for one in brought)), default=None),
        place="cases",
        whose=brought[0].counselor_id,
    )


def _came(evidence: Brought) -> str:
    """Return "dari Pak Agus", who handed over the list, or "dibuka Pak Agus"."""
    by = called(evidence.by_name, evidence.by_honorific, evidence.by_goes_by)
    is_direct = evidence.source == EvidenceSource.DIRECT or evidence.class_name is None
    return (_("opened by %(name)s") if is_direct else _("from %(name)s")) % {"name": by}


def _review_of_case(case: Handled, step: NextStep, evidence: Brought | None) -> Task:
    return Task(
        what=pgettext("do", "Review"),
        whom=case.student,
        url=step.url,
        icon=CASE_ACTS.icon("confirm"),
        look="review",
        group=case.class_name or "",
        more=_came(evidence) if evidence else "",
        due_on=step.due_on,
        place="cases",
        whose=case.counselor_id,
    )


def _new_evidence(
    evidence: list[Brought], to_review: dict[int, NextStep], policies: Policies
) -> list[Task]:
    """Return tasks to read new evidence of open cases, or to consider reopening ended ones."""
    newest = {one.case_id: one for one in evidence if one.case_id not in to_review}
    return [_to_read(one, policies[one.semester_id]) for one in newest.values()]


def _to_read(evidence: Brought, policy: Policy) -> Task:
    is_open = evidence.status == CaseStatus.OPEN
    came = timezone.localdate(evidence.happened_at)
    return Task(
        what=_("New information") if is_open else _("Consider reopening"),
        whom=evidence.student,
        url=address("cases:case" if is_open else "cases:reopen", evidence.case_id),
        icon=CASE_ACTS.icon("confirm" if is_open else "reopen"),
        look="review",
        group=evidence.class_name or "",
        more=_came(evidence),
        due_on=policy.due(came, policy.review_days),
        place="cases",
        whose=evidence.counselor_id,
    )


def _next(case: Handled, coming: list[NextStep]) -> list[Task]:
    """Return the task of a case; if the student has left, only what keeps it from its end.

    The room of visits returns the task of a visit under way.
    """
    return [
        _step(case, step)
        for step in coming
        if not step.listed_apart and (case.is_here or step.is_under_way)
    ]


def _step(case: Handled, step: NextStep) -> Task:
    kind, what = steps.kind_of(step), step.short or step.text
    return Task(
        what=what,
        whom=case.student,
        url=step.url,
        icon=kind.icon,
        look=kind.look,
        group=case.class_name or "",
        more=step.detail,
        due_on=step.due_on,
        at=step.at,
        place="cases",
        whose=case.counselor_id,
    )


def _close(case: Handled) -> Task:
    return Task(
        what=_("Close the case"),
        whom=case.student,
        url=CASE_ACTS.url("close", case),
        icon=CASE_ACTS.icon("close"),
        look="review",
        group=case.class_name or "",
        more=_("has left the school"),
        place="cases",
        whose=case.counselor_id,
    )


def _without_counselor(cases: dict[int, Handled], acting: set[int]) -> list[Task]:
    """Return a task for the open cases of nobody, or of somebody who left the office."""
    count = sum(case.counselor_id not in acting for case in cases.values())
    if not count:
        return []
    words = ngettext("%(n)d case has no counselor", "%(n)d cases have no counselor", count)
    return [
        Task(
            what=words % {"n": count},
            url=address("cases:assign"),
            icon="person",
            look="late",
            more=_("Give each to a counselor"),
            place="cases",
        )
    ]


def _moved(cases: dict[int, Handled], acting: set[int]) -> list[Task]:
    """Return a task for the open cases whose student is now in another counselor's class."""
    moved = [
        case
        for case in cases.values()
        if case.counselor_id in acting and case.counselor_today in acting - {case.counselor_id}
    ]
    if not moved:
        return []
    words = ngettext("%(n)d case has moved class", "%(n)d cases have moved class", len(moved))
    classes = ", ".join(sorted({case.class_today or "" for case in moved}))
    return [
        Task(
            what=words % {"n": len(moved)},
            url=address("cases:assign") + "#moved",
            icon="arrow-repeat",
            look="accent",
            more=joined(classes, _("still with the earlier counselor")),
            place="cases",
        )
    ]

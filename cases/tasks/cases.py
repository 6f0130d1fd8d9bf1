"""Cases that wait for their counselor; the coordinator also hears whose counselor is missing."""

from collections import defaultdict
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases import steps
from cases.acts import CASE_ACTS
from cases.models import Case, CaseStatus, Evidence, EvidenceSource
from cases.models.case import HANDLED, CaseQuerySet
from cases.models.evidence import EvidenceQuerySet
from cases.steps import NextStep
from school import permissions as may
from school import wording
from school.models import User
from school.tasks import Task, about, joined
from workflow import clock

OF_EVIDENCE = (
    *("source", "happened_at", "by__name", "by__honorific"),
    *("case__status", "case__student__name", "case__semester__policy__review_days"),
    "decision__class_list__school_class__name",
)
"""What is read of evidence to say what came."""
CAN_REOPEN = (CaseStatus.RESOLVED, CaseStatus.REFERRED, CaseStatus.CLOSED)


def cases_waiting(user: User) -> list[Task]:
    """Return reviews by list, next steps, new evidence, and who left or moved."""
    if not may.is_counselor(user):
        return []
    cases = {case.pk: case for case in _handled(user)}
    unread = list(_unread(user))
    found, beside = steps.on_the_ladder(cases), steps.beside_the_ladder(cases)
    to_review = {pk: found[pk] for pk in cases if found[pk].kind == "review"}
    lines = _reviews(cases, to_review, unread)
    lines += _new_evidence(unread, to_review)
    for pk, case in cases.items():
        ladder = [] if pk in to_review else [found[pk]]
        lines += _next(case, [*ladder, *beside.get(pk, ())])
        if not (case.is_here or pk in to_review):
            lines.append(_close(case))
    if may.is_coordinator(user):
        lines += _without_counselor(cases) + _moved(cases)
    return lines


def _handled(user: User) -> CaseQuerySet:
    """Return open cases that `user` acts on, with the class of then; for the coordinator, who
    hears of those that moved, with the class of today too."""
    cases = (
        Case.objects.handled_by(user)
        .filter(status=CaseStatus.OPEN, semester__frozen_at=None)
        .with_class("class_name")
        .with_is_here()
    )
    if not may.is_coordinator(user):
        return cases.select_related("student").only("student__name")
    known = cases.with_class_today().select_related("student", "counselor")
    return known.only("student__name", "counselor__name", "counselor__honorific")


def _unread(user: User) -> EvidenceQuerySet:
    """Return what nobody has looked at yet, of cases that are open or can be opened again."""
    return (
        Evidence.objects.filter(
            HANDLED.where(user, "case"),
            noticed_at=None,
            case__status__in=(CaseStatus.OPEN, *CAN_REOPEN),
            case__semester__frozen_at=None,
        )
        .select_related(
            "by",
            "case__student",
            "case__semester__policy",
            "decision__class_list__school_class",
        )
        .only(*OF_EVIDENCE)
        .order_by("happened_at")
    )


def _reviews(
    cases: dict[int, Case], to_review: dict[int, NextStep], unread: list[Evidence]
) -> list[Task]:
    """Return one line for each list that brought cases, one for each case that came alone."""
    by_list: dict[int, list[Evidence]] = defaultdict(list)
    alone = dict.fromkeys(to_review)
    for evidence in unread:
        if evidence.case_id in alone and evidence.decision:
            by_list[evidence.decision.class_list_id].append(evidence)
            del alone[evidence.case_id]
    lines = []
    for brought in by_list.values():
        if len(brought) == 1:
            alone[brought[0].case_id] = None
        else:
            lines.append(_review_of_list(brought, to_review))
    of_case = {evidence.case_id: evidence for evidence in unread}
    return lines + [_review_of_case(cases[pk], to_review[pk], of_case.get(pk)) for pk in alone]


def _review_of_list(brought: list[Evidence], to_review: dict[int, NextStep]) -> Task:
    decision = brought[0].decision
    assert decision is not None  # a class list brings it with its decision
    class_list = decision.class_list
    count = len(brought)
    title = ngettext("Review %(n)d new case", "Review %(n)d new cases", count) % {"n": count}
    query = {"class": class_list.school_class_id, "rung": "REVIEW"}
    return Task(
        title=title,
        url=reverse("cases:cases") + "?" + urlencode(query),
        icon=CASE_ACTS.icon("confirm"),
        kind="review",
        sub=_came(brought[0]),
        due_on=min(filter(None, (to_review[one.case_id].due_on for one in brought)), default=None),
        place="cases",
    )


def _came(evidence: Evidence) -> str:
    """Return "dari XI IPS 1, diserahkan Pak Agus"."""
    by = evidence.by.short_name
    if evidence.source == EvidenceSource.DIRECT or evidence.decision is None:
        return _("opened directly by %(name)s") % {"name": by}
    of_class = evidence.decision.class_list.school_class.name
    return _("from %(class)s, handed over by %(name)s") % {"class": of_class, "name": by}


def _review_of_case(case: Case, step: NextStep, evidence: Evidence | None) -> Task:
    return Task(
        title=about(pgettext("do", "Review"), case.student.name),
        url=step.url,
        icon=CASE_ACTS.icon("confirm"),
        kind="review",
        sub=_came(evidence) if evidence else case.class_name or "",
        due_on=step.due_on,
        place="cases",
    )


def _new_evidence(unread: list[Evidence], to_review: dict[int, NextStep]) -> list[Task]:
    """Return lines for open cases to be read, for ended ones to think of reopening."""
    newest = {evidence.case_id: evidence for evidence in unread}
    return [
        Task(
            title=about(
                _("New evidence") if evidence.case.is_open else _("Reopen?"),
                evidence.case.student.name,
            ),
            url=reverse("cases:case", args=[case_id]),
            icon=CASE_ACTS.icon("confirm") if evidence.case.is_open else CASE_ACTS.icon("reopen"),
            kind="review",
            sub=_came(evidence),
            due_on=_to_read_by(evidence),
            place="cases",
        )
        for case_id, evidence in newest.items()
        if case_id not in to_review
    ]


def _to_read_by(evidence: Evidence) -> date:
    days = timedelta(days=evidence.case.semester.policy.review_days)
    return timezone.localdate(evidence.happened_at) + days


def _next(case: Case, coming: list[NextStep]) -> list[Task]:
    """Return what a case waits for; of one whose student has left only what keeps it from its end.

    A visit under way is said by its own room.
    """
    return [
        _step(case, step)
        for step in coming
        if not step.listed_apart and (case.is_here or step.is_under_way)
    ]


def _step(case: Case, step: NextStep) -> Task:
    kind, what = steps.kind_of(step), step.short or step.text
    if step.at and timezone.localdate(step.at) == clock.today():
        words = {"what": what, "time": wording.clock_time(step.at)}
        what = _("%(what)s at %(time)s") % words
    return Task(
        title=about(what, case.student.name),
        url=step.url,
        icon=kind.icon,
        kind=kind.look,
        sub=joined(case.class_name or "", step.detail),
        due_on=step.due_on,
        at=step.at,
        place="cases",
    )


def _close(case: Case) -> Task:
    return Task(
        title=about(_("Close the case"), case.student.name),
        url=CASE_ACTS.url("close", case),
        icon=CASE_ACTS.icon("close"),
        kind="review",
        sub=joined(case.class_name or "", _("has left the school")),
        place="cases",
    )


def _without_counselor(cases: dict[int, Case]) -> list[Task]:
    count = sum(case.counselor_id is None for case in cases.values())
    if not count:
        return []
    words = ngettext("%(n)d case has no counselor", "%(n)d cases have no counselor", count)
    return [
        Task(
            title=words % {"n": count},
            url=reverse("cases:cases") + "?" + urlencode({"counselor": "none"}),
            icon="person",
            kind="late",
            sub=_("They wait with you until their class has a counselor"),
            place="cases",
        )
    ]


def _moved(cases: dict[int, Case]) -> list[Task]:
    """Return a line for each student of an open case who sits in a class of another counselor."""
    return [
        Task(
            title=about(_("Moved to another class"), case.student.name),
            url=reverse("cases:case", args=[pk]),
            icon="arrow-repeat",
            kind="accent",
            sub=_("now in %(class)s, the case is with %(name)s")
            % {"class": case.class_today, "name": case.counselor.short_name},
            place="cases",
        )
        for pk, case in cases.items()
        if case.counselor and case.counselor_today not in {None, case.counselor_id}
    ]

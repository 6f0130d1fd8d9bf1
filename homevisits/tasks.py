"""Tasks of the principal, the counselor and the visitors: home visits."""

from datetime import datetime

from django.db.models import Count, Min, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import CaseStatus
from cases.models.case import HANDLED
from homevisits.acts import VISIT_ACTS
from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import (
    GONE_TO,
    VisitQuerySet,
    asks_for_approval,
    may_go_ahead,
    went_ahead,
)
from homevisits.permissions import may_see_visits
from school import permissions as may
from school import wording
from school.head import head
from school.models import User
from school.models.users import CALLED
from school.tasks import Task, joined
from workflow import clock
from workflow.addresses import address

S = VisitStatus


ASKED = (
    *("case__counselor", "status", "is_urgent", "scheduled_for", "approved_at"),
    *("proposed_on", "wished_until"),
    *("case__student__name", "case__student__street", "case__student__village"),
    *("case__semester__policy__attempt_days", "case__semester__policy__visit_report_days"),
    *("case__semester__policy__free_weekdays", "case__semester__policy__holidays"),
    "case__semester__policy__visits_need_approval",
)
"""The columns of a visit that decide its task."""


SEVERAL = 2
"""Visits on a day from which on a list of them helps."""


def waiting(user: User) -> list[Task]:
    """Return the lines for `user`; five queries at most, at any number of visits."""
    if not may_see_visits(user):
        return []
    return [*_decisions(user), *_visits(user)]


def visits_waiting(user: User) -> int:
    """Return how many visits wait, for the count beside *Visits*."""
    return _to_do(user).count()


def decisions_waiting(user: User) -> VisitQuerySet:
    """Return the proposals and urgent visits that wait for the principal."""
    if not may.is_principal(user):
        return Visit.objects.none()
    return Visit.objects.visible_to(user).filter(waits_for_principal())


def waits_for_principal() -> Q:
    """Return the filter for proposals to decide on, and urgent visits to acknowledge."""
    return _is_proposed() | went_ahead()


def _is_proposed() -> Q:
    return asks_for_approval() & Q(case__status=CaseStatus.OPEN)


def _decisions(user: User) -> list[Task]:
    """Return one line for all proposals, and one for each urgent visit that went ahead."""
    if not may.is_principal(user):
        return []
    url = address("homevisits:proposals")
    seen = Visit.objects.visible_to(user)
    urgent = seen.filter(went_ahead()).order_by()
    lines = [
        _acknowledge(student, at, url)
        for student, at in urgent.values_list("case__student__name", "scheduled_for")
    ]
    proposed = seen.filter(_is_proposed()).aggregate(n=Count("pk"), since=Min("proposed_on"))
    if count := proposed["n"]:
        words = ngettext("Decide on %(n)d visit", "Decide on %(n)d visits", count)
        day = wording.formatted(proposed["since"], "j F")
        since = _("proposed since %(day)s") % {"day": day}
        title = words % {"n": count}
        line = Task(title, url, "door-open", "visit", more=since, place="approvals", count=count)
        lines.append(line)
    return lines


def _acknowledge(student: str, at: datetime | None, url: str) -> Task:
    """Return the line of an urgent visit. Why it is urgent is read on the page behind it."""
    return Task(
        what=_("Acknowledge"),
        whom=student,
        group=wording.formatted(at, "j F") if at else "",
        url=url,
        icon="exclamation-triangle",
        look="late",
        more=_("urgent visit"),
        place="approvals",
    )


def _to_do(user: User) -> VisitQuerySet:
    """Return the approved visits to schedule, and the scheduled ones to make or record."""
    to_make = Q(status=S.SCHEDULED)
    found = to_make & GONE_TO.where(user)
    if may.is_counselor(user):
        own = HANDLED.where(user, "case") & Q(case__status=CaseStatus.OPEN)
        found |= own & (to_make | Q(status=S.APPROVED) | may_go_ahead())
    return Visit.objects.under_way().filter(found)


def _visits(user: User) -> list[Task]:
    found = _to_do(user)
    if not may.is_counselor(user) and not found.exists():
        return []
    known = found.with_class().select_related("case__student", "case__semester__policy")
    visitors = Prefetch("visitors", User.objects.only(*CALLED))
    visits = known.only(*ASKED).prefetch_related(visitors).order_by()
    lines = [_visit(visit, visit.class_name or "", user) for visit in visits]
    return [*_day(list(visits), user), *lines]


def _day(visits: list[Visit], user: User) -> list[Task]:
    """Return the line of the day's list, if `user` goes on several visits today."""
    today = clock.today()
    goes = [
        visit.scheduled_for
        for visit in visits
        if visit.status == S.SCHEDULED
        and visit.scheduled_for
        and clock.day_of(visit.scheduled_for) == today
        and _whose(visit, user) is None
    ]
    if len(goes) < SEVERAL:
        return []
    return [
        Task(
            what=ngettext("%(n)d visit today", "%(n)d visits today", len(goes)) % {"n": len(goes)},
            url=address("homevisits:day"),
            icon="geo-alt",
            look="visit",
            more=_("the day's list, with the way"),
            at=min(goes),
        )
    ]


def _visit(visit: Visit, class_name: str, user: User) -> Task:
    at = visit.scheduled_for
    if visit.status != S.SCHEDULED or at is None:
        return _schedule(visit, class_name, user)
    if at <= clock.now():
        return _record(visit, class_name, at, user)
    student = visit.case.student
    others = [v.called for v in visit.visitors.all() if v.pk != user.pk]
    company = _("with %(names)s") % {"names": ", ".join(others)} if others else ""
    return Task(
        what=_("Home visit"),
        whom=student.name,
        url=visit.get_absolute_url(),
        icon="calendar3",
        look="visit",
        more=joined(student.short_address, company),
        due_on=visit.due_on,
        at=at,
        place="visits",
        whose=_whose(visit, user),
    )


def _whose(visit: Visit, user: User) -> int | None:
    """Return the counselor whose task it is; None for a visit that one goes on oneself."""
    goes = any(visitor.pk == user.pk for visitor in visit.visitors.all())
    return None if goes else visit.case.counselor_id


def _record(visit: Visit, class_name: str, at: datetime, user: User) -> Task:
    """Return the task of a visit whose time has come: to write what was found."""
    due_on, day = visit.due_on, wording.formatted(at, "j F")
    return Task(
        what=_("Record the visit"),
        whom=visit.case.student.name,
        url=VISIT_ACTS.url("record", visit),
        icon=VISIT_ACTS.icon("record"),
        look="late" if due_on and due_on < clock.today() else "visit",
        group=class_name,
        more=_("%(day)s, no report yet") % {"day": day},
        due_on=due_on,
        at=at,
        place="visits",
        whose=_whose(visit, user),
    )


def _schedule(visit: Visit, class_name: str, user: User) -> Task:
    is_approved = visit.status == S.APPROVED
    return Task(
        what=_("Schedule the visit"),
        whom=visit.case.student.name,
        url=VISIT_ACTS.url("schedule", visit),
        icon=VISIT_ACTS.icon("schedule"),
        look="visit",
        group=class_name,
        more=_("approved by the %(head)s") % {"head": head()} if is_approved else "",
        due_on=visit.due_on,
        place="visits",
        whose=_whose(visit, user),
    )

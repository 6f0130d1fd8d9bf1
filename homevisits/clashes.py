"""What speaks against an hour for a visit: sentences that ask for a tick, and refuse nothing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.models import Summons
from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import A_VISIT
from school import wording
from school.distance import kilometres
from school.models import User
from workflow import clock
from workflow.errors import Text

KM_PER_HOUR = 20
"""On village roads, for the distance as the crow flies."""
LONGEST_WAY = timedelta(hours=4)
"""Between the begins of two visits; beyond it no way is too long."""


def clashes(visit: Visit, at: datetime, visitors: Collection[User], reader: User) -> list[Text]:
    """Return the sentences; they name a student only if `reader` may see that visit or summons."""
    return [
        *_free(visit, at),
        *_visits(visit, at, visitors, reader),
        *_meetings(at, visitors, reader),
    ]


def _free(visit: Visit, at: datetime) -> Iterator[Text]:
    semester, day = visit.case.semester, clock.day_of(at)
    if why := semester.policy.calendar.why_free(day):
        yield _("No school on that day: %(why)s.") % {"why": why}
    if day > semester.ends_on:
        last = wording.full_day(semester.ends_on)
        yield _("The semester of the case ends before, on %(last)s.") % {"last": last}


def _visits(visit: Visit, at: datetime, visitors: Collection[User], reader: User) -> Iterable[Text]:
    around = {"scheduled_for__gt": at - LONGEST_WAY, "scheduled_for__lt": at + LONGEST_WAY}
    rows = Visit.objects.filter(status=VisitStatus.SCHEDULED, **around).exclude(pk=visit.pk)
    goes = {person.pk: person.called for person in visitors}
    named = Visit.visitors.through.objects.filter(user__in=goes, visit__in=rows.order_by())
    pairs = list(named.values_list("visit", "user"))
    known = rows.filter(pk__in={pk for pk, _who in pairs}).with_is_own(reader)
    others = {one.pk: one for one in known.select_related("case__student").order_by()}
    # One of them may have been cancelled since the pairs were read.
    still = [(pk, who) for pk, who in pairs if pk in others]
    found = sorted((others[pk].planned_at, goes[who], pk) for pk, who in still)
    said = (_said(visit, at, others[pk], called) for _planned_at, called, pk in found)
    return filter(None, said)


def _said(visit: Visit, at: datetime, other: Visit, called: str) -> str:
    """Return why somebody cannot make both visits; "" if they can."""
    gap = abs(at - other.planned_at)
    student = other.case.student
    words = {"name": called, "time": wording.clock_time(other.planned_at), "whom": student.name}
    if gap < A_VISIT:
        if other.is_own:
            return _("%(name)s has another visit at %(time)s: %(whom)s.") % words
        return _("%(name)s has another visit at %(time)s.") % words
    here, there = visit.case.student.point, student.point
    km = kilometres(here, there) if here and there else 0.0
    on_the_road = timedelta(hours=km / KM_PER_HOUR)
    if gap >= A_VISIT + on_the_road:
        return ""
    if not other.is_own:
        return _("%(name)s has a visit at %(time)s, too far away to make both.") % words
    words |= {
        "km": wording.figure(km, 1),
        "minutes": str(round(on_the_road.total_seconds() / 60)),
        "village": student.village or student.street,
    }
    return (
        _(
            "%(name)s visits %(whom)s at %(time)s in %(village)s, %(km)s km away: about "
            "%(minutes)s minutes on the road."
        )
        % words
    )


def _meetings(at: datetime, visitors: Collection[User], reader: User) -> Iterator[Text]:
    near = Summons.objects.meetings_near(at).filter(case__counselor__in=visitors)
    shown = set(near.visible_to(reader).order_by().values_list("pk", flat=True))
    for summons in near.select_related("case__student", "case__counselor"):
        host, student = summons.case.counselor, summons.case.student
        words = {"name": host.called if host else "", "time": wording.clock_time(summons.meets_at)}
        if summons.pk in shown:
            words["whom"] = student.name
            yield _("%(name)s is meeting a family at %(time)s: %(whom)s.") % words
        else:
            yield _("%(name)s is meeting a family at %(time)s.") % words

"""What speaks against an hour for a visit: sentences that ask for a tick, and refuse nothing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.appointments import Busy, Person, busy
from homevisits.appointments import A_HOME_VISIT, Visits, pairs_of
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
    """Return the sentences; they name a student only if `reader` may see what is in the way."""
    return [
        *_free(visit, at),
        *_visits(visit, at, visitors, reader),
        *busy(visitors, at, reader, but_kind=Visits.name),
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
    pairs = pairs_of(rows, visitors)
    known = rows.filter(pk__in={pk for pk, _who in pairs}).with_is_own(reader)
    others = {one.pk: one for one in known.select_related("case__student").order_by()}
    # One of them may have been cancelled since the pairs were read.
    still = [(pk, who) for pk, who in pairs if pk in others]
    found = sorted((others[pk].planned_at, goes[who], pk, who) for pk, who in still)
    said = (_said(visit, at, others[pk], Person(who, called)) for _at, called, pk, who in found)
    return filter(None, said)


def _said(visit: Visit, at: datetime, other: Visit, who: Person) -> str:
    """Return why somebody cannot make both visits; "" if they can."""
    gap = abs(at - other.planned_at)
    student = other.case.student
    if gap < A_VISIT:
        return str(Busy(who, other.planned_at, A_HOME_VISIT, student.name if other.is_own else ""))
    time = wording.clock_time(other.planned_at)
    words = {"name": who.called, "time": time, "whom": student.name}
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

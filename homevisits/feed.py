"""A person's visits as a calendar file: the time and a link, and nothing about a student."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import A_VISIT
from school.models import User
from workflow import clock
from workflow.models import ActionEntry

KEPT = timedelta(days=30)
SHOWN = (VisitStatus.SCHEDULED, VisitStatus.RECORDED, VisitStatus.CANCELLED)
AT_MOST = 500


@dataclass(frozen=True)
class Changed:
    """How often a visit changed, and when last; by the log, so that both only grow."""

    times: int
    last: datetime


def calendar_of(person: User, link: Callable[[str], str], host: str) -> bytes:
    """Return the calendar of the visits on which `person` goes, or whose counselor they are.

    It begins 30 days ago. `link` makes the full address of a page, `host`
    is that of the school, which tells its visits from those of others. Two queries.
    """
    named = Visit.visitors.through.objects.filter(user=person).values("visit")
    own = Q(pk__in=named) | Q(case__counselor=person)
    planned = {"status__in": SHOWN, "scheduled_for__gte": clock.now() - KEPT}
    seen = Visit.objects.visible_to(person).filter(own, **planned)
    visits = list(seen.order_by("scheduled_for", "pk")[:AT_MOST])
    changes = _changes(visit.pk for visit in visits)
    calendar = Calendar()
    calendar.add("prodid", "-//Sambang//Kunjungan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", pgettext("rung", "Home visit"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for visit in visits:
        calendar.add_component(_event(visit, changes.get(visit.pk), link, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _changes(ids: Iterable[int]) -> dict[int, Changed]:
    acts = ActionEntry.objects.filter(kind=Visit._meta.label_lower, object_id__in=list(ids))
    rows = acts.values_list("object_id").annotate(times=Count("pk"), last=Max("logged_at"))
    return {pk: Changed(times, last) for pk, times, last in rows.order_by()}


def _event(visit: Visit, changed: Changed | None, link: Callable[[str], str], host: str) -> Event:
    assert visit.scheduled_for
    at = timezone.localtime(visit.scheduled_for)
    url = link(visit.get_absolute_url())
    is_cancelled = visit.status == VisitStatus.CANCELLED
    event = Event()
    event.add("uid", f"kunjungan-{visit.pk}@{host}")
    event.add("summary", pgettext("rung", "Home visit"))
    event.add("dtstart", at)
    event.add("dtend", at + A_VISIT)
    event.add("url", url)
    event.add("description", url)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    last = changed.last if changed else visit.scheduled_for
    event.add("dtstamp", last)
    event.add("last-modified", last)
    event.add("sequence", changed.times if changed else 0)
    return event

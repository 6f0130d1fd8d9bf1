"""A person's visits and meetings as a calendar file: time and link, and nothing about a student."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cases.appointments import Dated, fed
from homevisits.models.visit import A_VISIT
from school.models import User
from workflow import clock
from workflow.models import ActionEntry

KEPT = timedelta(days=30)
AT_MOST = 500
Key = tuple[str, int]
"""Of a thing in the log: its kind and id."""


@dataclass(frozen=True)
class Changed:
    """How often something changed, and when last; by the log, so that both only grow."""

    times: int
    last: datetime


def calendar_of(person: User, link: Callable[[str], str], host: str) -> bytes:
    """Return the calendar of what concerns `person`: as a visitor, as invited, as the counselor.

    It begins 30 days ago. `link` makes the full address of a page, `host` is that of the school,
    which tells its entries from those of others. One query for each kind, and one of the log.
    """
    found = fed(person, clock.now() - KEPT, AT_MOST)
    changes = _changes([one.thing for one in found])
    calendar = Calendar()
    calendar.add("prodid", "-//Sambang//Kunjungan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Visits and meetings"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for one in found:
        calendar.add_component(_event(one, changes.get(_key(one.thing)), link, host))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _key(thing: models.Model) -> Key:
    return thing._meta.label_lower, thing.pk


def _changes(things: Iterable[models.Model]) -> dict[Key, Changed]:
    ids: dict[str, list[int]] = {}
    for kind, pk in map(_key, things):
        ids.setdefault(kind, []).append(pk)
    of_them = Q(pk=None)
    for kind, pks in ids.items():
        of_them |= Q(kind=kind, object_id__in=pks)
    rows = ActionEntry.objects.filter(of_them).values_list("kind", "object_id")
    counted = rows.annotate(times=Count("pk"), last=Max("logged_at")).order_by()
    return {(kind, pk): Changed(times, last) for kind, pk, times, last in counted}


def _event(one: Dated, changed: Changed | None, link: Callable[[str], str], host: str) -> Event:
    at = timezone.localtime(one.at)
    url = link(one.url)
    event = Event()
    event.add("uid", f"{one.uid}@{host}")
    event.add("summary", one.word)
    event.add("dtstart", at)
    event.add("dtend", at + A_VISIT)
    event.add("url", url)
    event.add("description", url)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    last = changed.last if changed else one.at
    event.add("dtstamp", last)
    event.add("last-modified", last)
    event.add("sequence", changed.times if changed else 0)
    return event

"""What a visitor takes along on the phone: the pages of a visit that open without a network."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from homevisits.models import Visit, VisitStatus
from homevisits.permissions import may_record
from school.models import User
from school.taken import Take
from school.wording import clock_time, day_of_any_year, full_day


def takes_of(visit: Visit, user: User) -> list[Take]:
    """Return what `user` may take along of a visit: its page and its report while it is to come."""
    if visit.status != VisitStatus.SCHEDULED or not may_record(user, visit):
        return []
    return [taken_along(visit)]


def takes_of_day(day: date, visits: Iterable[Visit]) -> list[Take]:
    """Return the list of a visitor's own day, and each visit of it that is still to come."""
    found = [taken_along(one) for one in visits if one.status == VisitStatus.SCHEDULED]
    if not found:
        return []
    address = reverse("homevisits:day", kwargs={"day": day})
    return [Take(title=full_day(day), address=address, pages=[address]), *found]


def taken_along(visit: Visit) -> Take:
    """Return the pages of a scheduled visit, which has its case and student at hand."""
    address = visit.get_absolute_url()
    title = visit.case.student.name
    if visit.scheduled_for:
        title += f" · {day_of_any_year(visit.scheduled_for)}, {clock_time(visit.scheduled_for)}"
    more = [reverse(f"homevisits:{name}", args=[visit.pk]) for name in ("report", "photos")]
    return Take(title=title, address=address, pages=[address, *more])

"""The list of one visitor's visits on a day, to take along or to print."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homevisits.day_filter import DayListFilter
from homevisits.day_list import Stop, stops
from homevisits.permissions import may_see_visits
from homevisits.taken import takes_of_day
from school.free_days import why_free
from school.models import SchoolProfile
from school.taken import Take
from workflow import clock
from workflow.views import logs_access


@logs_access("homevisits.visit")
@require_safe
def day(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """Show the day of an address, or today, of the reader or of another visitor."""
    if not may_see_visits(request.user):
        raise PermissionDenied
    shown = day or clock.today()
    asked = DayListFilter(request, shown)
    school = SchoolProfile.current().point
    rows = stops(asked.visits, asked.value("order"), school, request.user)
    whose = asked.whose
    hours = [row.visit.planned_at for row in rows]
    context = {
        "asked": asked,
        "day": shown,
        "rows": rows,
        "whose": whose,
        "is_out_of_time": hours != sorted(hours),
        "is_mine": whose == request.user,
        "meetings": asked.meetings,
        "takes": _takes(shown, rows) if whose == request.user else [],
        "has_school": school is not None,
        "why_free": why_free(shown, asked.every_semester.values()),
        "shows": "day",
        **_links(request, shown),
    }
    return render(request, "homevisits/day.html", context)


def _takes(day: date, rows: list[Stop]) -> list[Take]:
    return takes_of_day(day, [row.visit for row in rows])


def _links(request: HttpRequest, day: date) -> dict[str, object]:
    """Return the addresses of the days around it, and of the other views."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    a_day = timedelta(days=1)
    around = {"before": day - a_day, "now": clock.today(), "after": day + a_day}
    links = {
        name: reverse("homevisits:day", kwargs={"day": on}) + query for name, on in around.items()
    }
    return {
        **links,
        "is_now": day == clock.today(),
        "list_url": reverse("homevisits:visits"),
        "month_url": reverse("homevisits:month", kwargs={"month": day}),
        "week_url": reverse("homevisits:week", kwargs={"week": day}),
        "day_url": request.get_full_path(),
    }

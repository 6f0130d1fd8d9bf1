"""The calendar of visits and meetings: a month, a week."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homevisits import calendar
from homevisits.calendar_filter import CalendarFilter
from homevisits.permissions import may_see_visits
from workflow import clock
from workflow.views import logs_access

MONTH, WEEK, DAY = "homevisits:month", "homevisits:week", "homevisits:day"


@logs_access("homevisits.visit")
@require_safe
def month(request: HttpRequest, month: date | None = None) -> HttpResponse:
    """Show the month of an address, or this one."""
    first = month or clock.today().replace(day=1)
    asked, days = _days(request, *calendar.month_span(first), month=first.month)
    context = {
        "weeks": calendar.weeks(days),
        "holidays": [day for day in days if day.is_holiday and not day.is_outside],
        "opened": calendar.opened_first(days),
        "before": _url(MONTH, calendar.month_before(first), asked),
        "after": _url(MONTH, calendar.next_month(first), asked),
        "now": _url(MONTH, clock.today(), asked),
        "week_url": _url(WEEK, _day_within(first), asked),
        "day_url": _url(DAY, _day_within(first), asked),
        "is_now": first == clock.today().replace(day=1),
    }
    return _page(request, "month", asked, days, {**context, "first": first})


@logs_access("homevisits.visit")
@require_safe
def week(request: HttpRequest, week: date | None = None) -> HttpResponse:
    """Show the week of an address, or this one."""
    first = week or calendar.monday_of(clock.today())
    asked, days = _days(request, first, first + timedelta(days=calendar.WEEK - 1))
    context = {
        "hours": calendar.hours(days),
        "before": _url(WEEK, first - timedelta(days=calendar.WEEK), asked),
        "after": _url(WEEK, first + timedelta(days=calendar.WEEK), asked),
        "now": _url(WEEK, clock.today(), asked),
        "month_url": _url(MONTH, first, asked),
        "day_url": _url(DAY, _day_within(first, days=calendar.WEEK), asked),
        "is_now": any(day.is_today for day in days),
        "last": days[-1].day,
    }
    return _page(request, "week", asked, days, {**context, "first": first})


def _days(
    request: HttpRequest, first: date, last: date, month: int | None = None
) -> tuple[CalendarFilter, list[calendar.Day]]:
    if not may_see_visits(request.user):
        raise PermissionDenied
    asked = CalendarFilter(request, first, last)
    semesters = asked.every_semester.values()
    return asked, calendar.days_of(first, last, asked.entries, semesters, month)


def _page(
    request: HttpRequest,
    name: str,
    asked: CalendarFilter,
    days: list[calendar.Day],
    context: dict[str, object],
) -> HttpResponse:
    shown = {"shows": name, "asked": asked, "days": days, "rows": asked.entries}
    links = {"list_url": reverse("homevisits:visits"), f"{name}_url": request.get_full_path()}
    return render(request, f"homevisits/{name}.html", {**links, **shown, **context})


def _day_within(first: date, days: int = 0) -> date:
    """Return today if it is one of so many days, or of the month, that begin on `first`; else that
    day."""
    today = clock.today()
    end = first + timedelta(days=days) if days else calendar.next_month(first)
    return today if first <= today < end else first


def _url(name: str, day: date, asked: CalendarFilter) -> str:
    return reverse(name, kwargs={name.partition(":")[2]: day}) + asked.query

"""A semester that goes on: where its cases stand, their trend, who waits for whom, what is late."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recaps.tasks.late import Late, late_in
from reports.filters import LateFilter
from reports.permissions import may_read_evaluations, may_read_who_owes
from reports.running.late import offices, rows_of
from reports.running.late_rows import shown
from reports.running.stands import open_cases, stands_of
from reports.running.tables import by_rung, by_wait, of_offices
from reports.running.trend import chart_of, trend_of
from reports.selection import select
from school.models import Semester, User
from workflow import clock
from workflow.views import logs_access


@logs_access("reports.running")
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    """Show where the cases of a semester stand now, their trend, and who waits for whom.

    The page of the semester asks for it as a part of itself.
    """
    _check(request.user)
    selected = select(request)
    if selected is None:
        return render(request, "reports/semester_none.html")
    asked, selection = selected
    semester, is_part = selection.last, "HX-Request" in request.headers
    context = {
        "selection": selection,
        "asked": asked,
        "today": clock.today(),
        "is_part": is_part,
        "semester": semester,
        "trend": chart_of(trend_of(semester)),
        **({} if semester.frozen_at else _now(semester, request.user)),
    }
    name = "reports/running_parts.html" if is_part else "reports/running.html"
    return render(request, name, context)


def _now(semester: Semester, user: User) -> dict[str, object]:
    """Return what waits in a semester that takes acts."""
    cases = open_cases(semester, user)
    stands = stands_of(cases)
    return {
        "by_rung": by_rung(stands),
        "by_wait": by_wait(stands),
        "owed": of_offices(offices(late_in(semester), cases, user)),
    }


@logs_access("reports.running")
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """List the recaps and class lists that are late, with who owes them."""
    _check(request.user)
    asked = LateFilter(request)
    semester = asked.chosen
    goes_on = semester is not None and not semester.frozen_at
    rows = rows_of(late_in(semester) if semester and goes_on else Late([], []))
    page = asked.page(rows.get(asked.value("of"), []))
    context = {
        "asked": asked,
        "page": page,
        "entries": shown(page),
        "says_who": may_read_who_owes(request.user),
    }
    return render(request, "reports/late.html", context)


def _check(user: User) -> None:
    if not may_read_evaluations(user):
        raise PermissionDenied(_("Counselors and the principal can read what is late."))

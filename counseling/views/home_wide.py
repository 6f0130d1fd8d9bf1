"""What the home page shows beside the tasks on a wide screen, fetched when it is in view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recaps.queries.class_lists import ListLine, lines_of
from recaps.queries.recap_grid import grid
from reports.figures import Figure
from reports.open_cases import GradeLoad, open_by_grade
from reports.overview import compared_with, figures_for, opened_for, reports_for
from reports.selection import select
from school import permissions as may
from school.models import Semester, User
from school.ties import ties_of
from workflow.views import logs_access

NEWEST = 2
"""Periods of the own class that are shown."""


@logs_access("home")
@require_safe
def home_wide(request: HttpRequest) -> HttpResponse:
    """Show the principal's figures, a teacher's recaps, the own class, open cases by grade.

    That is a part of the home page: who opens its address is led there.
    """
    if "HX-Request" not in request.headers:
        return redirect("home")
    user = request.user
    semester = Semester.objects.select_related("year", "policy").current()
    context = {
        "semester": semester,
        **(_figures(request) if may.is_principal(user) else {}),
        "lines": grid(user, semester) if semester and may.teaches_today(user) else [],
        "lists": _lists(user, semester),
        "grades": _grades(user, semester),
    }
    return render(request, "counseling/home_wide.html", context)


def _figures(request: HttpRequest) -> dict[str, list[Figure] | str]:
    """Return the figures of the semester that the page of reports shows first."""
    selected = select(request)
    if selected is None:
        return {}
    _asked, selection = selected
    reports = reports_for(request.user, selection)
    return {
        "figures": figures_for(request.user, selection, reports, opened_for(selection)),
        "compared_with": compared_with(selection),
    }


def _lists(user: User, semester: Semester | None) -> list[ListLine]:
    own = ties_of(user).own_classes
    return lines_of(own, semester)[: NEWEST * len(own)] if semester and own else []


def _grades(user: User, semester: Semester | None) -> list[GradeLoad]:
    return open_by_grade(semester.policy) if semester and may.is_student_affairs(user) else []

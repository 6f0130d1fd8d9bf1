"""The progress report to the principal, as of a chosen date; and the cases behind a figure."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from cases.models import Case
from homevisits import queries
from homevisits.filters import ProgressCasesFilter, ProgressFilter
from homevisits.permissions import may_read_proposals
from school import wording
from school.models import SchoolProfile, User
from school.roles import COORDINATOR, PRINCIPAL
from workflow.views import logs_access


@logs_access("homevisits.visit")
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    return _report(request, ProgressFilter(request))


@logs_access("homevisits.visit")
@require_safe
def progress_print(request: HttpRequest) -> HttpResponse:
    """Print the same as a letter to the principal, in Indonesian."""
    _refuse_others(request)
    asked = ProgressFilter(request)
    if asked.chosen is None:
        return _report(request, asked)
    with translation.override("id"):
        context = _context(request, asked)
        school = SchoolProfile.current()
        context |= {
            "school": school,
            "signed_at": f"{school.place}, {wording.full_day(asked.day)}",
            "principal": User.objects.who_signs(PRINCIPAL),
            "writer": User.objects.who_signs(COORDINATOR) or request.user,
        }
    return render(request, "homevisits/progress_print.html", context)


def _report(request: HttpRequest, asked: ProgressFilter) -> HttpResponse:
    if asked.semester is None:
        return render(request, "homevisits/progress_none.html")
    return render(request, "homevisits/progress.html", _context(request, asked))


def _context(request: HttpRequest, asked: ProgressFilter) -> dict[str, object]:
    """Return the figures, unless what is asked for is refused."""
    semester = asked.chosen
    return {
        "asked": asked,
        "semester": asked.semester,
        "as_of": asked.day,
        "progress": queries.progress(semester, asked.day, request.user) if semester else None,
    }


@logs_access("cases.case")
@require_safe
def progress_cases(request: HttpRequest) -> HttpResponse:
    """List the cases behind a figure, those of them that one may see."""
    _refuse_others(request)
    asked = ProgressCasesFilter(request)
    rows = asked.rows()
    found = Case.objects.visible_to(request.user).filter(pk__in=[row.case.pk for row in rows])
    seen = set(found.values_list("pk", flat=True))
    shown = [row for row in rows if row.case.pk in seen]
    context = {
        "asked": asked,
        "semester": asked.semester,
        "as_of": asked.day,
        "page": asked.page(shown),
        "hidden": len(rows) - len(shown),
        "all": len(rows),
        "picked": asked.picked(rows),
    }
    return render(request, "homevisits/progress_cases.html", context)


def _refuse_others(request: HttpRequest) -> None:
    if not may_read_proposals(request.user):
        raise PermissionDenied

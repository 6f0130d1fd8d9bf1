"""The progress report to the principal, as of a chosen date; and the cases behind a figure."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models import Case
from homevisits import queries
from homevisits.filters import ProgressCasesFilter, ProgressFilter
from homevisits.permissions import may_read_proposals, prints_all
from homevisits.progress_columns import CASE_COLUMNS
from homevisits.queries import Cell, Counted, Line, Progress
from school import wording
from school.list_files import list_file
from school.models import SchoolProfile, User
from school.roles import COORDINATOR
from school.signing import head_signs
from workflow.addresses import address
from workflow.views import logs_access


@logs_access("homevisits.visit")
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    return _report(request, ProgressFilter(request))


@logs_access("homevisits.visit")
@require_safe
def progress_print(request: HttpRequest) -> HttpResponse:
    """Show the report for print, as a letter to the principal in Indonesian.

    The coordinator and the principal print all of it, a counselor only the own proposals.
    """
    _refuse_others(request)
    asked = ProgressFilter(request)
    if asked.chosen is None:
        return _report(request, asked)
    with translation.override("id"):
        progress = _progress(request, asked)
        context = _context(asked, progress) | _signed(asked.day)
        if prints_all(request.user) or progress is None:
            return render(request, "homevisits/progress_print.html", context)
        context["proposals"] = [
            one for one in progress.proposals if one.visit.case.counselor == request.user
        ]
        return render(request, "homevisits/progress_own_print.html", context)


def _signed(day: date) -> dict[str, object]:
    """Return who signs the paper, and where and when."""
    school = SchoolProfile.current()
    return {
        "school": school,
        "signed_at": f"{school.place}, {wording.full_day(day)}",
        "principal": head_signs(school, on=day),
        "coordinator": User.objects.who_signs(COORDINATOR, on=day),
    }


def _report(request: HttpRequest, asked: ProgressFilter) -> HttpResponse:
    if asked.semester is None:
        return render(request, "homevisits/progress_none.html")
    progress = _progress(request, asked)
    context = _context(asked, progress)
    if progress is not None:
        context |= _tables(progress, asked.semester.code, asked.day)
    return render(request, "homevisits/progress.html", context)


def _tables(progress: Progress, semester: str, as_of: date) -> dict[str, object]:
    """Return the lines of the report, with numbers that link to their cases."""
    cases = address("homevisits:progress_cases")
    rest = f"as_of={as_of:%Y-%m-%d}&semester={semester}"

    def linked(lines: list[Line]) -> list[tuple[str, list[Cell]]]:
        return [(line.label, line.linked(cases, rest)) for line in lines]

    return {
        "by_grade": linked(progress.grades),
        "by_class": linked(progress.classes),
        "totals": linked([progress.total]),
    }


def _progress(request: HttpRequest, asked: ProgressFilter) -> Progress | None:
    """Return the figures, unless what is asked for is refused."""
    semester = asked.chosen
    return queries.progress(semester, asked.day, request.user) if semester else None


def _context(asked: ProgressFilter, progress: Progress | None) -> dict[str, object]:
    return {
        "asked": asked,
        "semester": asked.semester,
        "as_of": asked.day,
        "progress": progress,
        "prints_all": prints_all(asked.request.user),
    }


@logs_access("cases.case")
@require_safe
def progress_cases_file(request: HttpRequest) -> HttpResponse:
    """Send the cases behind a figure as a file."""
    _refuse_others(request)
    asked = ProgressCasesFilter(request)
    rows, shown = _behind(asked)
    said = [
        (_("As of"), wording.full_day(asked.day)),
        (_("Semester"), str(asked.semester)),
    ]
    if picked := asked.picked(rows):
        said.append((_("Filters"), ", ".join(picked)))
    title = _("Cases of the progress report")
    return list_file(request, asked, CASE_COLUMNS, shown, title=title, said=said)


@logs_access("cases.case")
@require_safe
def progress_cases(request: HttpRequest) -> HttpResponse:
    """List the cases behind a figure that the person may see."""
    _refuse_others(request)
    asked = ProgressCasesFilter(request)
    rows, shown = _behind(asked)
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


def _behind(asked: ProgressCasesFilter) -> tuple[list[Counted], list[tuple[Counted, Case]]]:
    """Return all cases behind a figure, and those that the person may see."""
    rows = asked.rows()
    found = Case.objects.visible_to(asked.request.user).select_related("student", "counselor")
    seen = found.in_bulk([row.pk for row in rows])
    return rows, [(row, seen[row.pk]) for row in rows if row.pk in seen]


def _refuse_others(request: HttpRequest) -> None:
    if not may_read_proposals(request.user):
        raise PermissionDenied

"""The progress report to the principal, as of a chosen date; and the cases behind a figure."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from cases.models import Case, Rung
from homevisits import queries
from homevisits.forms.progress import ProgressForm
from homevisits.permissions import may_read_proposals
from school import wording
from school.models import SchoolProfile, User
from school.roles import COORDINATOR, PRINCIPAL
from workflow.access_log import logs_access

PER_PAGE = 50


@logs_access("homevisits.visit")
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    form = _asked(request)
    if form.chosen is None:
        return render(request, "homevisits/progress_none.html")
    return render(request, "homevisits/progress.html", _context(request, form))


@logs_access("homevisits.visit")
@require_safe
def progress_print(request: HttpRequest) -> HttpResponse:
    """The same as a letter to the principal, in Indonesian."""
    form = _asked(request)
    if form.chosen is None:
        return render(request, "homevisits/progress_none.html")
    with translation.override("id"):
        context = _context(request, form)
        school = SchoolProfile.current()
        context |= {
            "school": school,
            "signed_at": f"{school.place}, {wording.full_day(form.day)}",
            "principal": User.objects.holding(PRINCIPAL).last(),
            "writer": User.objects.holding(COORDINATOR).last() or request.user,
        }
    return render(request, "homevisits/progress_print.html", context)


def _context(request: HttpRequest, form: ProgressForm) -> dict[str, Any]:
    assert form.chosen is not None
    return {
        "form": form,
        "semester": form.chosen,
        "as_of": form.day,
        "progress": queries.progress(form.chosen, form.day, request.user),
    }


@logs_access("cases.case")
@require_safe
def progress_cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a figure: those that one may see of them."""
    form = _asked(request)
    rows = queries.rows_as_of(form.chosen, form.day) if form.chosen else []
    rows = [row for row in rows if _is_asked(row, request.GET)]
    found = Case.objects.visible_to(request.user).filter(pk__in=[row.case.pk for row in rows])
    seen = set(found.values_list("pk", flat=True))
    shown = [row for row in rows if row.case.pk in seen]
    context = {
        "form": form,
        "semester": form.chosen,
        "as_of": form.day,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "hidden": len(rows) - len(shown),
        "all": len(rows),
        "picked": _picked(request.GET, rows),
    }
    return render(request, "homevisits/progress_cases.html", context)


def _asked(request: HttpRequest) -> ProgressForm:
    if not may_read_proposals(request.user):
        raise PermissionDenied
    form = ProgressForm(request.GET)
    form.is_valid()
    return form


def _is_asked(row: queries.CaseRow, asked: Any) -> bool:
    if asked.get("grade") and (row.case.grade or queries.NONE) != asked["grade"]:
        return False
    if asked.get("class") and str(row.case.class_id or queries.NONE) != asked["class"]:
        return False
    return not asked.get("rung") or row.rung.name == asked["rung"]


def _picked(asked: Any, rows: list[queries.CaseRow]) -> list[str]:
    """What picks these cases, in words for the heading."""
    words = [asked["grade"]] if asked.get("grade") else []
    if asked.get("class") and rows:
        words.append(rows[0].case.class_name or queries.NONE)
    if asked.get("rung") in Rung.names:
        words.append(str(Rung[asked["rung"]].label))
    return words

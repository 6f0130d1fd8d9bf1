"""The list of cases, filtered by its address (cases/filters.py).

sort      due (without it), name, class, rung; with "-" the other way round; cases that are due on
          one day stand by name either way
page      of 50
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.case_columns import columns_for
from cases.case_rows import Listed, in_order, rows_of
from cases.filters import CaseFilter, sees_all, sees_reasons, sees_summaries
from cases.models import Case
from cases.permissions import may_see_cases
from school.list_files import list_file
from school.permissions import is_counselor
from workflow.views import logs_access


@logs_access("cases.case")
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the person may know of, without columns that would be empty."""
    user = request.user
    asked, listed = _listed(request)
    page = asked.page(listed.ids, counted="status")
    context = {
        "page": page,
        "rows": rows_of(asked, list(page.object_list), listed.coming),
        "asked": asked,
        "shows_next": is_counselor(user),
        "shows_reasons": sees_reasons(user),
        "shows_due": sees_summaries(user),
        "shows_counselor": sees_all(user),
    }
    return render(request, "cases/cases.html", context)


@logs_access("cases.case")
@require_safe
def cases_file(request: HttpRequest) -> HttpResponse:
    """Send the list of cases as a file."""
    asked, listed = _listed(request)
    rows = rows_of(asked, list(listed.ids), listed.coming, shows_notes=False)
    return list_file(request, asked, columns_for(request.user), rows)


def _listed(request: HttpRequest) -> tuple[CaseFilter, Listed]:
    """Return the filters and the cases they leave, in order. Raises PermissionDenied."""
    if not may_see_cases(request.user):
        raise PermissionDenied
    asked = CaseFilter(request, Case.objects.visible_to(request.user))
    return asked, in_order(asked)

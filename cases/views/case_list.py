"""The list of cases, filtered by its address (cases/filters.py).

sort      due (without it), name, class, rung; with "-" the other way round; cases that are due on
          one day stand by name either way
page      of 50
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.case_rows import in_order, rows_of
from cases.filters import CaseFilter, sees_all, sees_reasons, sees_summaries
from cases.models import Case
from cases.permissions import may_see_cases
from school.permissions import is_counselor
from workflow.views import logs_access


@logs_access("cases.case")
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the person may know of, without columns that would be empty."""
    user = request.user
    if not may_see_cases(user):
        raise PermissionDenied
    asked = CaseFilter(request, Case.objects.visible_to(user))
    listed = in_order(asked)
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

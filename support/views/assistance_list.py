"""What is on loan and not back, and all other assistance."""

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from school.list_files import list_file
from support.assistance_filters import AssistanceFilter
from support.columns import ASSISTANCE_COLUMNS
from support.models import Assistance
from support.models.assistance import AssistanceQuerySet
from support.permissions import sees_assistance
from workflow.views import logs_access


@logs_access("support.assistance")
@require_safe
def assistances_file(request: HttpRequest) -> HttpResponse:
    """Send the list of assistance as a file."""
    asked, rows = _listed(request)
    return list_file(request, asked, ASSISTANCE_COLUMNS, rows)


@logs_access("support.assistance")
@require_safe
def assistances(request: HttpRequest) -> HttpResponse:
    """List the assistance of the own cases, of all for the coordinator; what is due first."""
    asked, rows = _listed(request)
    page = asked.page(rows, counted="state")
    return render(request, "support/assistances.html", {"page": page, "asked": asked})


def _listed(request: HttpRequest) -> tuple[AssistanceFilter, AssistanceQuerySet]:
    """Return the filters and the assistance they leave. Raises PermissionDenied."""
    if not sees_assistance(request.user):
        raise PermissionDenied
    asked = AssistanceFilter(request, Assistance.objects.handed_by(request.user))
    known = asked.qs.with_class_then().select_related("case__student", "case__counselor")
    return asked, known.order_by(F("due_on").asc(nulls_last=True), "-handed_on", "pk")

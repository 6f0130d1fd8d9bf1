"""The list of visits that a person may see, the most urgent first."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homevisits.filters import VisitFilter
from homevisits.models import Visit
from homevisits.permissions import may_see_visits
from homevisits.visit_columns import COLUMNS, ShownVisit
from homevisits.visit_rows import VisitRow
from school.list_files import list_file
from school.models import User
from school.models.users import CALLED
from workflow.views import logs_access

SHOWN = (
    *("status", "is_urgent", "outcome", "scheduled_for", "happened_at", "approved_at"),
    *("proposed_on", "wished_from", "wished_until"),
    *("case__student__name", "case__student__nis"),
)
"""The columns of a visit's row."""


@logs_access("homevisits.visit")
@require_safe
def visits_file(request: HttpRequest) -> HttpResponse:
    """Send the list of visits as a file."""
    asked = _asked(request)
    return list_file(request, asked, COLUMNS, _shown(asked.listed))


def _asked(request: HttpRequest) -> VisitFilter:
    """Return the filters of the visits that the person may see. Raises PermissionDenied."""
    if not may_see_visits(request.user):
        raise PermissionDenied
    return VisitFilter(request, Visit.objects.visible_to(request.user))


@logs_access("homevisits.visit")
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    page = asked.page(asked.listed)
    context = {
        "page": page,
        "rows": _shown(list(page.object_list)),
        "asked": asked,
        "shows": "list",
        "list_url": request.get_full_path(),
        "month_url": reverse("homevisits:month"),
        "week_url": reverse("homevisits:week"),
        "day_url": reverse("homevisits:day"),
    }
    return render(request, "homevisits/visits.html", context)


def _shown(rows: list[VisitRow]) -> list[ShownVisit]:
    """Return the visits of these rows with their states and the days they are due; two queries."""
    visitors = Prefetch("visitors", User.objects.only(*CALLED))
    known = Visit.objects.filter(pk__in=[row.pk for row in rows]).with_class_then()
    visits = known.select_related("case__student").only(*SHOWN).prefetch_related(visitors)
    found = {visit.pk: visit for visit in visits.order_by()}
    return [
        ShownVisit(found[row.pk], row.state, found[row.pk].due_under(row.semester.policy))
        for row in rows
        if row.pk in found
    ]

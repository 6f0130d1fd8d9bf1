"""The visits that somebody may see, by what there is to do."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, IntegerField, OrderBy, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homevisits.filters import VisitFilter
from homevisits.models import Visit, VisitState
from homevisits.models.visit import VisitQuerySet
from homevisits.permissions import may_see_visits
from workflow.views import logs_access

SORTS = {"name": ("case__student__name", "pk"), "when": ("scheduled_for", "pk")}


@logs_access("homevisits.visit")
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    if not may_see_visits(request.user):
        raise PermissionDenied
    asked = VisitFilter(request, Visit.objects.visible_to(request.user).with_state())
    page = asked.page(_ordered(asked.qs, request.GET.get("sort", "")), counted="state")
    return render(request, "homevisits/visits.html", {"page": page, "asked": asked})


def _ordered(found: VisitQuerySet, sort: str) -> VisitQuerySet:
    """Return them as asked; else what there is to do first, and the newest made on top."""
    known = found.with_case().prefetch_related("visitors")
    if sort.removeprefix("-") in SORTS:
        first, *rest = SORTS[sort.removeprefix("-")]
        is_reversed = sort.startswith("-")
        by = OrderBy(F(first), descending=is_reversed, nulls_last=True)
        return known.order_by(by, *rest)
    urgency = [When(state=s.value, then=Value(i)) for i, s in enumerate(VisitState)]
    newest = Case(When(state=VisitState.RECORDED.value, then=F("happened_at")))
    return known.order_by(
        Case(*urgency, output_field=IntegerField()),
        newest.desc(nulls_last=True),
        F("scheduled_for").asc(nulls_last=True),
        "-proposed_on",
        "pk",
    )

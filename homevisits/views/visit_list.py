"""The visits that somebody may see, by what there is to do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homevisits.forms.filters import SORTS, STATES, VisitFilter
from homevisits.models import Visit, VisitState
from homevisits.permissions import may_see_visits
from school.paging import Counted
from workflow.access_log import logs_access

PER_PAGE = 50


@logs_access("homevisits.visit", many=True)
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    if not may_see_visits(request.user):
        raise PermissionDenied
    seen = Visit.objects.visible_to(request.user).with_state()
    narrow = VisitFilter(request.GET, seen)
    found = narrow.narrowed()
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    if (state := request.GET.get("state")) in VisitState.values:
        found = found.filter(state=state)
    count = counts.get(state, 0) if state in VisitState.values else sum(counts.values())
    ordered = _ordered(found, request.GET.get("sort", ""))
    context = {
        "page": Counted(ordered, PER_PAGE, count).get_page(request.GET.get("page")),
        "narrow": narrow,
        "states": [(s.value, s.label, counts.get(s.value, 0)) for s in STATES],
        "all": sum(counts.values()),
    }
    return render(request, "homevisits/visits.html", context)


def _ordered(found: Any, sort: str) -> Any:
    """As asked; else what there is to do first, and what was made last, the newest on top."""
    known = found.with_case().prefetch_related("visitors")
    if sort.removeprefix("-") in SORTS:
        first, *rest = SORTS[sort.removeprefix("-")]
        by = F(first).desc(nulls_last=True) if sort.startswith("-") else F(first).asc()
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

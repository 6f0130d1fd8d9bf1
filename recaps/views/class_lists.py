"""The class lists of a semester: the own class's, and those that were handed over to BK."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recaps.queries.class_lists import handed_over_to, lines_of
from school.models import Semester
from school.permissions import homeroom_classes, is_counselor, is_homeroom_today
from workflow import clock
from workflow.access_log import logs_access

PAGE = 50


@logs_access("recaps.classlist", many=True)
@require_safe
def class_lists(request: HttpRequest) -> HttpResponse:
    """Own periods with how far each is; for the counselor the lists that came in."""
    semesters = list(Semester.objects.select_related("year", "policy").order_by("-starts_on"))
    semester = _chosen(semesters, request.GET.get("semester", ""))
    is_receiver = is_counselor(request.user)
    if semester is None or not (is_homeroom_today(request.user) or is_receiver or _own(request)):
        raise Http404
    received = handed_over_to(request.user, semester)
    if not is_receiver:
        received = received.exclude(school_class__in=homeroom_classes(request.user))
    context = {
        "semester": semester,
        "semesters": semesters,
        "lines": lines_of(homeroom_classes(request.user), semester),
        "is_receiver": is_receiver,
        "received": Paginator(received, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "recaps/class_lists.html", context)


def _own(request: HttpRequest) -> bool:
    """Whether the person handed lists over as homeroom teacher of former days."""
    from_earlier = Semester.objects.order_by("-starts_on")
    return any(handed_over_to(request.user, semester).exists() for semester in from_earlier[:2])


def _chosen(semesters: list[Semester], code: str) -> Any:
    """The semester of `code`, else the one of today, else the next to come."""
    named = {semester.code: semester for semester in semesters}
    begun = [semester for semester in semesters if semester.starts_on <= clock.today()]
    return named.get(code) or next(iter(begun or semesters[::-1]), None)

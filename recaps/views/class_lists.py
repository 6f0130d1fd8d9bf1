"""The class lists of a semester: the own class's, and those that were handed over to BK."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recaps.models import ClassList
from recaps.queries.class_lists import handed_over_to, lines_of, show_as_read_by
from recaps.queries.outstanding import outstanding_for
from school.filters import OneSemester
from school.permissions import is_counselor, is_homeroom_today
from school.ties import ties_of
from workflow.views import logs_access


@logs_access("recaps.classlist")
@require_safe
def class_lists(request: HttpRequest) -> HttpResponse:
    """List own periods with how far each is; for the counselor the lists that came in."""
    is_receiver = is_counselor(request.user)
    if not (is_homeroom_today(request.user) or is_receiver or _own(request)):
        raise Http404
    asked = OneSemester(request)
    semester = asked.chosen
    received = handed_over_to(request.user, semester)
    if not is_receiver:
        received = received.exclude(school_class__in=ties_of(request.user).own_classes)
    lines = lines_of(ties_of(request.user).own_classes, semester) if semester else []
    oldest_first = reversed([line.class_list for line in lines])
    context = {
        "semester": semester,
        "asked": asked,
        "lines": lines,
        "newest": {listed.school_class_id: listed for listed in oldest_first}.values(),
        "is_receiver": is_receiver,
        "outstanding": outstanding_for(request.user, semester) if semester and is_receiver else [],
        "received": show_as_read_by(request.user, asked.page(received)),
    }
    return render(request, "recaps/class_lists.html", context)


def _own(request: HttpRequest) -> bool:
    """Return whether the person handed lists over as homeroom teacher of former days."""
    mine = ClassList.objects.visible_to(request.user)
    return mine.filter(handed_over_at__isnull=False).exists()

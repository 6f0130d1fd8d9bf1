"""The class lists of a semester: the own class's, and those that were handed over to BK."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recaps.list_columns import LIST_COLUMNS, lists_in_file
from recaps.models import ClassList
from recaps.queries.class_lists import ListLine, handed_over_to, lines_of, show_as_read_by
from recaps.queries.outstanding import Outstanding, outstanding_for
from school.filters import OneSemester
from school.list_files import list_file
from school.permissions import is_counselor, is_homeroom_today
from school.ties import ties_of
from workflow.views import logs_access


@dataclass(frozen=True)
class Lists:
    """The own lists, those that BK waits for, and those that were handed over."""

    lines: list[ListLine]
    outstanding: list[Outstanding]
    received: QuerySet[ClassList]


@logs_access("recaps.classlist")
@require_safe
def class_lists(request: HttpRequest) -> HttpResponse:
    """List own periods with how far each is; for the counselor the lists that came in."""
    asked, found = _listed(request)
    oldest_first = reversed([line.class_list for line in found.lines])
    context = {
        "semester": asked.chosen,
        "asked": asked,
        "lines": found.lines,
        "newest": {listed.school_class_id: listed for listed in oldest_first}.values(),
        "is_receiver": is_counselor(request.user),
        "outstanding": found.outstanding,
        "received": show_as_read_by(request.user, asked.page(found.received)),
    }
    return render(request, "recaps/class_lists.html", context)


@logs_access("recaps.classlist")
@require_safe
def class_lists_file(request: HttpRequest) -> HttpResponse:
    """Send the class lists of a semester as a file."""
    asked, found = _listed(request)
    received = show_as_read_by(request.user, list(found.received))
    rows = lists_in_file(found.lines, found.outstanding, received)
    title = f"{_('Class lists')}, {asked.chosen}"
    return list_file(request, asked, LIST_COLUMNS, rows, title=title)


def _listed(request: HttpRequest) -> tuple[OneSemester, Lists]:
    """Return the semester and its lists that the person may see. Raises Http404."""
    user = request.user
    is_receiver = is_counselor(user)
    if not (is_homeroom_today(user) or is_receiver or _own(request)):
        raise Http404
    asked = OneSemester(request)
    semester, own = asked.chosen, ties_of(user).own_classes
    received = handed_over_to(user, semester)
    return asked, Lists(
        lines_of(own, semester) if semester else [],
        outstanding_for(user, semester) if semester and is_receiver else [],
        received if is_receiver else received.exclude(school_class__in=own),
    )


def _own(request: HttpRequest) -> bool:
    """Return whether the person handed lists over as homeroom teacher of former days."""
    mine = ClassList.objects.visible_to(request.user)
    return mine.filter(handed_over_at__isnull=False).exists()

"""The pages of the reports beside Tables 2 and 3, and every report as a file."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.files import selected_by, tables_of
from reports.kinds import KINDS
from reports.kinds.base import ReportKind
from reports.permissions import reads_reports
from reports.selection import SelectionFilter, select
from school.files_out import file_of
from school.models import User
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text
from workflow.views import logs_access

View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Link:
    """A report as the others lead to it, for the same semesters."""

    title: Text
    url: str
    is_current: bool


def links(user: User, asked: SelectionFilter, current: str) -> list[Link]:
    """Return the reports that a person reads; none if Tables 2 and 3 are the only ones."""
    kinds = [kind for kind in KINDS if kind.is_read_by(user)]
    named = [("semester", _("Tables 2 and 3")), *((kind.name, kind.title) for kind in kinds)]
    query = f"?{given}" if (given := query_of(asked)) else ""
    found = [
        Link(title, f"{address(f'reports:{name}')}{query}", name == current)
        for name, title in named
    ]
    if reads_reports(user):
        url = address("reports:semester_reports")
        found.append(Link(_("Semester reports"), url, is_current=False))
    return found if len(found) > 1 else []


def query_of(asked: SelectionFilter) -> str:
    """Return what the address asks of the selection, for the address of another report."""
    query = asked.request.GET.copy()
    for name in [name for name in query if name not in asked.filters]:
        del query[name]
    return query.urlencode()


def page_of(kind: ReportKind) -> View:
    """Return the view of a report's page."""

    @logs_access(f"reports.{kind.name}")
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        _check(kind, request.user)
        selected = select(request)
        if selected is None:
            return render(request, "reports/semester_none.html")
        asked, selection = selected
        query = query_of(asked)
        context = {
            "kind": kind,
            "title": kind.full_title(selection),
            "kinds": links(request.user, asked, kind.name),
            "asked": asked,
            "selection": selection,
            "today": clock.today(),
            "content": kind.content_for(request.user, kind.asked_on_page(request.user, selection)),
            "file_url": address(f"reports:{kind.name}_file"),
            "file_query": f"{query}&" if query else "",
        }
        if not kind.is_by_rows:
            del asked.filters["by"]
        return render(request, "reports/report.html", context)

    return page


def file_of_kind(kind: ReportKind) -> View:
    """Return the view that sends a report as a file."""

    @logs_access(f"reports.{kind.name}")
    @require_safe
    def file(request: HttpRequest) -> HttpResponse:
        _check(kind, request.user)
        selected = select(request)
        if selected is None:
            raise Http404
        _asked, selection = selected
        on_page = kind.asked_on_page(request.user, selection)
        title = kind.full_title(selection)
        tables = tables_of(kind.content_for(request.user, on_page).grids)
        return file_of(request, title, tables, selected_by(on_page))

    return file


def _check(kind: ReportKind, user: User) -> None:
    if not kind.is_read_by(user):
        raise PermissionDenied(kind.refusal)

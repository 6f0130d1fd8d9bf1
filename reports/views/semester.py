from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import graphs
from reports.files import selected_by, tables_of
from reports.kinds.base import Asked
from reports.overview import compared_with, figures_for, grids_for, opened_for, reports_for
from reports.permissions import (
    may_choose_classes,
    may_read_evaluations,
    may_read_tables,
    may_see_every_class,
)
from reports.selection import Selection, SelectionFilter, select
from reports.tables import CLASS
from reports.views.report import links, query_of
from school.files_out import file_of
from workflow import clock
from workflow.addresses import address
from workflow.views import logs_access


@logs_access("reports.semester")
@require_safe
def semester(request: HttpRequest) -> HttpResponse:
    """Show Tables 2 and 3 and graphs 1 to 3 of a semester, or of two side by side."""
    selected = _selected(request)
    if selected is None:
        return render(request, "reports/semester_none.html")
    asked, selection = selected
    query = query_of(asked)
    reports, opened = reports_for(request.user, selection), opened_for(selection)
    shown = reports[-len(selection.semesters) :]
    problem_rate, handling = grids_for(request.user, selection, reports)
    context = {
        "selection": selection,
        "today": clock.today(),
        "asked": asked,
        "figures": figures_for(request.user, selection, reports, opened),
        "compared_with": compared_with(selection),
        "has_rows": any(report.rows for report in shown),
        "problem_rate": problem_rate,
        "handling": handling,
        "shows_graphs": not (problem_rate.hides or handling.hides),
        "problem_rate_graph": graphs.problem_rate(shown),
        "handling_graphs": graphs.handling(shown),
        "months_graph": graphs.new_cases(selection.semesters, opened)
        if may_see_every_class(request.user)
        else None,
        "kinds": links(request.user, asked, "semester"),
        "file_url": address("reports:semester_file"),
        "file_query": f"{query}&" if query else "",
        "reads_evaluations": may_read_evaluations(request.user),
        "running_url": f"{address('reports:running')}?{query}",
    }
    return render(request, "reports/semester.html", context)


@logs_access("reports.semester")
@require_safe
def semester_file(request: HttpRequest) -> HttpResponse:
    """Send Tables 2 and 3 as a file."""
    selected = _selected(request)
    if selected is None:
        raise Http404
    _asked, selection = selected
    reports = reports_for(request.user, selection)
    tables = tables_of(grids_for(request.user, selection, reports))
    on_page = Asked(request.user, selection.semesters, selection.by)
    title = f"{_('Tables 2 and 3')}, {selection.title}"
    return file_of(request, title, tables, selected_by(on_page))


def _selected(request: HttpRequest) -> tuple[SelectionFilter, Selection] | None:
    """Return what the address selects, if the person may read it. Raises PermissionDenied."""
    if not may_read_tables(request.user):
        raise PermissionDenied(
            _("Homeroom teachers, counselors and the principal can read the tables.")
        )
    selected = select(request)
    if selected and selected[1].by == CLASS and not may_choose_classes(request.user):
        raise PermissionDenied
    return selected

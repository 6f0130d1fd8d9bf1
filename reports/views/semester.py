from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import graphs, grids
from reports.comparison import resolved, same_day, tally_on
from reports.figures import Figure, figures
from reports.permissions import (
    may_open_rows,
    may_read_by_class,
    may_read_tables,
    may_see_every_class,
)
from reports.selection import Selection, select
from reports.tables import CLASS, Report, Tally, reports_of
from school import wording
from school.models import User
from school.ties import ties_of
from workflow import clock
from workflow.views import logs_access


@logs_access("reports.semester")
@require_safe
def semester(request: HttpRequest) -> HttpResponse:
    """Show Tables 2 and 3 and graphs 1 to 3 of a semester, or of two side by side."""
    if not may_read_tables(request.user):
        raise PermissionDenied(
            _("Homeroom teachers, counselors and the principal read the tables.")
        )
    selected = select(request)
    if selected is None:
        return render(request, "reports/semester_none.html")
    asked, selection = selected
    if selection.by == CLASS and not may_read_by_class(request.user):
        raise PermissionDenied(_("Student affairs read the tables by grade."))
    reports = _reports(request.user, selection)
    shown = reports[-len(selection.semesters) :]
    context = {
        "selection": selection,
        "today": clock.today(),
        "asked": asked,
        "figures": _figures(request.user, selection, reports),
        "compared_with": _compared_with(selection),
        "has_rows": any(report.rows for report in shown),
        "problem_rate": grids.problem_rate(shown),
        "handling": grids.handling(shown),
        "problem_rate_graph": graphs.problem_rate(shown),
        "handling_graphs": graphs.handling(shown),
    }
    return render(request, "reports/semester.html", context)


def _reports(user: User, selection: Selection) -> list[Report]:
    """Return the reports: first the one that is only compared with, then those shown."""
    return reports_of(
        selection.asked,
        selection.by,
        viewer=user if may_open_rows(user) else None,
        only=None if may_see_every_class(user) else ties_of(user).own_classes,
    )


def _figures(user: User, selection: Selection, reports: list[Report]) -> list[Figure]:
    return figures(
        reports[-1],
        _before(selection, reports),
        resolved([selection.last])[selection.last.pk] if may_see_every_class(user) else None,
    )


def _before(selection: Selection, reports: list[Report]) -> Tally | None:
    """Return the counts to compare with; for a semester under way those of the same day then."""
    if selection.before is None:
        return None
    if selection.is_running:
        return tally_on(selection.before, same_day(selection.before, selection.last))
    return reports[-2].total.tally


def _compared_with(selection: Selection) -> str:
    """Return with what the figures are compared; empty if the page shows the whole of it."""
    before = selection.before
    if before is None:
        return ""
    if selection.is_running:
        day = wording.day(same_day(before, selection.last))
        return _("Compared with %(semester)s by %(day)s.") % {"semester": before, "day": day}
    if selection.is_of_one_year and len(selection.semesters) > 1:
        return ""
    return _("Compared with %(semester)s.") % {"semester": before}

"""What the pages about a semester ask: its reports, its four figures and their change."""

from django.utils.translation import gettext as _

from reports.comparison import Opened, opened_in, resolved, same_day, tally_on
from reports.figures import Figure, figures
from reports.permissions import may_open_rows, may_see_every_class
from reports.selection import Selection
from reports.tables import Report, Tally, reports_of
from school import wording
from school.models import User
from school.ties import ties_of


def reports_for(user: User, selection: Selection) -> list[Report]:
    """Return the reports: first the one that is only compared with, then those shown."""
    return reports_of(
        selection.asked,
        selection.by,
        viewer=user if may_open_rows(user) else None,
        only=None if may_see_every_class(user) else ties_of(user).own_classes,
    )


def opened_for(selection: Selection) -> list[Opened]:
    """Return the cases of the semesters that are shown, and of the one to compare with."""
    return opened_in(filter(None, (selection.before, *selection.semesters)))


def figures_for(
    user: User, selection: Selection, reports: list[Report], opened: list[Opened]
) -> list[Figure]:
    return figures(
        reports[-1],
        _before(selection, reports, opened),
        resolved(selection.last, opened) if may_see_every_class(user) else None,
    )


def _before(selection: Selection, reports: list[Report], opened: list[Opened]) -> Tally | None:
    """Return the counts to compare with; for a semester under way those of the same day then."""
    if selection.before is None:
        return None
    if selection.is_running:
        day = same_day(selection.before, selection.last)
        return tally_on(selection.before, day, opened)
    return reports[-2].total.tally


def compared_with(selection: Selection) -> str:
    """Return with what the figures are compared; empty if the page shows the whole of it."""
    before = selection.before
    if before is None:
        return ""
    if selection.is_running:
        day = wording.day(same_day(before, selection.last))
        return _("Compared with %(semester)s up to %(day)s.") % {"semester": before, "day": day}
    if selection.is_of_one_year and len(selection.semesters) > 1:
        return ""
    return _("Compared with %(semester)s.") % {"semester": before}

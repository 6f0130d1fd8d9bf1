"""What the pages about a semester ask: its reports, its four figures and their change."""

from datetime import date

from django.utils.translation import gettext as _

from reports.comparison import Opened, opened_in, resolved, same_day, tally_on
from reports.figures import Figure, figures
from reports.grid import Grid
from reports.grids import handling, problem_rate
from reports.kinds.base import Asked
from reports.permissions import may_open_rows, may_see_every_class, reads_without_names
from reports.selection import Selection
from reports.small_numbers import hidden_in, without_small
from reports.tables import GRADE, Report, Tally, reports_of
from school import wording
from school.models import Semester, User
from school.ties import ties_of

DAYS_OF_A_WEEK = 7


def reports_for(user: User, selection: Selection) -> list[Report]:
    """Return the reports: first the one that is only compared with, then those shown."""
    return reports_of(
        selection.asked,
        selection.by,
        viewer=user if may_open_rows(user) else None,
        only=classes_read_by(user),
    )


def classes_read_by(user: User) -> frozenset[int] | None:
    """Return the classes whose rows a person reads; None for all, with or without names."""
    if may_see_every_class(user) or reads_without_names(user):
        return None
    return ties_of(user).own_classes


def grids_for(user: User, selection: Selection, reports: list[Report]) -> list[Grid]:
    """Return Tables 2 and 3; by class, who reads no names reads no small number."""
    shown = reports[-len(selection.semesters) :]
    grids = [problem_rate(shown), handling(shown)]
    if not reads_without_names(user) or selection.by == GRADE:
        return grids
    asked = Asked.on_page(user, selection)
    return without_small(grids, hidden_in(asked.semesters, asked.cases))


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
        return _compared_on(before, same_day(before, selection.last))
    if selection.is_of_one_year and len(selection.semesters) > 1:
        return ""
    return _("Compared with %(semester)s.") % {"semester": before}


def _compared_on(before: Semester, day: date) -> str:
    """Return up to which day of the semester before the figures are, and its week in both."""
    words: dict[str, object] = {"semester": before, "day": wording.day(day)}
    if day == before.ends_on:
        return _("Compared with %(semester)s up to %(day)s.") % words
    words["week"] = (day - before.starts_on).days // DAYS_OF_A_WEEK + 1
    return _("Compared with %(semester)s up to %(day)s, week %(week)s of each.") % words

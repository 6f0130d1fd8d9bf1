"""The four figures of a semester in words, each with its change from the semester before."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.models import Rung
from reports.comparison import Change, Resolved, compare
from reports.grid import Unit
from reports.rates import share
from reports.tables import Report, Tally
from school import wording


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    url: str = ""
    change: str = ""
    trend: str = ""
    note: str = ""


def figures(last: Report, before: Tally | None, resolved: Resolved | None) -> list[Figure]:
    """Return cases, rate, visits and, if the reader may know it, resolved cases.

    `before` has the counts to compare with.
    """
    shown = _compared(last, before) if before else _alone(last)
    if resolved is not None:
        shown.append(_resolved(last, resolved))
    return shown


def _compared(last: Report, before: Tally) -> list[Figure]:
    cases, rate, visits = _alone(last)
    change = compare(before, last.total.tally)
    return [
        _with(cases, _in_words(change.cases), change.cases.difference),
        _with(rate, _points(change.points), change.points or 0),
        _with(visits, _in_words(change.visits), change.visits.difference),
    ]


def _alone(last: Report) -> list[Figure]:
    total, semester = last.total, last.semester
    tally = total.tally
    return [
        Figure(
            _("Students with a case, %(term)s") % {"term": semester.term_name},
            str(tally.cases),
            total.cases_url(),
        ),
        Figure(
            ngettext("Of %(students)s student", "Of %(students)s students", tally.students)
            % {"students": tally.students},
            wording.percent(tally.rate),
        ),
        Figure(
            _("Home visits"),
            str(tally.at(Rung.HOME_VISIT)),
            total.cases_url(Rung.HOME_VISIT),
        ),
    ]


def _with(figure: Figure, change: str, difference: int | Decimal) -> Figure:
    trend = "down" if difference < 0 else "up" if difference > 0 else ""
    return Figure(figure.label, figure.value, figure.url, change, trend)


def _in_words(change: Change) -> str:
    """Return "63 dari 99 (−63,64%)"; the arrow before it says whether it is more or less."""
    if not change.difference:
        return _("unchanged")
    said = _("%(number)s from %(before)s") % {
        "number": abs(change.difference),
        "before": change.before,
    }
    if change.percent is None:
        return said
    sign = "+" if change.difference > 0 else ""
    return f"{said} ({sign}{wording.percent(change.percent)})"


def _points(points: Decimal | None) -> str:
    if points is None:
        return ""
    return (
        _("%(points)s points") % {"points": wording.figure(abs(points))}
        if points
        else _("unchanged")
    )


def _resolved(last: Report, resolved: Resolved) -> Figure:
    said = wording.percent(share(resolved.number, last.total.tally.cases), 0)
    if resolved.days is not None:
        days = Unit.DAYS.said(resolved.days)
        said = _("%(percent)s, median %(days)s days") % {"percent": said, "days": days}
    url = last.total.resolved_url() if resolved.number else ""
    return Figure(pgettext("figure", "Resolved"), str(resolved.number), url, note=said)

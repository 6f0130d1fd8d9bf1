"""What became of the cases: resolved or not, and how well, at each rung and in each row."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Outcome
from reports.charts import Chart, Series
from reports.facts import CaseSet
from reports.graphs import ACCENT, GREY
from reports.grid import Cell, Grid, Measure
from reports.kinds.base import Asked, same_scale
from reports.measures import cases_measure, median_measure, resolved, resolved_measures
from reports.tables import GRADE


def by_rung(asked: Asked) -> Grid:
    return asked.grid(
        "resolved_by_rung",
        _("Results by how far the cases went"),
        _measures(),
        [(str(rung.head), [cases.at(rung) for cases in asked.whole]) for rung in asked.rungs],
        [(_("All cases"), asked.whole)],
        first_head=_("Handling"),
        note=_(
            "Percent of the cases of the line. The others are open, were referred out, closed or"
            " carried over. Solved, improved, not solved: what BK found when it resolved the case."
        ),
    )


def by_row(asked: Asked) -> Grid:
    return asked.by_rows(
        "resolved_by_row",
        _("Results by grade") if asked.by == GRADE else _("Results by class"),
        [*_measures(), median_measure()],
        note=_("Days: the median from recap to resolution."),
    )


def _measures() -> list[Measure[CaseSet]]:
    return [cases_measure(), *resolved_measures(), *map(_measure, Outcome)]


def _measure(outcome: Outcome) -> Measure[CaseSet]:
    def cell(cases: CaseSet) -> Cell:
        return resolved(cases).where(lambda case: case.outcome == outcome).unopened().cell

    return Measure(str(outcome.label), cell)


def charts(asked: Asked) -> list[Chart]:
    """Return a chart for each semester: the cases of each rung, resolved or not, on one scale."""
    groups = [str(rung.head) for rung in asked.rungs]
    drawn = []
    for at, name in enumerate(asked.long_names):
        parts = [asked.whole[at].at(rung) for rung in asked.rungs]
        done = [len(resolved(cases)) for cases in parts]
        rest = [len(cases) - number for cases, number in zip(parts, done, strict=True)]
        series = [
            Series(pgettext("table", "Resolved"), ACCENT, done),
            Series(pgettext("table", "Not resolved"), GREY, rest),
        ]
        title = _("Resolved cases, %(semester)s") % {"semester": name}
        drawn.append(Chart(f"resolved-{at}", title, groups, series, _("Handling"), adds_up=True))
    return same_scale(drawn)

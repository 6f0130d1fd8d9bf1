"""How long the cases took, from recap to first contact, to each further rung, to the end.

What begins and ends a step is told in `reports.courses`, the quartiles in `reports.quartiles`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Rung
from reports.charts import Chart, Series
from reports.courses import Course, courses_of, days_to_resolution
from reports.facts import CaseSet
from reports.graphs import ACCENT, GREY
from reports.grid import Cell, Grid, Measure, Unit
from reports.kinds.base import Asked
from reports.quartiles import Spread, spread_of


@dataclass(frozen=True)
class Duration:
    """The way to a step: its name in a table and in a chart, and its days in each semester."""

    name: str
    short: str
    spreads: Sequence[Spread]


def read(asked: Asked) -> list[Duration]:
    """Return the ways to the first step of each rung, and from the last rung to the end."""
    courses = courses_of(asked.cases, [one.pk for one in asked.semesters])

    def duration(name: str, short: str, days: Callable[[Course], int | None]) -> Duration:
        each = [[days(courses[case.pk]) for case in cases.cases] for cases in asked.whole]
        spreads = [spread_of(one for one in found if one is not None) for found in each]
        return Duration(name, short, spreads)

    first, *further = [rung for rung in Rung if rung != Rung.REVIEW]
    return [
        duration(_way(_recap(), first.label), str(first.head), lambda one: one.to_rung(first)),
        *(
            duration(
                _way(_("Step before"), rung.label),
                str(rung.head),
                lambda one, rung=rung: one.to_rung(rung),  # type: ignore[misc]
            )
            for rung in further
        ),
        duration(_way(_("Last step"), _end()), _end(), lambda one: one.to_resolution),
    ]


def by_step(asked: Asked, durations: Sequence[Duration]) -> Grid:
    return asked.grid(
        "days_by_step",
        _("Days from step to step"),
        _measures(),
        [(duration.name, duration.spreads) for duration in durations],
        [(_way(_recap(), _end()), _until_resolved(asked.whole))],
        first_head=_("Step"),
        note=_(
            "Recap: the day on which the class list went to BK or, without one, on which the case"
            " was opened. Each step is the first of its kind; the step before is the first one of"
            " the rung below, or the recap. The last step is the first one of the highest rung. A"
            " case that was carried over has its recap in the semester before, and is not counted"
            " from there."
        ),
    )


def by_rung(asked: Asked) -> Grid:
    return asked.grid(
        "days_by_rung",
        _("Days from recap to resolution, by how far the cases went"),
        _measures(),
        [
            (str(rung.head), _until_resolved([cases.at(rung) for cases in asked.whole]))
            for rung in asked.rungs
        ],
        [(_("All cases"), _until_resolved(asked.whole))],
        first_head=_("Handling"),
        note=_(
            "Half of the cases took at most the median, a quarter at most Q1, three quarters at"
            " most Q3. Q1 and Q3 are the medians of the lower and the upper half; of an odd number"
            " the case in the middle belongs to neither."
        ),
    )


def chart(asked: Asked, durations: Sequence[Duration]) -> Chart:
    """Return the median days of each way, the semesters side by side, the last in the accent."""
    last = len(asked.semesters) - 1
    series = [
        Series(
            name if last else pgettext("table", "Median"),
            ACCENT if at == last else GREY,
            [duration.spreads[at].median for duration in durations],
        )
        for at, name in enumerate(asked.long_names)
    ]
    labels = [duration.short for duration in durations]
    title = _("Median days since the step before")
    return Chart("days", title, labels, series, _("Step"), places=1)


def _measures() -> list[Measure[Spread]]:
    return [
        Measure(_("Cases"), lambda spread: Cell(spread.number)),
        Measure("Q1", lambda spread: Cell(spread.lower), Unit.DAYS),
        Measure(pgettext("table", "Median"), lambda spread: Cell(spread.median), Unit.DAYS),
        Measure("Q3", lambda spread: Cell(spread.upper), Unit.DAYS),
    ]


def _until_resolved(sets: Sequence[CaseSet]) -> list[Spread]:
    return [spread_of(days_to_resolution(cases.cases)) for cases in sets]


def _way(first: object, last: object) -> str:
    return f"{first} → {last}"


def _recap() -> str:
    return pgettext("step", "Recap")


def _end() -> str:
    return pgettext("table", "Resolved")

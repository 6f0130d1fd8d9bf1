"""How recaps and class lists came: on time, late, or not at all; by subject and class, not by name.

A period counts from the day after its recaps, or its lists, fell due. What counts as handing over
is said in `recaps/queries/discipline.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from recaps.queries.discipline import Due, lists_due, periods_over, recaps_due
from reports.charts import Chart, Series
from reports.graphs import ACCENT, GREY
from reports.grid import NOTHING, Cell, Grid, Measure, Unit
from reports.kinds.base import Asked, Content, ReportKind
from reports.places import Sorted
from reports.rates import percent
from reports.tables import GRADE


@dataclass(frozen=True)
class Handed:
    """Recaps or lists that have fallen due, and how they came."""

    due: Sequence[Due]

    @property
    def on_time(self) -> int:
        return sum(one.is_on_time for one in self.due)

    @property
    def late(self) -> list[int]:
        """Return the days of those that came late."""
        return [one.days_late for one in self.due if one.days_late]

    @property
    def came(self) -> int:
        return self.on_time + len(self.late)

    @property
    def nihil(self) -> int:
        return sum(one.is_nihil for one in self.due)

    @property
    def share_on_time(self) -> Decimal | None:
        return percent(self.on_time, len(self.due)) if self.due else None


def content(asked: Asked) -> Content:
    periods = periods_over(asked.semesters)
    due = recaps_due(periods, asked.class_ids)
    if not due:
        return Content([])
    recaps = Sorted(due, asked.semesters, Handed)
    lists = Sorted(lists_due(periods, due), asked.semesters, Handed)
    by_subject = recaps.by(lambda one: one.subject)
    grids = [_by_subject(asked, recaps), *_by_place(asked, recaps, lists)]
    return Content(grids, [_chart(asked, by_subject)], [_what_counts()])


def _by_subject(asked: Asked, recaps: Sorted[Due, Handed]) -> Grid:
    return asked.grid(
        "discipline_by_subject",
        _("Recaps by subject"),
        [*measures(), *_nihil()],
        recaps.by(lambda one: one.subject),
        [(_("Total"), recaps.whole)],
        first_head=pgettext("table", "Subject"),
    )


def _by_place(asked: Asked, recaps: Sorted[Due, Handed], lists: Sorted[Due, Handed]) -> list[Grid]:
    """Return the tables of recaps and of class lists by grade or class."""
    is_grade = asked.by == GRADE
    titles = (
        _("Recaps by grade") if is_grade else _("Recaps by class"),
        _("Class lists by grade") if is_grade else _("Class lists by class"),
    )
    note = _(
        "A recap of a group with students of several classes counts in each of them, and once in"
        " the total."
    )
    found = (
        ("discipline_by_row", titles[0], [*measures(), *_nihil()], recaps, note),
        ("class_lists_by_row", titles[1], measures(), lists, ""),
    )
    return [
        asked.grid(key, title, wanted, of.at(asked.places), [(_("Total"), of.whole)], note=said)
        for key, title, wanted, of, said in found
    ]


def measures() -> list[Measure[Handed]]:
    """Return how many were expected, and how they came."""
    return [
        Measure(pgettext("discipline", "Expected"), lambda of: Cell(len(of.due))),
        Measure(pgettext("discipline", "On time"), lambda of: Cell(of.on_time)),
        Measure(_("On time, %"), lambda of: Cell(of.share_on_time), Unit.PERCENT),
        Measure(pgettext("discipline", "Late"), lambda of: Cell(len(of.late))),
        Measure(_("Days late, median"), _median, Unit.DAYS),
        Measure(pgettext("discipline", "Missing"), lambda of: Cell(len(of.due) - of.came)),
    ]


def _nihil() -> list[Measure[Handed]]:
    """Return how many of those that came report nobody."""
    return [Measure(_("Nihil, %"), _share_of_nihil, Unit.PERCENT)]


def _median(of: Handed) -> Cell:
    if not of.late:
        return NOTHING
    days = median(of.late)
    return Cell(int(days) if days == int(days) else Decimal(str(days)))


def _share_of_nihil(of: Handed) -> Cell:
    return Cell(percent(of.nihil, of.came)) if of.came else NOTHING


def _what_counts() -> str:
    return _(
        "A period counts from the day after it fell due. A recap counts by its first hand-over:"
        " a return or a correction does not make it late, but while it lies returned it is"
        " missing, and one that its teacher took back counts from when it came again."
    )


def _chart(asked: Asked, by_subject: Sequence[tuple[str, Sequence[Handed]]]) -> Chart:
    """Return the share of recaps on time by subject, the last semester in the accent."""
    last = len(asked.semesters) - 1
    names = asked.long_names if last else [pgettext("table", "Percent")]
    series = [
        Series(
            name,
            ACCENT if at == last else GREY,
            [handed[at].share_on_time for _label, handed in by_subject],
        )
        for at, name in enumerate(names)
    ]
    labels = [label for label, _handed in by_subject]
    title = _("Recaps on time by subject, percent")
    return Chart("on-time", title, labels, series, pgettext("table", "Subject"), reaches=100)


KIND = ReportKind(
    "discipline",
    "ketertiban",
    gettext_lazy("Recap discipline"),
    gettext_lazy("How many recaps and class lists came on time, late or not at all."),
    content,
    nothing=gettext_lazy("Nothing has fallen due yet"),
    nothing_yet=gettext_lazy("Tables appear here as soon as the recaps of a period fall due."),
)

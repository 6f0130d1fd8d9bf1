"""Graphs 1, 2 and 3 of the paper, and the new cases by month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Rung
from reports.charts import Chart, Series
from reports.comparison import Opened
from reports.grids import first_head, rungs_shown, semester_names
from reports.tables import Report, Row, labels_of
from school import wording
from school.models import RecapPeriod, Semester
from school.models.semesters import Term
from workflow import clock

ACCENT, GREY = "s1", "s2"


def problem_rate(reports: Sequence[Report]) -> Chart:
    """Return graph 1: the rate of each row, the semesters side by side, the last in the accent."""
    labels = labels_of(reports)
    names = _names(reports) if len(reports) > 1 else [pgettext("table", "Percent")]
    series = [
        Series(
            name,
            ACCENT if each is reports[-1] else GREY,
            [_rate(each.row(label)) for label in labels],
        )
        for name, each in zip(names, reports, strict=True)
    ]
    title = _("Graph 1. Students with problems, percent")
    return Chart("graph-1", title, labels, series, first_head(reports[0].by), places=2)


def _names(reports: Sequence[Report]) -> list[str]:
    return semester_names([each.semester for each in reports])


def _rate(row: Row) -> Decimal | None:
    return None if row.is_missing else row.tally.rate


def handling(reports: Sequence[Report]) -> list[Chart]:
    """Return graphs 2 and 3: how the cases of each semester were handled, on the same scale."""
    shown = rungs_shown(reports)
    drawn = [
        _handling(each, name, number, shown)
        for each, name, number in zip(reports, _names(reports), _numbers(reports), strict=True)
    ]
    highest = max(chart.top for chart in drawn)
    return [replace(chart, reaches=highest) for chart in drawn]


def _numbers(reports: Sequence[Report]) -> list[int]:
    """Return 2 and 3; a second semester by itself is 3, as in the paper."""
    if len(reports) == 1:
        return [3 if reports[0].semester.term == Term.EVEN else 2]
    return [2, 3]


def _handling(report: Report, name: str, number: int, shown: Sequence[Rung]) -> Chart:
    labels = labels_of([report])
    series = [
        Series(
            str(rung.head),
            rung.standing.look,
            [report.row(label).tally.at(rung) for label in labels],
        )
        for rung in shown
    ]
    title = _("Graph %(number)s. Handling, %(semester)s") % {"number": number, "semester": name}
    return Chart(f"graph-{number}", title, labels, series, first_head(report.by), adds_up=True)


def new_cases(semesters: Sequence[Semester], opened: Iterable[Opened]) -> Chart:
    """Return how many of the cases `opened` were opened in each month, without those that go on."""
    shown = {semester.pk for semester in semesters}
    new = (case for case in opened if case.semester in shown and not case.goes_on)
    days = (clock.day_of(case.opened_at) for case in new)
    numbers = Counter(day.replace(day=1) for day in days)
    since = _recaps_from(semesters)
    begun = (month for one in semesters for month in months_of(one, since.get(one.pk)))
    months = sorted({*numbers, *begun})
    values = [numbers[month] for month in months]
    series = [Series(pgettext("table", "New cases"), ACCENT, values)]
    labels = [wording.short_month(month) for month in months]
    return Chart("graph-months", _("New cases by month"), labels, series, _("Month"))


def _recaps_from(semesters: Sequence[Semester]) -> dict[int, date]:
    """Return semester id → the first day of which recaps count."""
    periods = RecapPeriod.objects.filter(semester__in=semesters).order_by().values("semester")
    return dict(periods.annotate(first=Min("starts_on")).values_list("semester", "first"))


def months_of(semester: Semester, since: date | None) -> list[date]:
    """Return the first days of the semester's months that have begun, from `since` on.

    Before a school began with its recaps nothing was counted, which is not zero.
    """
    last = min(semester.ends_on, clock.today())
    first = max(semester.starts_on, since or semester.starts_on).replace(day=1)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12 + 1, 1)
        for at in range(count)
    ]

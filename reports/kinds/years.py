"""All semesters that have begun, oldest first: how the school's figures move over the years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from homevisits.models import Visit, VisitState, VisitStatus
from homevisits.models.visit import SEEN
from reports.charts import Chart, Series
from reports.facts import CaseSet
from reports.graphs import ACCENT
from reports.grid import NOTHING, Cell, Grid, Measure, Unit, Value, side_by_side
from reports.kinds.base import Asked, Content, ReportKind, rung_measures
from reports.measures import cases_measure, median_measure, resolved, resolved_measures
from reports.permissions import YEARS
from reports.rates import percent
from reports.tables import Report, labels_of
from school.models import Semester, User
from school.models.semesters import Term
from workflow.addresses import address


@dataclass(frozen=True)
class Figures:
    """What the tables show of a semester."""

    name: str
    report: Report
    cases: CaseSet
    visits: Cell


def content(asked: Asked) -> Content:
    visits = _visits(asked.semesters, asked.user)
    shown = [
        Figures(name, report, cases, visits.get(report.semester.pk, Cell(0)))
        for name, report, cases in zip(asked.names, asked.reports, asked.whole, strict=True)
    ]
    grids = [_by_semester(asked, shown), _by_year(shown), _by_grade(shown)]
    return Content(grids, [_rates(shown), _shares(shown)])


def _visits(semesters: Iterable[Semester], viewer: User | None) -> dict[int, Cell]:
    """Return semester id → how many visits were made in its cases, with the list of them."""
    codes = {one.pk: one.code for one in semesters}
    made = Visit.objects.filter(status=VisitStatus.RECORDED, case__semester__in=codes).order_by()
    numbers = made.values("case__semester").annotate(
        number=Count("pk"), seen=Count("pk", filter=SEEN.where(viewer))
    )
    found = {}
    for semester, number, seen in numbers.values_list("case__semester", "number", "seen"):
        params = {"state": VisitState.RECORDED.value, "semester": codes[semester]}
        url = f"{address('homevisits:visits')}?{urlencode(params)}"
        found[semester] = Cell(number, url if seen == number else "")
    return found


def _of_cases(measure: Measure[CaseSet]) -> Measure[Figures]:
    return Measure(measure.head, lambda figures: measure.cell(figures.cases), measure.unit)


def _students() -> Measure[Figures]:
    def cell(figures: Figures) -> Cell:
        total = figures.report.total
        return Cell(total.tally.students, total.students_url())

    return Measure(pgettext("table", "Students"), cell)


def _rate() -> Measure[Figures]:
    return Measure(
        pgettext("table", "Percent"),
        lambda figures: Cell(figures.report.total.tally.rate),
        Unit.PERCENT,
    )


def _by_semester(asked: Asked, shown: Sequence[Figures]) -> Grid:
    measures = [
        _students(),
        _of_cases(cases_measure()),
        _rate(),
        *map(_of_cases, rung_measures(asked)),
        *map(_of_cases, resolved_measures()),
        _of_cases(median_measure()),
        Measure(_("Visits made"), lambda figures: figures.visits),
    ]
    columns, lines = side_by_side([""], measures, [(one.name, [one]) for one in shown])
    return Grid(
        "years_by_semester",
        _("All semesters"),
        _("Semester"),
        columns,
        lines,
        note=_(
            "Percent: cases of the students. Days: the median from recap to resolution. Visits"
            " made: every visit that was recorded; a case can have several, and counts once by"
            " rung."
        ),
    )


def _by_year(shown: Sequence[Figures]) -> Grid:
    """Return a line for each school year, with its two semesters side by side."""
    years: dict[str, list[Figures | None]] = {}
    for one in shown:
        semester = one.report.semester
        pair = years.setdefault(semester.year.label, [None] * len(Term))
        pair[semester.term - 1] = one
    names = [_("Sem %(term)s") % {"term": term.value} for term in Term]
    measures = [
        _if_begun(each)
        for each in (
            _of_cases(cases_measure()),
            _rate(),
            *map(_of_cases, resolved_measures()[1:]),
            _of_cases(median_measure()),
        )
    ]
    columns, lines = side_by_side(names, measures, list(years.items()))
    return Grid("years_by_year", _("Both semesters of each year"), _("School year"), columns, lines)


def _if_begun(measure: Measure[Figures]) -> Measure[Figures | None]:
    return Measure(measure.head, lambda one: measure.cell(one) if one else NOTHING, measure.unit)


def _by_grade(shown: Sequence[Figures]) -> Grid:
    """Return the rate of each grade in each semester."""

    def of_grade(label: str) -> Measure[Figures]:
        def cell(figures: Figures) -> Cell:
            row = figures.report.row(label)
            return NOTHING if row.is_missing else Cell(row.tally.rate)

        return Measure(label, cell, Unit.PERCENT)

    whole = Measure(_("Whole school"), _rate().cell, Unit.PERCENT)
    measures = [*map(of_grade, labels_of([one.report for one in shown])), whole]
    columns, lines = side_by_side([""], measures, [(one.name, [one]) for one in shown])
    title = _("Students with problems by grade, percent")
    return Grid("years_by_grade", title, _("Semester"), columns, lines)


def _rates(shown: Sequence[Figures]) -> Chart:
    values = [one.report.total.tally.rate for one in shown]
    return _trend("years-rate", _("Students with problems, percent"), shown, values)


def _shares(shown: Sequence[Figures]) -> Chart:
    values = [
        percent(len(resolved(one.cases)), len(one.cases)) if len(one.cases) else None
        for one in shown
    ]
    return _trend("years-resolved", _("Resolved cases, percent"), shown, values)


def _trend(key: str, title: str, shown: Sequence[Figures], values: Sequence[Value]) -> Chart:
    series = [Series(pgettext("table", "Percent"), ACCENT, values)]
    names = [one.name for one in shown]
    return Chart(key, title, names, series, _("Semester"), places=2, is_over_time=True)


KIND = ReportKind(
    "years",
    "tahun",
    gettext_lazy("Over the years"),
    gettext_lazy("The figures of all semesters that have begun, oldest first."),
    content,
    YEARS,
    gettext_lazy("Counselors and the principal can read this report."),
    is_over_years=True,
)

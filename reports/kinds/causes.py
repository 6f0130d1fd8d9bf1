"""What lay behind the cases: the causes named when they were resolved, and how serious they were.

The paper calls minor what contact or a summons could solve, and complex what needed a home visit.
A case can have several causes, so their lines do not add up to the cases.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.models import Cause, Rung
from reports.charts import Chart, Series
from reports.facts import MINOR, NONE, CaseFact, CaseSet
from reports.grid import Measure
from reports.kinds.base import Asked, Content, ReportKind, rung_measures, same_scale
from reports.measures import cases_measure
from reports.tables import GRADE


def content(asked: Asked) -> Content:
    lines = [(str(cause.label), [_of(cases, cause) for cases in asked.whole]) for cause in Cause]
    without = [
        cases.where(lambda case: not case.causes, cause=NONE).unopened() for cases in asked.whole
    ]
    shown = [(label, sets) for label, sets in lines if any(map(len, sets))]
    by_rung = asked.grid(
        "causes_by_rung",
        _("Causes by how far the cases went"),
        [cases_measure(), *rung_measures(asked), *severity_measures()],
        [*shown, (_("No cause named yet"), without)] if any(map(len, without)) else shown,
        [(_("All cases"), asked.whole)],
        first_head=_("Cause"),
        note=_(
            "A case can have several causes. Minor: contact or a summons was enough; complex: it"
            " needed a home visit."
        ),
    )
    title = _("Causes by grade") if asked.by == GRADE else _("Causes by class")
    known = [cause for cause in Cause if any(str(cause.label) == label for label, _sets in shown)]
    measures = [cases_measure(), *severity_measures(), *map(_measure, known)]
    return Content(
        [by_rung, asked.by_rows("causes_by_row", title, measures)], _charts(asked, shown)
    )


def severity_measures() -> list[Measure[CaseSet]]:
    """Return the cases that contact or a summons handled, and those that needed a home visit."""
    return [
        Measure(pgettext("severity", "Minor"), lambda cases: _minor(cases).cell),
        Measure(pgettext("severity", "Complex"), lambda cases: cases.at(Rung.HOME_VISIT).cell),
    ]


def _minor(cases: CaseSet) -> CaseSet:
    """Return the minor cases; no list shows two rungs at once."""
    return cases.where(lambda case: case.rung in MINOR, severity="minor").unopened()


def _of(cases: CaseSet, cause: Cause) -> CaseSet:
    return cases.where(_has(cause), cause=cause.value)


def _has(cause: Cause) -> Callable[[CaseFact], bool]:
    return lambda case: cause in case.causes


def _measure(cause: Cause) -> Measure[CaseSet]:
    return Measure(str(cause.label), lambda cases: _of(cases, cause).cell)


def _charts(asked: Asked, lines: list[tuple[str, list[CaseSet]]]) -> list[Chart]:
    """Return a chart for each semester: the causes, minor and complex, on the same scale."""
    heads = (
        (pgettext("severity", "Minor"), Rung.CONTACT, _minor),
        (pgettext("severity", "Complex"), Rung.HOME_VISIT, lambda cases: cases.at(Rung.HOME_VISIT)),
    )
    charts = []
    for at, name in enumerate(asked.long_names):
        series = [
            Series(head, look.standing.look, [len(find(sets[at])) for _label, sets in lines])
            for head, look, find in heads
        ]
        title = _("Causes, %(semester)s") % {"semester": name}
        labels = [label for label, _sets in lines]
        charts.append(Chart(f"causes-{at}", title, labels, series, _("Cause"), adds_up=True))
    return same_scale(charts) if lines else []


KIND = ReportKind(
    "causes",
    "penyebab",
    gettext_lazy("Causes"),
    gettext_lazy("What lay behind the cases, as it was named when they were resolved."),
    content,
    is_for_all=True,
)

"""Why students came to BK: the paper's five reasons, by how far the cases went and by class.

A case has each reason that its evidence shows (domain: home visits, a to e), so the lines of the
reasons do not add up to the cases.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Reason
from reports.charts import Chart, Series
from reports.facts import NONE, CaseSet, reasons_of
from reports.grid import Measure
from reports.kinds.base import Asked, Content, ReportKind, rung_measures, same_scale
from reports.measures import cases_measure
from reports.tables import GRADE

Reasons = dict[int, frozenset[str]]
Lines = list[tuple[str, list[CaseSet]]]


def content(asked: Asked) -> Content:
    reasons = reasons_of(asked.cases)
    lines = _lines(asked, reasons)
    rungs = [cases_measure(), *rung_measures(asked)]
    note = _("A case can have several reasons, so they add up to more than the cases.")
    by_rung = asked.grid(
        "reasons_by_rung",
        _("Reasons by how far the cases went"),
        rungs,
        lines,
        [(_("All cases"), asked.whole)],
        first_head=_("Reason"),
        note=note,
    )
    title = _("Reasons by grade") if asked.by == GRADE else _("Reasons by class")
    by_row = asked.by_rows("reasons_by_row", title, [cases_measure(), *_measures(reasons)])
    return Content([by_rung, by_row], _charts(asked, lines))


def _lines(asked: Asked, reasons: Reasons) -> Lines:
    """Return the cases of each reason; those without any, if there are some, last."""
    lines = [
        (str(reason.label), [cases.because_of(reason, reasons) for cases in asked.whole])
        for reason in Reason
    ]
    without = [
        cases.where(lambda case: not reasons.get(case.pk), reason=NONE).unopened()
        for cases in asked.whole
    ]
    return [*lines, (_("No reason on record"), without)] if any(map(len, without)) else lines


def _measures(reasons: Reasons) -> list[Measure[CaseSet]]:
    return [
        Measure(
            str(reason.label),
            lambda cases, reason=reason: cases.because_of(reason, reasons).cell,  # type: ignore[misc]
        )
        for reason in Reason
    ]


def _charts(asked: Asked, lines: Lines) -> list[Chart]:
    """Return a chart for each semester: the reasons, in parts by rung, on the same scale."""
    return same_scale(
        [
            Chart(
                f"reasons-{at}",
                _("Reasons, %(semester)s") % {"semester": name},
                [label for label, _sets in lines],
                _series(asked, [sets[at] for _label, sets in lines]),
                _("Reason"),
                adds_up=True,
            )
            for at, name in enumerate(asked.long_names)
        ]
    )


def _series(asked: Asked, sets: Sequence[CaseSet]) -> list[Series]:
    return [
        Series(str(rung.head), rung.standing.look, [len(cases.at(rung)) for cases in sets])
        for rung in asked.rungs
    ]


KIND = ReportKind(
    "reasons",
    "alasan",
    gettext_lazy("Reasons"),
    gettext_lazy("What brought students to BK, as the class lists and direct openings show it."),
    content,
    is_for_all=True,
)

"""How well the service worked, as the paper's evaluation of the outcome asks.

What became of the cases at each rung, how long they took, which came back, and what assistance went
with.
"""

from django.utils.translation import gettext_lazy

from reports.kinds.base import Asked, Content, ReportKind
from reports.kinds.effectiveness import assistance, days, relapses, results


def content(asked: Asked) -> Content:
    durations = days.read(asked)
    return Content(
        [
            results.by_rung(asked),
            results.by_row(asked),
            days.by_step(asked, durations),
            days.by_rung(asked),
            relapses.by_row(asked),
            *assistance.by_rung(asked),
        ],
        [*results.charts(asked), days.chart(asked, durations)] if asked.cases else [],
    )


KIND = ReportKind(
    "effectiveness",
    "efektivitas",
    gettext_lazy("Effectiveness"),
    gettext_lazy("What became of the cases, how long it took, and which came back."),
    content,
)

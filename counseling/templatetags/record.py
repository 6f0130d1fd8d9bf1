from django import template

from counseling.record import SemesterRecord
from counseling.record_chart import drawn

register = template.Library()


@register.inclusion_tag("counseling/record_figures.html")
def record_figures(record: SemesterRecord, folded: bool = True) -> dict[str, object]:
    """Draw the chart of a semester, its legend, and its numbers as a table below it."""
    chart = record.chart
    return {
        "record": record,
        "svg": drawn(chart) if chart else "",
        "panels": chart.panels if chart else [],
        "folded": folded and chart,
    }

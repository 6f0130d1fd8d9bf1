from django import template

from reports.charts import Chart, drawn

register = template.Library()


@register.inclusion_tag("reports/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """Draw the chart, its legend, and its numbers as a table below it."""
    return {"chart": chart, "svg": drawn(chart)}

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from reports.charts import Chart, drawn
from reports.grids import Cell

register = template.Library()


@register.inclusion_tag("reports/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """Draw the chart, what its colours mean, and its numbers as a table under it."""
    return {"chart": chart, "svg": drawn(chart)}


@register.simple_tag
def figures(values: Iterable[str]) -> SafeString:
    """Draw the cells of a line of numbers."""
    cells = (f'<td class="num">{conditional_escape(value)}</td>' for value in values)
    return SafeString("".join(cells))


@register.simple_tag
def numbers(line: Iterable[Cell]) -> SafeString:
    """Draw the cells of a line of numbers that lead to the rows behind them."""
    return figures(_link(text, url) if url else text for text, url in line)


def _link(text: str, url: str) -> SafeString:
    return SafeString(f'<a href="{escape(url)}">{escape(text)}</a>')

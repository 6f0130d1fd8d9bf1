"""Charts as SVG, with words and numbers, the same on screen, on paper and in a PDF.

Numbers in attributes are never localised, since `0,5` would break them; numbers in texts are.
Colours come from classes of the stylesheet, so that a chart follows light and dark mode.
"""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString

from school import wording

Value = int | Decimal | None

WIDTH = 360
COLUMNS_FIT = 8
"""Up to this many columns stand upright with their numbers; more become horizontal bars."""
LONGEST_LABEL = 18
LETTER = 6.6
"""Width of a letter at 12 px, roughly."""
PLOT, FLOOR, HEIGHT = 132, 152, 176


@dataclass(frozen=True)
class Series:
    """A value for each group, or None. `kind` is the colour: s1, contact, …"""

    label: str
    kind: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Chart:
    id: str
    title: str
    groups: Sequence[str]
    series: Sequence[Series]
    first_head: str
    places: int = 0
    adds_up: bool = False
    """Whether the values of a group are parts of a whole."""
    reaches: float = 0
    """The value that the scale must reach, so that charts side by side have the same scale."""
    is_over_time: bool = False
    """Whether the groups follow one another in time: columns of one series, however many."""

    @property
    def has_legend(self) -> bool:
        """Return whether the colours need a legend; not if each bar has its own label."""
        return len(self.series) > 1 and (not self.adds_up or self.is_stacked)

    @property
    def heads(self) -> list[str]:
        """Return the heads of the figures, if the chart is a table."""
        return [series.label for series in self.series]

    @cached_property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Return the chart as a table."""
        return [
            (group, [self.said(series.values[at]) for series in self.series])
            for at, group in enumerate(self.groups)
        ]

    @cached_property
    def top(self) -> float:
        """Return the greatest value, or sum if values add up; at least `reaches` and 1."""
        least = max(self.reaches, 1.0)
        if self.is_stacked:
            return max([sum(map(_size, values)) for values in self.by_group()] + [least])
        return max([_size(value) for each in self.series for value in each.values] + [least])

    @property
    def is_upright(self) -> bool:
        return not self.adds_up and len(self.groups) * len(self.series) <= COLUMNS_FIT

    @property
    def is_stacked(self) -> bool:
        return self.adds_up and len(self.groups) * len(self.series) > 2 * COLUMNS_FIT

    def by_group(self) -> Iterator[list[Value]]:
        return ([series.values[at] for series in self.series] for at in range(len(self.groups)))

    def said(self, value: Value) -> str:
        return wording.figure(value, self.places)

    def in_words(self) -> str:
        """Return the chart as text for screen readers: "X: Semester 1 13,65, Semester 2 3,32"."""
        lines = (
            ", ".join(f"{series.label} {value}" for series, value in zip(self.series, values))  # noqa: B905
            for _group, values in self.rows
        )
        return "; ".join(f"{group}: {line}" for group, line in zip(self.groups, lines))  # noqa: B905


def drawn(chart: Chart) -> SafeString:
    """Draw the chart as columns, as lines of bars, or one bar of parts for each group."""
    if chart.is_over_time:
        return _svg(chart, HEIGHT, _trend(chart))
    if chart.is_upright:
        return _svg(chart, HEIGHT, _columns(chart))
    if chart.is_stacked:
        return _stacked(chart)
    return _bars(chart)


def _svg(chart: Chart, height: float, content: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{id}-title {id}-words"><title id="{id}-title">{title}</title>'
        '<desc id="{id}-words">{words}</desc>{content}</svg>',
        WIDTH,
        f"{height:.1f}",
        id=chart.id,
        title=chart.title,
        words=chart.in_words(),
        content=content,
    )


def _columns(chart: Chart) -> SafeString:
    room = WIDTH / max(len(chart.groups), 1)
    thick = min(34.0, room * 0.66 / len(chart.series))
    first = (room - thick * len(chart.series) - 6 * (len(chart.series) - 1)) / 2
    parts = [f'<line class="axis" x1="0" y1="{FLOOR}" x2="{WIDTH}" y2="{FLOOR}"/>']
    for at, (group, values) in enumerate(zip(chart.groups, chart.by_group(), strict=True)):
        parts.append(_text(group, room * at + room / 2, FLOOR + 18, anchor="middle"))
        for number, value in enumerate(values):
            x = room * at + first + number * (thick + 6)
            high = _size(value) / chart.top * PLOT
            parts.append(_bar(chart.series[number].kind, x, FLOOR - high, thick, high))
            parts.append(_value(chart.said(value), x + thick / 2, FLOOR - high - 5, "middle"))
    return _joined(parts)


def _trend(chart: Chart) -> SafeString:
    """Draw a column for each group; of many, only those have words for which there is room.

    Where not all have their number, the highest has it above and the last beside it, where no other
    column stands.
    """
    (series,), count = chart.series, max(len(chart.groups), 1)
    longest = max((len(chart.said(value)) for value in series.values), default=0) * LETTER
    is_roomy = WIDTH / count >= longest
    room = WIDTH / count if is_roomy else (WIDTH - _value_room(chart)) / count
    thick = min(34.0, room * 0.66)
    highest = series.values.index(max(series.values, key=_size)) if series.values else 0
    parts = [f'<line class="axis" x1="0" y1="{FLOOR}" x2="{WIDTH}" y2="{FLOOR}"/>']
    for at, value in enumerate(series.values):
        middle, high = room * (at + 0.5), _size(value) / chart.top * PLOT
        parts.append(_bar(series.kind, middle - thick / 2, FLOOR - high, thick, high))
        if is_roomy or at == highest != count - 1:
            x = max(middle, _value_room(chart) / 2 - 4)
            parts.append(_value(chart.said(value), x, FLOOR - high - 5, "middle"))
        elif at == count - 1:
            parts.append(_value(chart.said(value), room * count + 3, FLOOR - max(high - 5, 5)))
    return _joined([*parts, *_names_in_time(chart.groups, room)])


def _names_in_time(groups: Sequence[str], room: float) -> Iterator[str]:
    """Yield the names under a trend for which there is room, the last among them."""
    widest = max(map(len, groups), default=0) * LETTER
    every = ceil((widest + 8) / room)
    for at, group in enumerate(groups):
        if (len(groups) - 1 - at) % every == 0:
            x = min(max(room * (at + 0.5), widest / 2), WIDTH - widest / 2)
            yield _text(group, x, FLOOR + 18, anchor="middle")


def _bars(chart: Chart) -> SafeString:
    """Draw a line for each value; if its kind has a label, it comes before the bar."""
    words = max(len(series.label) for series in chart.series) * LETTER + 8 if chart.adds_up else 0
    label = _label_room(chart)
    start, thick = label + words, 14 if chart.adds_up else 12
    scale = (WIDTH - start - _value_room(chart)) / chart.top
    step, gap = thick + (6 if chart.adds_up else 2), 10
    parts, y = [], 4.0
    for group, values in zip(chart.groups, chart.by_group(), strict=True):
        middle = y + thick / 2 if chart.adds_up else y + step * len(values) / 2
        parts.append(_text(_short(group), 0, middle + 4, is_strong=chart.adds_up))
        for series, value in zip(chart.series, values, strict=True):
            if words:
                parts.append(_text(series.label, label, y + thick / 2 + 4))
            long = _size(value) * scale
            parts.append(_bar(series.kind, start, y, long, thick))
            parts.append(_value(chart.said(value), start + long + 5, y + thick / 2 + 4))
            y += step
        y += gap
    return _svg(chart, y, _joined(parts))


def _stacked(chart: Chart) -> SafeString:
    """Draw a bar for each group, with its parts and their numbers side by side, then the sum."""
    start, thick, step = _label_room(chart), 18, 26
    scale = (WIDTH - start - _value_room(chart)) / chart.top
    parts, y = [], 4.0
    for group, values in zip(chart.groups, chart.by_group(), strict=True):
        x = start
        parts.append(_text(_short(group), 0, y + thick / 2 + 4))
        for series, value in zip(chart.series, values, strict=True):
            long = _size(value) * scale
            if value:
                said = chart.said(value)
                parts.append(_bar(series.kind, x, y, max(long - 1, 1), thick))
                if long > len(said) * LETTER + 3:
                    parts.append(_text(said, x + long / 2, y + 13, anchor="middle", kind="on"))
            x += long
        parts.append(_value(chart.said(sum(value or 0 for value in values)), x + 5, y + 13))
        y += step
    return _svg(chart, y, _joined(parts))


def _size(value: Value) -> float:
    return float(value or 0)


def _label_room(chart: Chart) -> float:
    longest = max((len(_short(group)) for group in chart.groups), default=0)
    is_strong = chart.adds_up and not chart.is_stacked
    return longest * (LETTER + is_strong) + 12


def _value_room(chart: Chart) -> float:
    """Return the width of the longest number, which is drawn after its bar."""
    return len(chart.said(Decimal(str(chart.top)))) * (LETTER + 1.4) + 8


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _bar(kind: str, x: float, y: float, width: float, height: float) -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{kind}" {at} rx="2"/>'


def _text(
    words: str, x: float, y: float, anchor: str = "", kind: str = "", is_strong: bool = False
) -> str:
    look = "v" if is_strong else kind
    drawn = f' class="{look}"' if look else ""
    if anchor:
        drawn += f' text-anchor="{anchor}"'
    return f'<text{drawn} x="{x:.1f}" y="{y:.1f}">{html.escape(words)}</text>'


def _value(said: str, x: float, y: float, anchor: str = "") -> str:
    return _text(said, x, y, anchor, kind="v")


def _joined(parts: list[str]) -> SafeString:
    return SafeString("".join(parts))

"""A semester of a student as SVG: meetings missed, and indicators over all subjects, by period.

As in reports/charts.py numbers in attributes are never localised, colours are classes, and every
part says what it is in letters too.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WIDTH, TITLE, TOTAL, PLOT, GAP, LABELS = 360, 16, 16, 64, 14, 18
WIDEST, LETTER, LINE = 34.0, 6.6, 12
LEAST = 4
"""The scale reaches at least so far, so that a single absence is no tall bar."""
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """A kind of what is counted: its colour, the letter in its bar, its name.

    The letters of absence are the school's codes, those of the indicators the paper's.
    """

    name: str
    kind: str
    letter: str
    label: str


@dataclass(frozen=True)
class Panel:
    title: str
    parts: Sequence[Part]
    counts: Sequence[Counts]

    def total(self, at: int) -> int:
        return sum(self.counts[at][part.name] for part in self.parts)

    @property
    def top(self) -> int:
        return max([LEAST, *(self.total(at) for at in range(len(self.counts)))])

    @property
    def plot(self) -> float:
        """Return the height of its bars, which need none where all is 0."""
        return PLOT if any(self.total(at) for at in range(len(self.counts))) else 0

    @property
    def height(self) -> float:
        return TITLE + TOTAL + self.plot

    def said(self, at: int) -> str:
        """Return the counts of a period in words, without those that are 0."""
        counts = self.counts[at]
        said = (f"{part.label} {counts[part.name]}" for part in self.parts if counts[part.name])
        return f"{self.title} {', '.join(said) or 0}"


@dataclass(frozen=True)
class RecordChart:
    anchor: str
    labels: Sequence[str]
    """The periods, as short as they fit below a bar."""
    periods: Sequence[str]
    meetings: Sequence[Counts]
    subjects: Sequence[Counts]
    words: Mapping[str, str]
    """Indicator → its name."""

    @cached_property
    def panels(self) -> list[Panel]:
        absent = [
            Part("sick", "review", "S", pgettext("attendance", "Sick")),
            Part("permitted", "contact", "I", pgettext("attendance", "Excused")),
            Part("absent", "late", "A", pgettext("attendance", "Absent")),
            Part("dispensed", "done", "D", pgettext("absence", "Exempted")),
        ]
        kinds = (("never", "late", "a"), ("low", "summons", "b"), ("missing", "contact", "c"))
        flags = [Part(name, kind, letter, self.words[name]) for name, kind, letter in kinds]
        return [
            Panel(_("Meetings missed"), absent, self.meetings),
            Panel(_("Indicators in all subjects"), flags, self.subjects),
        ]

    def in_words(self) -> str:
        return "; ".join(
            f"{period}: {', '.join(panel.said(at) for panel in self.panels)}"
            for at, period in enumerate(self.periods)
        )


def drawn(chart: RecordChart) -> SafeString:
    """Draw the two panels above each other, over the labels of the periods that they share."""
    parts: list[str] = []
    floor = -float(GAP)
    for panel in chart.panels:
        parts += _panel(panel, floor + GAP)
        floor += GAP + panel.height
    parts += _labels(chart, floor + LABELS - 4)
    return format_html(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{id}-title {id}-words"><title id="{id}-title">{title}</title>'
        '<desc id="{id}-words">{words}</desc>{content}</svg>',
        str(WIDTH),
        f"{floor + LABELS:.1f}",
        id=chart.anchor,
        title=_("Meetings missed and indicators by period"),
        words=chart.in_words(),
        content=SafeString("".join(parts)),
    )


def _labels(chart: RecordChart, y: float) -> list[str]:
    """Return the labels of the periods; of many only some, which have room."""
    room = WIDTH / len(chart.labels)
    every = max(1, ceil(4 * LETTER / room))
    return [
        _text(label, room * (at + 0.5), y, "middle")
        for at, label in enumerate(chart.labels)
        if at % every == 0
    ]


def _panel(panel: Panel, y: float) -> list[str]:
    floor = y + panel.height
    room = WIDTH / len(panel.counts)
    wide = min(WIDEST, room * 0.7)
    lines = [
        _text(panel.title, 0, y + LINE),
        f'<line class="axis" x1="0" y1="{floor:.1f}" x2="{WIDTH}" y2="{floor:.1f}"/>',
    ]
    for at, counts in enumerate(panel.counts):
        middle, foot = room * (at + 0.5), floor
        for part in panel.parts:
            high = counts[part.name] / panel.top * panel.plot
            if not high:
                continue
            foot -= high
            lines.append(_bar(part.kind, middle - wide / 2, foot, wide, max(high - 1, 1)))
            said = f"{part.letter} {counts[part.name]}"
            if high > LINE + 1 and wide > len(said) * LETTER:
                lines.append(_text(said, middle, foot + high / 2 + 4, "middle", "on"))
        lines.append(_text(str(panel.total(at)), middle, foot - 4, "middle", "v"))
    return lines


def _bar(kind: str, x: float, y: float, width: float, height: float) -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{kind}" {at} rx="2"/>'


def _text(words: str, x: float, y: float, anchor: str = "", kind: str = "") -> str:
    look = f' class="{kind}"' if kind else ""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{look}{place} x="{x:.1f}" y="{y:.1f}">{html.escape(words)}</text>'

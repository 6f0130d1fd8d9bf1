"""The tables of a semester that goes on, in words, as `reports/grid.html` draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from reports.grid import Cell
from reports.running.late import Office
from reports.running.stands import Line, Stands
from school import wording
from school.templatetags.words import escaped
from workflow.errors import Text

SaidLine = tuple[str, list[tuple[str, str]]]
"""A label, and figures in words, each with the address that it opens or ""."""


@dataclass(frozen=True)
class SaidTable:
    title: str
    first_head: str
    heads: Sequence[str]
    said_lines: Sequence[SaidLine]
    said_totals: Sequence[SaidLine] = ()
    note: str = ""
    label_look: str = ""


def by_wait(stands: Stands) -> SaidTable:
    note = _("A case that waits for several things stands in each of their lines.")
    lines = _stand(stands.by_wait)
    return SaidTable(_("What open cases wait for"), _("Waits for"), _heads(), lines, note=note)


def by_rung(stands: Stands) -> SaidTable:
    lines, totals = _stand(stands.by_rung), _stand([stands.total])
    return SaidTable(_("Open cases by rung"), _("Rung"), _heads(), lines, totals)


def _heads() -> list[str]:
    return [_("Cases"), _("Overdue"), _("Oldest since")]


def of_offices(offices: Iterable[Office]) -> SaidTable:
    lines: list[SaidLine] = []
    for office in offices:
        lines.append((str(office.label), [(str(office.total), ""), ("", "")]))
        for one in office.lines:
            label = format_html('<span class="muted">{}</span>', one.label)
            lines.append(_said(label, [one.number], one.since))
    heads = [_("Overdue"), _("Oldest since")]
    note = _("The principal has no day by which to decide: all that waits is counted.")
    return SaidTable(_("Who is waited for"), _("Who, and what"), heads, lines, note=note)


def _stand(lines: Iterable[Line]) -> list[SaidLine]:
    return [_said(line.label, [line.cases, line.late], line.since) for line in lines]


def _said(label: Text, cells: Iterable[Cell], since: date | None) -> SaidLine:
    figures = [(str(cell.value), cell.url) for cell in cells]
    day = wording.day(since).replace(" ", "\xa0") if since else wording.NO_FIGURE
    return escaped(label), [*figures, (day, "")]

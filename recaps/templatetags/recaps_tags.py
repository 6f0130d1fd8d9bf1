"""Cells and rows that class lists, sheets and lists of recaps draw many times."""

import json
from collections.abc import Iterator
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from recaps.models import Choice, RecapStatus
from recaps.models.attendance import AbsenceCode
from recaps.models.subjects import SubjectOfList
from recaps.queries.attendance import Hint, StudentMonth
from recaps.queries.class_list_rows import IndicatorCell, ListedStudent
from recaps.queries.recap_grid import FUTURE, MISSING, GridCell, GridLine
from recaps.queries.recap_sheet import SheetRow
from school import wording
from school.templatetags import words
from workflow.errors import Text

register = template.Library()

CHOICES = Choice.choices
WORDS = {
    "never": pgettext_lazy("chip", "Never"),
    "low": pgettext_lazy("chip", "Participation"),
    "missing": pgettext_lazy("chip", "Work"),
}
STATES: dict[str, tuple[str, Text]] = {
    MISSING: ("chip", pgettext_lazy("recap", "Missing")),
    RecapStatus.DRAFT: ("chip warn", RecapStatus.DRAFT.label),
    RecapStatus.RETURNED: ("chip bad", RecapStatus.RETURNED.label),
    RecapStatus.CORRECTING: ("chip warn", RecapStatus.CORRECTING.label),
    RecapStatus.HANDED_OVER: ("chip good", RecapStatus.HANDED_OVER.label),
}
LETTERS: dict[str | None, str] = {
    "": "",
    None: f'<span class="muted">{wording.NO_FIGURE}</span>',
    AbsenceCode.SICK: '<span class="chip">S</span>',
    AbsenceCode.PERMITTED: '<span class="chip">I</span>',
    AbsenceCode.ABSENT: '<span class="chip bad">A</span>',
}
"""Code of a day → how the grid draws it."""


@register.simple_tag
def indicator_cell(row: ListedStudent, cell: IndicatorCell) -> SafeString:
    """Draw the number of subjects in which an indicator holds, as a link to them."""
    if not cell.is_shown:
        return SafeString('<span class="none">–</span>')
    figure = str(cell.now)
    if cell.has_changed:
        figure = format_html(
            '<s>{}</s><span class="visually-hidden"> {} </span> → {}',
            *(cell.before, _("at the decision, now"), cell.now),
        )
    counted = ngettext("%(figure)s subject", "%(figure)s subjects", cell.now)
    return format_html(
        '<a class="{0}" href="{1}" hx-get="{1}">'
        '<span class="word">{2}: </span>{3}<span class="word">{4}</span></a>',
        "chip bad" if cell.is_bad and cell.now else "chip",
        f"{row.student_url}?of={cell.indicator}",
        *(WORDS[cell.indicator], figure, counted.replace("%(figure)s", "")),
    )


@register.simple_tag
def choice_buttons(row: ListedStudent) -> SafeString:
    """Draw the buttons of the three decisions on a student; the present one is pressed."""
    taken = row.decision.choice if row.decision else ""
    old = ' class="old"' if row.is_undecided else ""
    drawn = (
        f'<button name="choice" value="{choice}"{old if choice == taken else ""}'
        f' aria-pressed="{"true" if choice == taken else "false"}">{escape(str(label))}</button>'
        for choice, label in CHOICES
    )
    return SafeString("".join(drawn))


@register.simple_tag
def attendance_rows(rows: list[StudentMonth]) -> SafeString:
    """Draw the rows of a month's grid: the name, the counts of S, I and A, the code of each day."""
    drawn = []
    for row in rows:
        name = f'<th scope="row">{escape(row.student.name)}</th>'
        counts = "".join(f'<td class="num">{count or ""}</td>' for count in row.counts)
        days = "".join(f"<td>{LETTERS[code]}</td>" for code in row.codes)
        drawn.append(f"<tr>{name}{counts}{days}</tr>")
    return SafeString("".join(drawn))


@register.simple_tag
def recap_line(line: SubjectOfList, *, leads_there: bool = True) -> SafeString:
    """Draw a recap that was handed over, by whom, when, on how many students; mostly as a link."""
    count = line.noted or 0
    noted = ngettext("%(n)s student noted", "%(n)s students noted", count) % {"n": count}
    said = (
        line.teacher.called if line.teacher else "",
        wording.day(line.handed_over_at) if line.handed_over_at else "",
        _("nihil") if line.is_nihil else noted,
    )
    shown = format_html(
        '<span class="{}">{}</span><span><b>{}</b><small class="muted">{}</small></span>',
        "dot" if line.is_nihil else "dot accent",
        words.icon("journal-text"),
        line.name,
        " · ".join(filter(None, said)),
    )
    if not (leads_there and line.recap):
        return format_html('<li><span class="line">{}</span></li>', shown)
    url = line.recap.get_absolute_url()
    right = words.icon("chevron-right")
    return format_html('<li><a class="line" href="{}">{}{}</a></li>', url, shown, right)


@register.simple_tag
def recap_rows(lines: list[GridLine]) -> SafeString:
    """Draw the rows of my recaps: class and subject, then the recap of each period."""
    months = [wording.month_name(cell.period.ends_on) for cell in lines[0].cells]
    return SafeString("".join(_recap_row(line, months) for line in lines))


def _recap_row(line: GridLine, months: list[str]) -> str:
    group = line.assignment.group
    cells = "".join(
        f'<td data-label="{month}">{_recap_cell(cell)}</td>'
        for month, cell in zip(months, line.cells, strict=True)
    )
    return (
        f'<tr><th scope="row"><span class="text-nowrap">{escape(str(group))}</span> '
        '<span class="fw-normal"><span class="only-phone">·</span> '
        f"{escape(str(group.subject))}</span></th>{cells}</tr>"
    )


def _recap_cell(cell: GridCell) -> str:
    if cell.state == "":
        return '<span class="muted">–</span>'
    if cell.state == FUTURE:
        since = _("from %(on)s") % {"on": wording.day(cell.period.starts_on)}
        return f'<small class="muted text-nowrap">{since}</small>'
    state = " ".join(_state_of(cell))
    if cell.is_link:
        return f'<a class="recap-cell" href="{cell.url}">{state}</a>'
    return f'<span class="recap-cell">{state}</span>'


def _state_of(cell: GridCell) -> Iterator[str]:
    """Yield the state of a recap: its status, its number of students, its due date."""
    kind, word = STATES[cell.state]
    said = escape(str("Nihil" if cell.is_nihil else word))
    if cell.state == RecapStatus.HANDED_OVER:
        said = f"{words.icon('check-lg')} {said}"
    yield f'<span class="{kind}">{said}</span>'
    if noted := cell.recap.noted if cell.recap else 0:
        count = ngettext("%(n)s noted", "%(n)s noted", noted) % {"n": noted}
        yield f'<small class="muted">{count}</small>'
    if cell.due_on:
        yield words.due(cell.due_on, _("by %(on)s") % {"on": wording.day(cell.due_on)})
    if cell.recap and cell.state == RecapStatus.RETURNED:
        reason = Truncator(cell.recap.return_reason).chars(80)
        yield f'<small class="reason">“{escape(reason)}”</small>'


def _daily(hint: Hint) -> str:
    """Draw what daily attendance says, with the numbers of days that one tap takes over."""
    days = escape(json.dumps(hint.days, separators=(",", ":")))
    return f'<small class="muted daily" data-days="{days}">{escape(hint.text)}</small>'


@register.simple_tag
def sheet_rows(rows: list[SheetRow], url: str) -> SafeString:
    """Draw the students of a sheet with what was noted; the script draws the controls."""
    active = f'<span class="ok">{escape(pgettext("row", "active"))}</span>'
    note = escape(pgettext("verb", "Note"))
    drawn = []
    for number, row in enumerate(rows, start=1):
        key, entry = row.student.pk, row.entry
        noted = f' data-v="{entry.version}" data-e="{escape(row.json)}"' if entry else ""
        nis = f' <small class="muted">{escape(row.student.nis)}</small>' if row.show_nis else ""
        of_class = (
            f' <small class="muted">{escape(row.class_name)}</small>' if row.class_name else ""
        )
        said = words.chips(row.chips) if row.chips else active
        days = _daily(row.hint) if row.hint else ""
        drawn.append(
            f'<details name="row" id="s{key}"{noted}><summary><span class="n">{number}</span>'
            f'<div class="who">{escape(row.student.name)}{nis}{of_class} {said}{days}'
            "</div></summary>"
            f'<div class="edit"><a class="b small" href="{url}siswa/{key}/">{note}</a></div>'
            "</details>"
        )
    return SafeString("".join(drawn))

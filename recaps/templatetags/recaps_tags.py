"""Cells and rows that class lists, sheets and lists of recaps draw many times."""

import json
from collections.abc import Iterator

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from recaps.models import Choice, ClassList, Entry, RecapStatus
from recaps.models.attendance import AbsenceCode
from recaps.models.subjects import SubjectOfList
from recaps.queries.attendance import Hint, StudentMonth
from recaps.queries.class_list_rows import IndicatorCell, ListedStudent
from recaps.queries.recap_grid import FUTURE, STATES, GridCell, GridLine
from recaps.queries.recap_sheet import SheetRow
from school import wording
from school.models import User
from school.templatetags import words
from school.templatetags.words import escaped

register = template.Library()

CHOICES = Choice.choices
WORDS = {
    "never": pgettext_lazy("chip", "Never"),
    "low": pgettext_lazy("chip", "Participation"),
    "missing": pgettext_lazy("chip", "Work"),
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
def indicator_cells(row: ListedStudent) -> SafeString:
    """Draw for each indicator the number of subjects in which it holds, as a link to them."""
    cells = (f'<td class="num figure">{_indicator(row, cell)}</td>' for cell in row.cells)
    return SafeString("".join(cells))


def _indicator(row: ListedStudent, cell: IndicatorCell) -> str:
    if not cell.is_shown:
        return '<span class="none">–</span>'
    figure = str(cell.now)
    if cell.has_changed:
        then = f'<span class="visually-hidden"> {_("at the decision, now")} </span>'
        figure = f"<s>{cell.before}</s>{then} → {cell.now}"
    look = "chip bad" if cell.is_bad and cell.now else "chip"
    url = f"{row.student_url}?of={cell.indicator}"
    counted = ngettext("%(figure)s subject", "%(figure)s subjects", cell.now)
    return (
        f'<a class="{look}" href="{url}" hx-get="{url}">'
        f'<span class="word">{WORDS[cell.indicator]}: </span>{figure}'
        f'<span class="word">{counted.replace("%(figure)s", "")}</span></a>'
    )


@register.simple_tag
def choice_buttons(row: ListedStudent) -> SafeString:
    """Draw the buttons of the three decisions on a student; the present one is pressed."""
    taken = row.decision.choice if row.decision else ""
    old = ' class="old"' if row.is_undecided else ""
    drawn = (
        f'<button name="choice" value="{choice}"{old if choice == taken else ""}'
        f' aria-pressed="{"true" if choice == taken else "false"}">{escaped(label)}</button>'
        for choice, label in CHOICES
    )
    return SafeString("".join(drawn))


@register.simple_tag
def attendance_rows(rows: list[StudentMonth]) -> SafeString:
    """Draw the rows of a month's grid: the name, the counts of S, I and A, the code of each day."""
    drawn = []
    for row in rows:
        name = f'<th scope="row">{escaped(row.student.name)}</th>'
        counts = "".join(f'<td class="num">{count or ""}</td>' for count in row.counts)
        days = "".join(f"<td>{LETTERS[code]}</td>" for code in row.codes)
        drawn.append(f"<tr>{name}{counts}{days}</tr>")
    return SafeString("".join(drawn))


@register.simple_tag
def recap_lines(lines: list[SubjectOfList], *, lead_there: bool = True) -> SafeString:
    """Draw the recaps that were handed over, by whom, when, on how many; mostly as links."""
    return SafeString("".join(_recap_line(line, leads_there=lead_there) for line in lines))


def _recap_line(line: SubjectOfList, *, leads_there: bool) -> str:
    count = line.noted or 0
    noted = ngettext("%(n)s student noted", "%(n)s students noted", count) % {"n": count}
    said = (
        line.teacher.called if line.teacher else "",
        wording.day(line.handed_over_at) if line.handed_over_at else "",
        _("nihil") if line.is_nihil else noted,
    )
    shown = (
        f'<span class="{"dot" if line.is_nihil else "dot accent"}">{words.icon("journal-text")}'
        f"</span><span><b>{escaped(line.name)}</b>"
        f'<small class="muted">{escaped(" · ".join(filter(None, said)))}</small></span>'
    )
    if not (leads_there and line.recap):
        return f'<li><span class="line">{shown}</span></li>'
    right = words.icon("chevron-right")
    return f'<li><a class="line" href="{line.recap.get_absolute_url()}">{shown}{right}</a></li>'


@register.simple_tag
def reminder(line: SubjectOfList, class_list: ClassList, me: User) -> str:
    """Return the draft of a message that asks the teacher of a subject for the recap."""
    return _(
        "%(greeting)s, %(teacher)s. The recap of %(subject)s for class %(class_name)s, %(month)s, "
        "has not come in yet. Could you hand it in, please? Thank you. – %(me)s"
    ) % {
        "greeting": wording.greeting(),
        "teacher": line.teacher.called if line.teacher else "",
        "subject": line.name,
        "class_name": class_list.school_class.name,
        "month": wording.month(class_list.period.ends_on),
        "me": me.name,
    }


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
        f'<tr><th scope="row"><span class="text-nowrap">{escaped(group)}</span> '
        '<span class="fw-normal"><span class="only-phone">·</span> '
        f"{escaped(group.subject)}</span></th>{cells}</tr>"
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
    said = escaped("Nihil" if cell.is_nihil else word)
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
        yield f'<small class="reason">“{escaped(reason)}”</small>'


def _daily(hint: Hint) -> str:
    """Draw what daily attendance says, with the numbers of days that one tap takes over."""
    days = escaped(json.dumps(hint.days, separators=(",", ":")))
    return f'<small class="muted daily" data-days="{days}">{escaped(hint.text)}</small>'


def _sources(entry: Entry) -> str:
    """Draw from which kinds of files an entry has what stands."""
    if not (kinds := entry.kinds_of_sources):
        return ""
    said = _("from %(kinds)s") % {"kinds": ", ".join(kinds)}
    return f'<small class="muted"> {escaped(said)}</small>'


@register.simple_tag
def sheet_rows(rows: list[SheetRow], url: str) -> SafeString:
    """Draw the students of a sheet with what was noted; the script draws the controls."""
    active = f'<span class="ok">{escaped(pgettext("row", "active"))}</span>'
    note = escaped(pgettext("verb", "Note"))
    drawn = []
    for number, row in enumerate(rows, start=1):
        key, entry = row.student.pk, row.entry
        noted = f' data-v="{entry.version}" data-e="{escaped(row.json)}"' if entry else ""
        nis = f' <small class="muted">{escaped(row.student.nis)}</small>' if row.show_nis else ""
        of_class = (
            f' <small class="muted">{escaped(row.class_name)}</small>' if row.class_name else ""
        )
        said = words.chips(row.chips) if row.chips else active
        days = _daily(row.hint) if row.hint else ""
        days += _sources(entry) if entry else ""
        drawn.append(
            f'<details name="row" id="s{key}"{noted}><summary><span class="n">{number}</span>'
            f'<div class="who">{escaped(row.student.name)}{nis}{of_class} {said}{days}'
            "</div></summary>"
            f'<div class="edit"><a class="b small" href="{url}siswa/{key}/">{note}</a></div>'
            "</details>"
        )
    return SafeString("".join(drawn))

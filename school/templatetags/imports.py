"""Lines of the plan for a file."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school.imports.plan import Field, Line, numbers
from school.templatetags import words
from school.wording import full_day

register = template.Library()
IN_HEAD = ("name", "nis", "class")
MOST_FIELDS = 4
"""Fields of a new record that are named; of a changed one all are."""


@register.filter
def row_numbers(rows: Iterable[int]) -> str:
    return numbers(rows)


@register.simple_tag
def import_lines(listed: object) -> SafeString:
    """Draw the lines of a list of a plan as rows of a table."""
    name: str = getattr(listed, "name", "")
    lines: Iterable[Line] = getattr(listed, "lines", ())
    draw = {"new": _new, "changed": _changed}.get(name, lambda _line: "")
    return SafeString("".join(f"<tr>{_head(line)}{draw(line)}</tr>" for line in lines))


@register.simple_tag
def holds_from(day: date, count: int, start: date | None) -> str:
    """Return how many records hold from a day on, and why if it is the start of the semester."""
    words = {"n": count, "day": full_day(day)}
    if day == start:
        text = ngettext(
            "%(n)s holds from %(day)s on, since nobody was there this semester.",
            "%(n)s hold from %(day)s on, since nobody was there this semester.",
            count,
        )
    else:
        text = ngettext("%(n)s holds from %(day)s on.", "%(n)s hold from %(day)s on.", count)
    return text % words


def _head(line: Line) -> str:
    esc = words.escaped
    row = f" · {esc(_('row %(n)s') % {'n': line.row})}" if line.row else ""
    day = _("from %(day)s") % {"day": full_day(line.on)} if line.on else ""
    said = " · ".join(esc(text) for text in (line.note, day) if text)
    return f'<th scope="row">{esc(line.who)} <small class="muted">{said}{row}</small></th>'


def _new(line: Line) -> str:
    fields = [field for field in line.fields if field.name not in IN_HEAD]
    named = [f"{words.escaped(f.label)} {words.escaped(f.becomes)}" for f in fields]
    rest = "…" if len(named) > MOST_FIELDS else ""
    return f'<td><small class="muted">{" · ".join(named[:MOST_FIELDS])}{rest}</small></td>'


def _changed(line: Line) -> str:
    return f"<td>{'<br>'.join(map(_field, line.fields))}</td>"


def _field(field: Field) -> str:
    esc = words.escaped
    was = f"{esc(field.was)} → " if field.was else ""
    return f"{esc(field.label)}: {was}<b>{esc(field.becomes)}</b>"

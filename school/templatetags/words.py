"""Words, icons and links for dates, figures and standings in templates."""

import html
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from school import maps, phones, wording
from school.models.students import Student
from school.standing import Standing
from workflow.errors import Text

register = template.Library()

OUTSIDE = mark_safe(' rel="noreferrer" target="_blank"')

register.filter(wording.day)
register.filter(wording.day_of_any_year)
register.filter(wording.full_day)
register.filter(wording.long_date)
register.filter(wording.month)
register.filter(wording.month_name)
register.filter(wording.date_range)
register.filter(wording.short_range)
register.filter(wording.percent)
register.filter(wording.figure)
register.filter("clock", wording.clock_time)


@register.simple_tag
def figure_lines(lines: Iterable[tuple[str, Iterable[str]]]) -> SafeString:
    """Draw the lines of a table, each a label and figures."""
    return SafeString("".join(_line(label, map(escaped, line)) for label, line in lines))


@register.simple_tag
def figure_heads(heads: Iterable[str]) -> SafeString:
    """Draw the heads of columns of figures."""
    return SafeString(
        "".join(f'<th scope="col" class="num">{escaped(head)}</th>' for head in heads)
    )


@register.simple_tag
def spanned_heads(heads: Iterable[tuple[str, int]]) -> SafeString:
    """Draw the heads that stand over so many columns of figures each."""
    return SafeString(
        "".join(
            f'<th scope="colgroup" class="num" colspan="{span}">{escaped(head)}</th>'
            for head, span in heads
        )
    )


@register.simple_tag
def number_lines(
    lines: Iterable[tuple[str, Iterable[tuple[str, str]]]], look: str = ""
) -> SafeString:
    """Draw the lines of a table, each a label and figures with the addresses of their links."""
    return SafeString("".join(_line(label, map(_linked, line), look) for label, line in lines))


def escaped(text: object) -> str:
    """Return `text` for HTML, as `conditional_escape` does, which takes three times as long."""
    return text if isinstance(text, SafeString) else html.escape(str(text))


def _line(label: str, cells: Iterable[str], look: str = "") -> str:
    drawn = "".join(f'<td class="num">{cell}</td>' for cell in cells)
    named = f' class="{look}"' if look else ""
    return f'<tr><th scope="row"{named}>{escaped(label)}</th>{drawn}</tr>'


def _linked(cell: tuple[str, str]) -> str:
    text, url = cell
    if url:
        return f'<a href="{escaped(url)}">{escaped(text)}</a>'
    return f'<span class="nil">{text}</span>' if text == "0" else escaped(text)


@register.filter
def phone(number: str) -> str:
    """Return "0812-3456-7890"."""
    return phones.written(phones.normalised(number))


@register.simple_tag
def wa_link(number: str, text: str = "") -> str:
    """Return the link to a draft in WhatsApp, whose text says nothing about a case."""
    link = f"https://wa.me/{phones.normalised(number)}"
    return f"{link}?text={quote(text, safe='')}" if text else link


@register.simple_tag
def tel_link(number: str) -> str:
    return f"tel:+{phones.normalised(number)}"


IN_TEXT = "d-inline-block py-3 me-3"
"""Where links of a text stand in two lines, a thumb meets the one that it aims at."""


@register.simple_tag
def map_links(student: Student, css: str = "") -> SafeString:
    """Draw the links to a student's home: a line of text, or buttons of the class `css`."""
    drawn = [
        _map_link(link, css, " " if number else "")
        for number, link in enumerate(maps.map_links(student))
    ]
    return mark_safe("".join(drawn))


def _map_link(link: maps.MapLink, css: str, before: str) -> SafeString:
    """Draw one link and what stands `before` it; both are hidden where only phones have the app."""
    drawn = format_html(
        '{}<a href="{}" class="{}"{}>{}{}</a>',
        before,
        link.url,
        css or IN_TEXT,
        "" if link.is_for_phones else OUTSIDE,
        format_html("{} ", icon("geo-alt")) if css else "",
        link.label,
    )
    return format_html('<span class="only-phone">{}</span>', drawn) if link.is_for_phones else drawn


@register.simple_tag
def whatsapp_dot(number: str, name: str, text: str, kind: str = "") -> SafeString:
    """Draw the dot before a person's name that opens a draft to them."""
    return format_html(
        '<a class="{}" href="{}" rel="noreferrer" target="_blank" aria-label="{}">{}</a>',
        f"dot {kind}".strip(),
        wa_link(number, text),
        _("WhatsApp to %(name)s") % {"name": name},
        icon("whatsapp"),
    )


@register.simple_tag
def call_button(number: str, name: str) -> SafeString:
    """Draw the button after a person's name that calls them."""
    return format_html(
        '<a class="iconbtn" href="{}" aria-label="{}">{}</a>',
        tel_link(number),
        _("Call %(name)s") % {"name": name},
        icon("telephone"),
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite, hidden from screen readers unless it has a label."""
    return _drawn_icon(name, str(label), staticfiles_storage.url("icons/sprite.svg"))


@lru_cache(maxsize=1000)
def _drawn_icon(name: str, label: str, sprite: str) -> SafeString:
    says = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="i" {}><use href="{}#{}"/></svg>', SafeString(says), sprite, name
    )


@register.simple_tag
def standing(of: Standing) -> SafeString:
    """Draw where something stands, e.g. a case on its rung: colour, icon and word."""
    return SafeString(f'<span class="rung {of.look}">{icon(of.icon)}{escaped(of.word)}</span>')


@register.simple_tag
def chips(shown: Iterable[tuple[str, Text]]) -> SafeString:
    """Draw the chips of what was noted, each (kind, text); kinds are classes of the stylesheet."""
    drawn = "".join(
        f'<span class="{f"chip {kind}" if kind else "chip"}">{escaped(text)}</span>'
        for kind, text in shown
    )
    return SafeString(f'<span class="chips">{drawn}</span>')


@register.simple_tag
def due(due_on: date | None, said: str = "") -> SafeString:
    """Draw how near a date is: red if it is late, amber today and tomorrow.

    `said` replaces the words if it is not late.
    """
    if due_on is None:
        return SafeString("")
    late = wording.days_late(due_on)
    look = "due late" if late > 0 else "due near" if late >= -1 else "due"
    text = escaped(said) if late <= 0 and said else wording.due(due_on, late)
    return SafeString(f'<time class="{look}" datetime="{due_on.isoformat()}">{text}</time>')

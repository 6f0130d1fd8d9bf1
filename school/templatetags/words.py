"""Words, icons and links that templates say dates, figures and standings with."""

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from school import phones, wording

register = template.Library()

# For a rung or an end of a case: the colour, the icon and the word, which always go together.
STANDINGS = {
    "review": ("review", "clipboard-check", pgettext_lazy("rung", "Review")),
    "contact": ("contact", "whatsapp", pgettext_lazy("rung", "Contact")),
    "summons": ("summons", "envelope", pgettext_lazy("rung", "Summons")),
    "home_visit": ("visit", "door-open", pgettext_lazy("rung", "Visit")),
    "resolved": ("done", "check2-circle", pgettext_lazy("standing", "Resolved")),
    "referred": ("done", "box-arrow-right", pgettext_lazy("standing", "Referred out")),
    "closed": ("review", "lock", pgettext_lazy("standing", "Closed")),
    "carried": ("review", "arrow-repeat", pgettext_lazy("standing", "Carried over")),
    "dismissed": ("review", "slash-circle", pgettext_lazy("standing", "Dismissed")),
}

UP_THE_LADDER = ("review", "contact", "summons", "home_visit")

for word in (
    wording.day,
    wording.day_of_any_year,
    wording.full_day,
    wording.long_date,
    wording.month,
    wording.date_range,
    wording.short_range,
    wording.percent,
    wording.figure,
    wording.signed,
    wording.initials,
):
    register.filter(word.__name__, word)
register.filter("clock", wording.clock_time)


@register.filter
def phone(number: Any) -> str:
    """ "0812-3456-7890" """
    return phones.written(phones.normalised(str(number)))


@register.simple_tag
def wa_link(number: Any, text: str = "") -> str:
    """Opens a draft in WhatsApp. Nothing of a case goes into the text."""
    link = f"https://wa.me/{phones.normalised(str(number))}"
    return f"{link}?text={quote(text, safe='')}" if text else link


@register.simple_tag
def tel_link(number: Any) -> str:
    return f"tel:+{phones.normalised(str(number))}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite, unseen by screen readers unless it has a label."""
    return _drawn_icon(name, str(label), static("icons/sprite.svg"))


@lru_cache(maxsize=1000)
def _drawn_icon(name: str, label: str, sprite: str) -> SafeString:
    says = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="i" {}><use href="{}#{}"/></svg>', SafeString(says), sprite, name
    )


@register.simple_tag
def rung(rung: int | str, status: Any = "OPEN") -> SafeString:
    """Where a case stands: how it ended, or while it is open its rung."""
    kind, icon_name, label = standing(rung, status)
    return format_html('<span class="rung {}">{}{}</span>', kind, icon(icon_name), label)


def standing(rung: int | str, status: Any = "OPEN") -> tuple[str, str, Any]:
    """Colour, icon and word of a rung (how far up, or its name); of the end of an ended case."""
    ended = str(getattr(status, "value", status)).lower()
    key = UP_THE_LADDER[rung] if isinstance(rung, int) else rung.lower()
    return STANDINGS.get(ended) or STANDINGS[key]


@register.simple_tag
def due(due_on: date | None, said: str = "") -> SafeString:
    """How near a date is, in words; late in red. `said` replaces the words while not late."""
    if due_on is None:
        return SafeString("")
    is_late = wording.days_late(due_on) > 0
    return format_html(
        '<time class="due{}" datetime="{}">{}</time>',
        " late" if is_late else "",
        due_on.isoformat(),
        wording.due(due_on) if is_late or not said else said,
    )

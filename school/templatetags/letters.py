"""The parts of a printed letter: its head, its lines, and room to sign."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school.models.profile import SchoolProfile
from school.models.signature import Signature
from school.signing import HeadSigns
from school.templatetags import words

register = template.Library()


@register.inclusion_tag("components/letterhead.html")
def letterhead(school: SchoolProfile | None = None) -> dict[str, object]:
    return {"school": school or SchoolProfile.current()}


@register.simple_block_tag
def letter_line(content: str, label: str) -> SafeString:
    """Draw a line of a letter; without a content it can be filled in by hand."""
    return format_html(
        '<tr><th scope="row">{}</th><td>:</td><td>{}</td></tr>',
        label,
        content or SafeString('<span class="blank"></span>'),
    )


@register.inclusion_tag("components/signature.html")
def signature(
    role: str,
    person: object = None,
    above: str = "",
    name: str = "",
    signed: Signature | None = None,
) -> dict[str, object]:
    """Draw room to sign, or in it what was `signed`.

    `person` has full_name and nip_written; `name` alone is without NIP.
    """
    return {"role": role, "person": person, "above": above, "name": name, "signed": signed}


@register.inclusion_tag("components/signature.html")
def head_signature(head: HeadSigns, above: str = "") -> dict[str, object]:
    """Draw room for the head of the school, or who acts for them, to sign."""
    return signature(f"{head.role},", head.person, above)


@register.simple_tag
def print_button(is_main: bool = True) -> SafeString:
    """Draw the button that prints the page; it is not the main one where an act is."""
    return format_html(
        '<button class="{}" type="button" data-print>{} {}</button>',
        "b go" if is_main else "b",
        words.icon("printer"),
        _("Print"),
    )

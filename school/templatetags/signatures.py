"""Signatures as they are shown on pages and papers."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school import wording
from school.models.signature import Signature, SignedWay

register = template.Library()


@register.simple_tag
def signature_ink(signed: Signature) -> SafeString:
    """Draw the lines of a signature, made from the numbers that were read; nothing if there are
    none."""
    drawing = signed.drawing
    if drawing is None:
        return SafeString("")
    return format_html(
        '<svg class="ink" viewBox="{}" preserveAspectRatio="xMinYMax meet" role="img"'
        ' aria-label="{}"><path d="{}"/></svg>',
        " ".join(f"{number:.6g}" for number in drawing.box),
        _("Signature of %(name)s") % {"name": signed.signer},
        str(drawing),
    )


@register.filter
def signed_how(signed: Signature) -> str:
    """Return how and when somebody signed; nothing for a paper, on which that is seen."""
    said = {
        SignedWay.DRAWN: _("Signed on the screen, %(day)s, %(time)s"),
        SignedWay.TYPED: _("Agreed by name, %(day)s, %(time)s"),
    }.get(SignedWay(signed.signed_way), "")
    at = signed.signed_at
    return said and said % {"day": wording.full_day(at), "time": wording.clock_time(at)}

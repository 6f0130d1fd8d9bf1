from uuid import uuid4

from django import template
from django.utils.safestring import SafeString

from workflow.submits import FIELD

register = template.Library()


@register.simple_tag
def submit_id() -> SafeString:
    """Draw the hidden UUID of a form, by which its submit has only one effect."""
    return SafeString(f'<input type="hidden" name="{FIELD}" value="{uuid4()}">')

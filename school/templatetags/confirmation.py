"""Where the page that asks who sits there leads without an answer."""

from urllib.parse import urlencode

from django import template
from django.template.context import Context

from school.confirmation import OTHERWISE, otherwise_of

register = template.Library()


@register.simple_tag(takes_context=True)
def otherwise(context: Context) -> str:
    return otherwise_of(context["request"])


@register.filter
def keeping(url: str, otherwise: str) -> str:
    """Return the address of another way to confirm, which leads to the same page without one."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({OTHERWISE: otherwise})}"

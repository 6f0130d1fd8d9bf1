"""What stands round a list: its filters, the heads that sort it, its pages."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school.filters import ListFilter, address
from school.templatetags import words

register = template.Library()


@register.inclusion_tag("components/search.html", takes_context=True)
def search(context: template.Context, label: str) -> dict[str, Any]:
    """Search the list of a page, `#found`, as one types; its filters stay."""
    request = context["request"]
    kept = [(name, value) for name, value in request.GET.items() if name not in ("q", "page")]
    return {"path": request.path, "label": label, "value": request.GET.get("q", ""), "kept": kept}


@register.simple_tag
def student_link(student: Any, url: str, class_name: str | None) -> SafeString:
    """Draw a student in a list; a phone shows the class here, as it hides that column."""
    return format_html(
        '<a class="name" href="{}">{}</a> <small class="muted only-phone">· {}</small>'
        ' <small class="visually-hidden">NIS {}</small>',
        *(url, student.name, class_name or "", student.nis),
    )


@register.inclusion_tag("components/filters.html", takes_context=True)
def list_filters(context: template.Context, listed: ListFilter, label: str = "") -> dict[str, Any]:
    """The filters of a list as links and menus, and in words what of them is refused."""
    return {
        "label": label or _("Filters"),
        "take_off": _("Take the filter off"),
        "filters": listed.links(),
        "refused": [(listed.form[name].label, found[0]) for name, found in listed.errors.items()],
    }


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, label: str, field: str, kind: str = "") -> SafeString:
    """A column's head that sorts by `field`, the other way round at the second press."""
    now = context["request"].GET.get("sort", "")
    order, arrow = {
        field: ("ascending", "arrow-up"),
        f"-{field}": ("descending", "arrow-down"),
    }.get(now, ("", ""))
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', order) if order else "",
        address(context["request"], sort=f"-{field}" if now == field else field),
        label,
        format_html(" {}", words.icon(arrow)) if arrow else "",
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    here = address(context["request"])
    return {"page": page, "address": here if here == "?" else f"{here}&"}

"""What stands round a list: its filters, the heads that sort it, its pages."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
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


@register.simple_block_tag
def filters(content: str, label: str = "") -> SafeString:
    return format_html(
        '<nav class="filters no-print" aria-label="{}">{}</nav>', label or _("Filters"), content
    )


@register.simple_block_tag(takes_context=True)
def filter_menu(
    context: template.Context, content: str, label: str, param: str, chosen: str = ""
) -> SafeString:
    """A menu of filter links; it says what is chosen, `chosen` or else the value itself."""
    value = context["request"].GET.get(param, "")
    known = {"label": label, "value": value, "chosen": (chosen or value) if value else ""}
    return render_to_string("components/filter_menu.html", {"content": content, **known})


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
def filter_link(
    context: template.Context,
    label: str,
    param: str,
    value: Any = "",
    count: int | None = None,
    in_menu: bool = False,
    default: str = "",
) -> SafeString:
    """A filter as a link: the address with `param` set to `value`, or without it where empty."""
    is_current = context["request"].GET.get(param, default) == str(value)
    given = {} if str(value) == default else {param: str(value)}
    return format_html(
        '<a{} href="{}"{}>{}{}</a>',
        SafeString("" if in_menu else ' class="f"'),
        address(context["request"], param, **given),
        SafeString(' aria-current="true"' if is_current else ""),
        label,
        "" if count is None else f" {count}",
    )


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

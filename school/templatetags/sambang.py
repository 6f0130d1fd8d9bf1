"""What templates say the look with: icons, words for dates and figures, and the components.

Each component is one template in templates/components/, named as its tag.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.contrib.messages import ERROR, get_messages
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school.models.profile import SchoolProfile
from school.templatetags import words

register = template.Library()
register.tags.update(words.register.tags)
register.filters.update(words.register.filters)

UNDO = "undo:"


@register.simple_tag
def school_name() -> str:
    return SchoolProfile.current().name


# Components round a content: {% card "Hari ini" %} … {% endcard %}


def _around(name: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **context})


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    count: int | None = None,
    icon: str = "",
    flush: bool = False,
    id: str = "",
) -> SafeString:
    return _around("card", content, title=title, count=count, icon=icon, flush=flush, id=id)


@register.simple_block_tag
def notice(content: str, kind: str = "info", icon: str = "") -> SafeString:
    """`kind`: info, warn, alert or done."""
    usual = {"info": "info-circle", "done": "check2-circle"}.get(kind, "exclamation-triangle")
    return _around("notice", content, kind=kind, icon=icon or usual)


@register.simple_block_tag
def foot(content: str, id: str = "") -> SafeString:
    return _around("foot", content, id=id)


@register.simple_block_tag
def filters(content: str, label: str = "") -> SafeString:
    return _around("filters", content, label=label or _("Filters"))


@register.simple_block_tag(takes_context=True)
def filter_menu(
    context: template.Context, content: str, label: str, param: str, chosen: str = ""
) -> SafeString:
    """A menu of filter links; it says what is chosen, `chosen` or else the value itself."""
    value = context["request"].GET.get(param, "")
    return _around(
        "filter_menu", content, label=label, value=value, chosen=(chosen or value) if value else ""
    )


@register.simple_block_tag
def back_link(content: str) -> SafeString:
    """The arrow of the top bar, where a page says where it leads."""
    return _around("back_link", content, url=content.strip()) if content.strip() else SafeString("")


@register.simple_block_tag
def lead(content: str) -> SafeString:
    """The line under the heading, where a page has one."""
    return format_html('<p class="lead">{}</p>', content) if content.strip() else SafeString("")


# Components that are lines of data


@register.inclusion_tag("components/filter_link.html", takes_context=True)
def filter_link(
    context: template.Context,
    label: str,
    param: str,
    value: Any = "",
    count: int | None = None,
    in_menu: bool = False,
    default: str = "",
) -> dict[str, Any]:
    """A filter as a link: the address with `param` set to `value`, or without it where empty."""
    query = context["request"].GET.copy()
    is_current = query.get(param, default) == str(value)
    query.pop("page", None)
    query.pop(param, None)
    if str(value) != default:
        query[param] = str(value)
    return {
        "label": label,
        "count": count,
        "in_menu": in_menu,
        "is_current": is_current,
        "url": f"?{query.urlencode()}",
    }


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: template.Context, label: str, field: str, kind: str = "") -> dict[str, Any]:
    """A column's head that sorts by `field`, the other way round at the second press."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{field}" if now == field else field
    order = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    return {"label": label, "order": order, "kind": kind, "url": f"?{query.urlencode()}"}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    query = context["request"].GET.copy()
    query.pop("page", None)
    query_string = query.urlencode()
    return {"page": page, "query": f"{query_string}&" if query_string else ""}


@register.inclusion_tag("components/task_line.html")
def task_line(
    title: str,
    url: str = "",
    sub: str = "",
    icon: str = "",
    kind: str = "",
    due_on: date | None = None,
    said: str = "",
) -> dict[str, Any]:
    """One line of work: what, whose, and by when. Without `url` it says why it is off."""
    return dict(locals())


@register.inclusion_tag("components/kpi.html")
def kpi(
    label: str, value: Any, url: str = "", change: str = "", trend: str = "", note: str = ""
) -> dict[str, Any]:
    """A figure of a semester. `trend`: down (good, green) or up (bad, red)."""
    return dict(locals())


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", icon: str = "check2-circle") -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/ladder.html")
def ladder(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`steps`: four of {"rung", "when", "state"}, state being done, now or empty."""
    shown = [(words.standing(step["rung"]), step) for step in steps]
    return {"steps": [{"kind": k, "icon": i, "label": w, **step} for (k, i, w), step in shown]}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Entries with icon, kind, title, on (a date); and text, url, link, is_void where they have."""
    return {"entries": entries}


@register.inclusion_tag("components/stepper.html")
def stepper(
    name: str, value: Any, label: str, min: int = 0, max: int | str = "", id: str = ""
) -> dict[str, Any]:
    return {**locals(), "id": id or f"id_{name}"}


@register.inclusion_tag("components/seg.html")
def seg(
    name: str, choices: Iterable[tuple[Any, str]], value: Any = "", legend: str = "", warn: str = ""
) -> dict[str, Any]:
    """One of a few, side by side. `warn` is the value that stands red when chosen."""
    return {**locals(), "choices": [(str(v), w) for v, w in choices], "value": str(value or "")}


@register.inclusion_tag("components/pick.html")
def pick(
    name: str,
    choices: Iterable[tuple[Any, str]],
    values: Iterable[Any] = (),
    legend: str = "",
    one: bool = False,
) -> dict[str, Any]:
    """Many of many as taps; with `one`, one of them."""
    chosen = {str(value) for value in values or ()}
    picks = [(str(value), label, str(value) in chosen) for value, label in choices]
    return {"name": name, "picks": picks, "legend": legend, "type": "radio" if one else "checkbox"}


@register.inclusion_tag("components/progress.html")
def progress(value: int, max: int, label: str, note: str = "") -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/letterhead.html")
def letterhead(school: SchoolProfile | None = None) -> dict[str, Any]:
    return {"school": school or SchoolProfile.current()}


@register.inclusion_tag("components/signature.html")
def signature(role: str, person: Any = None, above: str = "", name: str = "") -> dict[str, Any]:
    """Room to sign. `person` has name and nip_written; `name` alone for who has no NIP."""
    return dict(locals())


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("components/messages_toast.html", takes_context=True)
def messages_toast(context: template.Context) -> dict[str, Any]:
    """What was done, with a button to undo it where workflow.views.say_done gave one."""
    shown = [
        {
            "text": message.message,
            "is_error": message.level >= ERROR,
            "undo_url": (message.extra_tags or "").partition(UNDO)[2],
        }
        for message in get_messages(context["request"])
    ]
    return {"toasts": shown}


@register.simple_tag(takes_context=True)
def count_beside(context: template.Context, key: str) -> SafeString:
    """How much work waits at a place, from `task_counts`."""
    count = (context.get("task_counts") or {}).get(key)
    if not count:
        return SafeString("")
    return format_html(
        ' <span class="count hot">{}<span class="visually-hidden"> {}</span></span>',
        count,
        _("waiting"),
    )

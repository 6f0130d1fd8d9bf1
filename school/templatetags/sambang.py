"""Tags for templates: icons, words for dates and figures, and the components.

A component is a template in templates/components/ with the name of its tag. If it has only a line
or two of HTML, or is drawn a hundred times on a page, its HTML is here.
"""

from collections.abc import Iterable
from datetime import date

from django import template
from django.contrib.messages import ERROR, get_messages
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school.models.profile import SchoolProfile
from school.tasks import Task
from school.templatetags import imports, letters, lists, words
from workflow.acts import Button
from workflow.errors import Text
from workflow.templatetags.workflow_tags import submit_id
from workflow.views import undo_offered

register = template.Library()
for library in (words.register, lists.register, letters.register, imports.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)


@register.simple_tag
def school_name() -> str:
    return SchoolProfile.objects.values_list("name", flat=True).first() or ""


# Components around a content: {% card "Hari ini" %} … {% endcard %}


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    count: int | None = None,
    icon: str = "",
    flush: bool = False,
    id: str = "",
) -> SafeString:
    head = SafeString("")
    if title:
        head = format_html(
            "<h2>{}{}{}</h2>",
            format_html("{} ", words.icon(icon)) if icon else "",
            title,
            "" if count is None else format_html(' <span class="count">{}</span>', count),
        )
    return format_html(
        '<section class="card-s{}"{}>{}{}</section>',
        SafeString(" flush" if flush else ""),
        format_html(' id="{}"', id) if id else "",
        head,
        content,
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", icon: str = "") -> SafeString:
    """Draw a notice. `kind`: info, warn, alert or done."""
    usual = {"info": "info-circle", "done": "check2-circle"}.get(kind, "exclamation-triangle")
    return format_html(
        '<div class="notice {}"{}>{}<div>{}</div></div>',
        kind,
        SafeString(' role="alert"' if kind == "alert" else ""),
        words.icon(icon or usual),
        content,
    )


@register.simple_block_tag
def foot(content: str, id: str = "") -> SafeString:
    name = format_html(' id="{}"', id) if id else ""
    return format_html('<div class="foot no-print"{}>{}</div>', name, content)


@register.simple_block_tag
def back_link(content: str) -> SafeString:
    """Draw the arrow of the top bar, if the page says where it leads."""
    url = SafeString(content.strip())
    if not url:
        return url
    return format_html(
        '<a class="iconbtn back" href="{}" aria-label="{}">{}</a>',
        url,
        _("Back"),
        words.icon("chevron-left"),
    )


@register.simple_block_tag
def lead(content: str) -> SafeString:
    """Draw the line under the heading, if the page has one."""
    return format_html('<p class="lead">{}</p>', content) if content.strip() else SafeString("")


# Components for lines of data


@register.simple_tag
def task_line(
    title: Text,
    url: str = "",
    sub: Text = "",
    icon: str = "",
    look: str = "",
    due_on: date | None = None,
    said: str = "",
) -> SafeString:
    """Draw a task: what, for whom, and by when. Without `url` it says why it is off."""
    when = f'<span class="due">{words.escaped(said)}</span>' if said else ""
    if due_on:
        when = words.due(due_on, said)
    more = f'<small class="muted">{words.escaped(sub)}</small>' if sub else ""
    line = (
        f'<span class="dot {look}">{words.icon(icon)}</span>'
        f"<span><b>{words.escaped(title)}</b>{more}</span>{when}"
    )
    if url:
        return SafeString(f'<li><a class="line" href="{words.escaped(url)}">{line}</a></li>')
    return SafeString(f'<li><span class="line" aria-disabled="true">{line}</span></li>')


@register.simple_tag
def task_lines(tasks: Iterable[Task]) -> SafeString:
    """Draw the tasks of a person as a list, each in two lines on a phone."""
    return SafeString(f'<ul class="task-lines brief">{"".join(map(_task, tasks))}</ul>')


def _task(task: Task) -> str:
    """Draw a task, with its hour if that is to come today.

    A phone shows in the first line for whom it is, in the second what is to do and by when.
    """
    esc = words.escaped
    head = esc(task.whom or task.what)
    if task.group:
        head += f" <small>{esc(task.group)}</small>"
    what = f'<b class="do">{esc(task.what)}</b> ' if task.whom else ""
    more = f'<small class="muted">{esc(task.more)}</small>' if task.more else ""
    return (
        f'<li><a class="line" href="{esc(task.url)}">'
        f'<span class="dot {task.look}">{words.icon(task.icon)}</span>'
        f"<span>{what}<b>{head}</b> {more}</span>{words.due(task.due_on, task.hour)}</a></li>"
    )


@register.simple_tag(takes_context=True)
def act_button(
    context: template.Context,
    act: Button,
    kind: str = "",
    says_why: bool = True,
    whose: str = "",
    brief: bool = False,
) -> SafeString:
    """Draw an act: a link to its page, a form that does it at once, or off with the reason.

    Without `says_why` the page itself shows the reason. `whose` names the row of a list for screen
    readers. With `brief` a phone shows only the icon.
    """
    look = f"b {kind}".rstrip()
    if not act.on:
        off = format_html('<button class="{}" type="button" disabled>{}</button>', look, act.label)
        if not says_why:
            return off
        return format_html('<span>{} <small class="muted">{}</small></span>', off, act.reason)
    label = format_html('<span class="only-wide">{}</span>', act.label) if brief else act.label
    drawn = format_html("{} {}", words.icon(act.icon), label)
    heard = format_html(' aria-label="{}: {}"', act.label, whose) if whose else ""
    if not act.is_post:
        return format_html('<a class="{}" href="{}"{}>{}</a>', look, act.url, heard, drawn)
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
        ' value="{}">{}<button class="{}"{}>{}</button></form>',
        *(act.url, context["csrf_token"], submit_id(), look, heard, drawn),
    )


@register.simple_tag(takes_context=True)
def act_line(context: template.Context, act: Button) -> SafeString:
    """Draw an act as a line of a list."""
    if not act.on:
        off = _("Not yet: %(reason)s") % {"reason": act.reason}
        return task_line(act.label, icon=act.icon, sub=off)
    if act.is_post:
        return format_html('<li class="line">{}</li>', act_button(context, act, "small"))
    return task_line(act.label, act.url, act.reason, act.icon, act.look)


@register.simple_tag
def kpi(
    label: str, value: str, url: str = "", change: str = "", trend: str = "", note: str = ""
) -> SafeString:
    """Draw a figure of a semester. `trend`: down (good, green) or up (bad, red)."""
    sign = {"down": "▼ ", "up": "▲ "}.get(trend, "")
    figure = f'<span class="muted">{words.escaped(label)}</span><b>{words.escaped(value)}</b>'
    if change:
        figure += f'<span class="{trend}">{sign}{words.escaped(change)}</span>'
    if note:
        figure += f'<span class="muted">{words.escaped(note)}</span>'
    if url:
        return SafeString(f'<a class="kpi" href="{words.escaped(url)}">{figure}</a>')
    return SafeString(f'<div class="kpi">{figure}</div>')


@register.simple_tag
def empty(title: str, text: str = "", icon: str = "check2-circle") -> SafeString:
    """Draw the reason why a list is empty."""
    return format_html(
        '<div class="empty">{}<b>{}</b>{}</div>',
        words.icon(icon),
        title,
        format_html("<p>{}</p>", text) if text else "",
    )


@register.inclusion_tag("components/ladder.html")
def ladder(steps: Iterable[object]) -> dict[str, object]:
    """Draw rungs, each with its `standing`, `when`, and `state`: done, now or empty."""
    return {"steps": steps}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[object]) -> dict[str, object]:
    """Draw entries with icon, kind, title, on (a date); text, url, link, is_void if any."""
    return {"entries": entries}


@register.inclusion_tag("components/progress.html")
def progress(value: int, max: int, label: str, note: str = "") -> dict[str, object]:
    """Draw a bar that shows how much of a whole is done."""
    return {"value": value, "max": max, "label": label, "note": note}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    return {"form": form}


@register.inclusion_tag("components/messages_toast.html", takes_context=True)
def messages_toast(context: template.Context) -> dict[str, object]:
    """Draw what was done, with a button to undo it if `workflow.views.say_done` offers that."""
    request = context["request"]
    said = list(get_messages(request))
    undo = undo_offered(request) if said else None
    shown = [
        {
            "text": message.message,
            "is_error": message.level >= ERROR,
            "undo": undo if undo and undo["said"] == message.message else None,
        }
        for message in said
    ]
    return {"toasts": shown}


@register.simple_tag(takes_context=True)
def places_key(context: template.Context) -> str:
    """Return a cache key of a page's places: which they are, the current one, their counts."""
    counts = context.get("task_counts") or {}
    places = context.get("places") or ()
    return " ".join(f"{p.key}:{p.is_current:d}:{counts.get(p.key, 0)}" for p in places)


@register.simple_tag(takes_context=True)
def count_beside(context: template.Context, key: str) -> SafeString:
    """Draw the number of tasks at a place, from `task_counts`."""
    count = (context.get("task_counts") or {}).get(key)
    if not count:
        return SafeString("")
    return format_html(
        ' <span class="count hot">{}<span class="visually-hidden"> {}</span></span>',
        count,
        _("waiting"),
    )

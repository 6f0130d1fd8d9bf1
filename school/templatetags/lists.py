"""The parts around a list: its filters, the heads that sort it, its pages."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol
from urllib.parse import quote_plus, urlencode, urlsplit

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from school import wording
from school.filter_kinds import Choice, Search
from school.filters import ListFilter
from school.models import Student
from school.models.students import Gender, letter_of
from school.templatetags import words
from school.templatetags.words import escaped
from school.titles import title_of
from workflow.addresses import address
from workflow.views import back

register = template.Library()
CURRENT = ' aria-current="true"'


class Named(Protocol):
    """A student, or a row that knows its student's name and NIS."""

    @property
    def name(self) -> str: ...
    @property
    def nis(self) -> str: ...


class Link(NamedTuple):
    """A choice of a filter, with its number of rows if the list knows it."""

    label: object
    url: str
    is_current: bool
    rows: int | None


@register.inclusion_tag("components/search.html", takes_context=True)
def search(context: template.Context, label: str) -> dict[str, object]:
    """Draw a search of the page's list, `#found`, while one types; `list_filters` keeps filters."""
    request = context["request"]
    return {"path": request.path, "label": label, "value": request.GET.get("q", "")}


@register.simple_tag
def student_link(student: Named, url: str, class_name: str | None) -> SafeString:
    """Draw a student in a list; a phone shows the class here, since it hides that column."""
    return SafeString(
        f'<a class="name" href="{escaped(url)}">{escaped(student.name)}</a>'
        f' <small class="muted only-phone">· {escaped(class_name or "")}</small>'
        f' <small class="visually-hidden">NIS {escaped(student.nis)}</small>'
    )


@register.simple_tag
def student_rows(students: Iterable[Student]) -> SafeString:
    """Draw the rows of the list of students, with the class or the day on which they left."""
    letters = {gender.value: escaped(letter_of(gender)) for gender in Gender}
    return SafeString("".join(_student_row(one, letters[one.gender]) for one in students))


def _student_row(student: Student, letter: str) -> str:
    left = ""
    if student.left_on:
        said = _("left on %(on)s") % {"on": wording.full_day(student.left_on)}
        left = f' <small class="muted">{escaped(said)}</small>'
    nis = escaped(student.nis)
    return (
        f'<tr><td><a class="name" href="{student.get_absolute_url()}">{escaped(student.name)}</a>'
        f' <small class="muted">{letter}</small></td>'
        f'<td class="only-wide">{nis}</td>'
        f'<td><span class="only-phone muted">NIS {nis} · </span>'
        f"{escaped(student.class_name or wording.NO_FIGURE)}{left}</td></tr>"
    )


@register.inclusion_tag("components/filters.html")
def list_filters(listed: ListFilter, label: str = "") -> dict[str, object]:
    """Draw the filters of a list as links and menus, with the errors of refused ones.

    The search of the list sends along what the address says beside it.
    """
    asked = listed.request.GET.items()
    has_search = any(isinstance(found, Search) for found in listed.filters.values())
    shown = [
        _filter(listed, name, found)
        for name, found in listed.filters.items()
        if isinstance(found, Choice) and found.shown_to(listed.request.user)
    ]
    drawn = [one for one in shown if one["chips"] or one["menu"]]
    rare = [one for one in drawn if one["rare"]]
    rare = rare if len(rare) > 1 else []
    return {
        "label": label or _("Filters"),
        "filters": [one for one in drawn if one not in rare],
        "rare": rare,
        "kept": [pair for pair in asked if has_search and pair[0] not in ("q", "page")],
        "refused": [
            (listed.filters[name].label, found[0]) for name, found in listed.errors.items()
        ],
    }


def _filter(listed: ListFilter, name: str, found: Choice) -> dict[str, object]:
    now, links = listed.data.get(name, ""), _links(listed, name, found)
    if found.is_switch:
        links = {value: link for value, link in links.items() if value != found.usual}
    elif now == found.usual and len(links.keys() - {""}) <= 1:
        links = {}
    chips, menu = list(links)[: found.chips], list(links)[found.chips :]
    chosen = ""
    if now != found.usual and now not in chips:
        chosen = str(links[now].label if now in links else listed.value(name) or now)
    return {
        "label": found.label,
        "chips": _drawn(links, chips, "f", is_switch=found.is_switch),
        "menu": _drawn(links, menu),
        "chosen": chosen,
        "rare": found.rare and not chosen,
    }


def _drawn(
    links: dict[str, Link], values: list[str], look: str = "", *, is_switch: bool = False
) -> SafeString:
    """Draw links one after the other; a switch that is on says that a tap turns it off."""
    start = f'<a class="{look}"' if look else "<a"
    off = f" {words.icon('x-lg', _('Remove the filter'))}" if is_switch else ""
    return SafeString(
        "".join(
            f'{start} href="{escaped(link.url)}"{CURRENT if link.is_current else ""}>'
            f"{escaped(link.label)}{'' if link.rows is None else f' {link.rows}'}"
            f"{off if link.is_current else ''}</a>\n"
            for link in map(links.__getitem__, values)
        )
    )


def _links(listed: ListFilter, name: str, found: Choice) -> dict[str, Link]:
    """Return value → the link that chooses it, or that turns off a switch."""
    now, counts = listed.data.get(name, ""), listed.counts.get(name, {})
    rest = _address(listed.request, name, *found.resets)
    start = f"{rest}{'' if rest == '?' else '&'}{name}="
    off = {found.usual, now} if found.is_switch else {found.usual}
    return {
        value: Link(
            label,
            rest if value in off else f"{start}{quote_plus(value)}",
            value == now,
            counts.get(value),
        )
        for value, label in ((str(value), label) for value, label in found.offered())
    }


def _address(request: HttpRequest, *without: str, **given: str) -> str:
    """Return the page's address without `page` and the names in `without`, but with `given`."""
    left_out = {"page", *without, *given}
    asked = request.GET.lists()
    pairs = [(name, value) for name, values in asked for value in values if name not in left_out]
    return f"?{urlencode(pairs + list(given.items()))}"


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, label: str, field: str, kind: str = "") -> SafeString:
    """Draw a column's head that sorts by `field`, and in reverse if tapped again."""
    now = context["request"].GET.get("sort", "")
    order, arrow = {
        field: ("ascending", "arrow-up"),
        f"-{field}": ("descending", "arrow-down"),
    }.get(now, ("", ""))
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>',
        format_html(' class="{}"', kind) if kind else "",
        format_html(' aria-sort="{}"', order) if order else "",
        _address(context["request"], sort=f"-{field}" if now == field else field),
        label,
        format_html(" {}", words.icon(arrow)) if arrow else "",
    )


@register.simple_tag
def set_title(listed: ListFilter, rows: int) -> SafeString:
    """Draw what a narrowed list shows, and how many: "Siswa, XII, Ganjil 2020/2021: 265 siswa"."""
    said = title_of(listed, rows)
    return format_html("<h2>{}</h2>", said) if said else SafeString("")


@register.simple_tag(takes_context=True)
def came_from(context: template.Context, listed: ListFilter) -> str:
    """Return the page whose number opened this list; "" if it was not narrowed by one."""
    request = context["request"]
    url = back(request) if listed.is_asked else ""
    return "" if urlsplit(url).path == request.path else url


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, object]:
    here = _address(context["request"])
    return {"page": page, "address": here if here == "?" else f"{here}&"}


@register.inclusion_tag("components/files_out.html", takes_context=True)
def list_files(context: template.Context, name: str = "") -> dict[str, object]:
    """Draw the links to the page's list as a file, all pages of it, narrowed as it is.

    `name` is the URL name of the list if it is not that of the page.
    """
    request = context["request"]
    match, here = request.resolver_match, _address(request)
    url = address(f"{name or match.view_name}_file", *match.kwargs.values())
    return {"file_url": url, "file_query": "" if here == "?" else f"{here.removeprefix('?')}&"}

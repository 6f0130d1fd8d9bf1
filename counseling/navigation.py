"""The places of the side bar and the bottom tabs, which follow from a person's roles."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from counseling.first_steps import layout
from counseling.guides import section_of
from counseling.middleware import longest_idle, session_left
from school.head import head
from school.models import User
from school.roles import (
    ANYONE,
    COUNSELOR,
    HOMEROOM,
    OPERATOR,
    PRINCIPAL,
    STUDENT_AFFAIRS,
    TEACHER,
    Role,
)
from school.ties import ties_of
from workflow.addresses import address


@dataclass(frozen=True)
class Place:
    key: str
    label: str | Promise
    icon: str
    url_name: str
    roles: tuple[Role, ...]
    """The place is for people with any of these roles."""


@dataclass(frozen=True)
class Shown:
    """A place as one page shows it."""

    key: str
    label: str | Promise
    icon: str
    url: str
    is_current: bool


READS_REPORTS = (COUNSELOR, STUDENT_AFFAIRS)
MEETS_STUDENTS = (TEACHER, HOMEROOM, *READS_REPORTS, OPERATOR)

# In the order shown. A phone has room for the first five: students come last, for the magnifying
# glass in the top bar finds them from every page.
PLACES = (
    Place("home", pgettext_lazy("place", "Home"), "house", "home", (ANYONE,)),
    Place("semester", _("Semester"), "bar-chart", "reports:semester", (PRINCIPAL,)),
    Place("approvals", _("Approvals"), "door-open", "homevisits:proposals", (PRINCIPAL,)),
    Place("progress", _("Reports"), "file-earmark-text", "homevisits:progress", (PRINCIPAL,)),
    Place("cases", _("Cases"), "folder2", "cases:cases", (COUNSELOR,)),
    Place("visits", _("Visits"), "calendar3", "homevisits:visits", (COUNSELOR,)),
    Place("my_recaps", _("My recaps"), "list-check", "recaps:my_recaps", (TEACHER,)),
    Place("class_lists", _("My class"), "clipboard-check", "recaps:class_lists", (HOMEROOM,)),
    Place("reports", _("Reports"), "bar-chart", "reports:semester", READS_REPORTS),
    Place("students", _("Students"), "people", "school:students", MEETS_STUDENTS),
    Place("desk", _("School"), "list-check", "school:desk", (OPERATOR,)),
    Place("tables", _("Reports"), "bar-chart", "reports:semester", (HOMEROOM,)),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give every page its `places` and such, which are computed only if the page shows them."""
    return {
        "head_title": SimpleLazyObject(head),
        "layout": lambda: layout(request),
        "places": SimpleLazyObject(lambda: places_of(request)),
        "office_title": SimpleLazyObject(lambda: title_of(request.user)),
        "session_lasts": SimpleLazyObject(lambda: longest_idle(request)),
        "is_own_device": lambda: not request.session.get_expire_at_browser_close(),
        "session_left": SimpleLazyObject(lambda: session_left(request)),
        "help_section": SimpleLazyObject(lambda: help_section(request)),
    }


def help_section(request: HttpRequest) -> str:
    """Return the id of the section of the guides that belongs to this page."""
    match = request.resolver_match
    return section_of(request.user, match.view_name) if match else ""


def title_of(user: User) -> str:
    """Return the person's title: "Wali Kelas X MIPA 3", else the position or office."""
    ties = ties_of(user)
    if ties.homerooms and not ties.offices:
        names = sorted(home.name for home in ties.homerooms)
        return gettext("Homeroom teacher of %(classes)s") % {"classes": ", ".join(names)}
    return user.title_line


def places_of(request: HttpRequest) -> list[Shown]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    by_url: dict[str, Place] = {}
    for place in held_by(user):
        by_url.setdefault(address(place.url_name), place)
    current = _current(request.path, list(by_url))
    return [
        Shown(place.key, place.label, place.icon, url, url == current)
        for url, place in by_url.items()
    ]


def held_by(user: User) -> list[Place]:
    ties = ties_of(user)
    return [place for place in PLACES if any(role.follows_from(ties) for role in place.roles)]


def _current(path: str, urls: list[str]) -> str:
    """Return a page's place: the one with the longest address that the page's begins with."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")

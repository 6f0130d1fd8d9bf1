"""The places of the side bar and the bottom tabs; whose they are follows from who one is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from school.models import User
from school.permissions import (
    is_counselor,
    is_homeroom_today,
    is_operator,
    is_principal,
    is_student_affairs,
    teaches_today,
)
from school.ties import ties_of


@dataclass(frozen=True)
class Place:
    key: str
    label: str | Promise
    icon: str
    url_name: str
    for_whom: Callable[[User], bool]


@dataclass(frozen=True)
class Shown:
    """A place as it stands on one page."""

    key: str
    label: str | Promise
    icon: str
    url: str
    is_current: bool


def _reads_reports(user: User) -> bool:
    return is_counselor(user) or is_student_affairs(user)


def _meets_students(user: User) -> bool:
    return any(
        holds(user) for holds in (teaches_today, is_homeroom_today, _reads_reports, is_operator)
    )


# In the order shown. A phone has room for the first five: students come last, for the magnifying
# glass in the top bar leads to them as well.
PLACES = (
    Place("home", pgettext_lazy("place", "Home"), "house", "home", lambda user: True),
    Place("semester", _("Semester"), "bar-chart", "reports:semester", is_principal),
    Place("approvals", _("Approvals"), "door-open", "homevisits:proposals", is_principal),
    Place("progress", _("Reports"), "file-earmark-text", "homevisits:progress", is_principal),
    Place("cases", _("Cases"), "folder2", "cases:cases", is_counselor),
    Place("visits", _("Visits"), "calendar3", "homevisits:visits", is_counselor),
    Place("my_recaps", _("My recaps"), "list-check", "recaps:my_recaps", teaches_today),
    Place("class_lists", _("My class"), "clipboard-check", "recaps:class_lists", is_homeroom_today),
    Place("reports", _("Reports"), "bar-chart", "reports:semester", _reads_reports),
    Place("students", _("Students"), "people", "school:students", _meets_students),
    Place("tables", _("Reports"), "bar-chart", "reports:semester", is_homeroom_today),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give every page its `places`, each once, asked for only where a page shows them."""
    return {
        "places": SimpleLazyObject(lambda: places_of(request)),
        "title": SimpleLazyObject(lambda: title_of(request.user)),
    }


def title_of(user: User) -> str:
    """Return what the person is here: "Wali Kelas X MIPA 3", else the position or office."""
    ties = ties_of(user)
    if ties.homerooms and not ties.offices:
        names = sorted(name for _class, name in ties.homerooms)
        return gettext("Homeroom teacher of %(classes)s") % {"classes": ", ".join(names)}
    return user.title_line


def places_of(request: HttpRequest) -> list[Shown]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    urls: dict[Place, str] = {}
    for place in held_by(user):
        if (url := _url(place)) and url not in urls.values():
            urls[place] = url
    current = _current(request.path, list(urls.values()))
    return [
        Shown(place.key, place.label, place.icon, url, url == current)
        for place, url in urls.items()
    ]


def held_by(user: User) -> list[Place]:
    return [place for place in PLACES if place.for_whom(user)]


def _url(place: Place) -> str:
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return ""


def _current(path: str, urls: list[str]) -> str:
    """Return the place in which a page stands: the longest address that its own begins with."""
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")

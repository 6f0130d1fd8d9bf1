"""The pages that a person reaches by following links, and the URL names of the project."""

import gzip
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from cases.tests.confirmed import confirmed
from counseling.tests import databases
from counseling.tests.markup import Markup, read
from workflow.tests.browser_free import signed_in

ENOUGH = 2
"""Number of pages that are opened of each URL name."""
IN_STATES = {
    "cases:case": 50,
    "homevisits:visit": 24,
    "cases:cases": 12,
    "homevisits:visits": 6,
    "homevisits:report": 8,
    "homevisits:photos": 4,
    "school:person": 4,
    "reports:semester_report": 6,
}
"""More pages of URL names whose objects have many states, and of lists that lead to them."""


@dataclass
class Found:
    """A page that answered 200."""

    name: str
    url: str
    html: str
    markup: Markup
    templates: frozenset[str] = frozenset()
    """The names of those that were rendered for it."""
    queries: int = 0
    """How many were asked when it was opened, for the first time."""
    size: int = 0
    """Its bytes on the way, compressed."""


class Statements:
    """Count what is asked of the database, while it wraps the connection."""

    asked = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.asked += 1
        return execute(*args)


def view_name(url: str) -> str:
    """Return the name of the view at `url`; empty if the project has none there."""
    return _name_at(urlsplit(url).path)


@cache
def _name_at(path: str) -> str:
    """Return the name of the view at `path`, on which the same links lead from every page."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def pages_of(
    user: Any, *, enough: int = ENOUGH, more: Mapping[str, int] = IN_STATES, behind: str = ""
) -> Iterator[Found]:
    """Yield the pages that `user` reaches from the home page.

    With `behind`, an address, those that they reach from there and within it, once they have
    confirmed that it is they who sit there. It opens `enough` pages of each URL name, or the number
    in `more`. A link that leads to an error fails.
    """
    client = confirmed(user) if behind else signed_in(user)
    client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip, br"
    start = behind or "/"
    waiting = deque([(start, "")])
    seen = {start}
    opened: Counter[str] = Counter()
    while waiting:
        url, came_from = waiting.popleft()
        name, path = view_name(url), urlsplit(url).path
        is_list = not any(map(str.isdigit, path))
        if opened[name] >= more.get(name, enough) or (opened[path] >= ENOUGH and not is_list):
            continue
        opened[path] += 1
        opened[name] += 1
        statements = Statements()
        with connection.execute_wrapper(statements):
            response = client.get(url)
        assert response.status_code in {200, 302}, (user.username, url, came_from, response)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        body = response.content
        is_small = response.get("Content-Encoding") == "gzip"
        html = (gzip.decompress(body) if is_small else body).decode()
        templates = frozenset(template.name or "" for template in response.templates)
        found = Found(name, url, html, read(html), templates, statements.asked, len(body))
        if response.status_code == 200:
            yield found
        else:
            found.markup.links.append(response["Location"])
        for link in found.markup.links:
            whole = urljoin(url, link).partition("#")[0]
            if whole.startswith(start) and whole not in seen and view_name(whole):
                seen.add(whole)
                waiting.append((whole, url))


def walked(user: Any, *, enough: int = ENOUGH, more: Mapping[str, int] = IN_STATES) -> list[Found]:
    """Return `pages_of` a user of a school that is kept, opened once in this process."""
    return _walked(user, databases.current(), enough, tuple(more.items()))


@cache
def _walked(
    user: Any, _database: str, enough: int, more: tuple[tuple[str, int], ...]
) -> list[Found]:
    return list(pages_of(user, enough=enough, more=dict(more)))


def all_names() -> set[str]:
    """Return the name of each view of the project."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: Any, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name

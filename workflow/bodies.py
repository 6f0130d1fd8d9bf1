"""How long the body of a request may be, said before any of it is read."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.urls import Resolver404, resolve

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_FORM = 2**20
LONGEST_UPLOAD = 16 * 2**20


def takes_files(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as one to which files are sent; any other takes forms without them."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def longest_body(path: str, *, has_session: bool) -> int:
    """Return how many bytes may be sent to `path`; nobody sends files before signing in."""
    if not has_session:
        return LONGEST_FORM
    try:
        view = resolve(path).func
    except Resolver404:
        return LONGEST_FORM
    return LONGEST_UPLOAD if getattr(view, "takes_files", False) else LONGEST_FORM

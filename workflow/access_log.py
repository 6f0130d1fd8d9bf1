"""Who looked is on record: a decorator on the view says what it shows."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
Find = Callable[..., int | None]


def logs_access(kind: str, *, many: bool = False, arg: str | Find = "pk") -> Callable[[View], View]:
    """Log each request to this view, refused ones too, as a look at `kind`, e.g. `cases.case`.

    `many`: a list or the home page, one entry without an id. `arg` names the URL argument
    that holds the object's id, or is a function that finds the id by the URL's arguments.
    """

    def mark(view: View) -> View:
        view.looks = (kind, None if many else arg)  # type: ignore[attr-defined]
        return view

    return mark

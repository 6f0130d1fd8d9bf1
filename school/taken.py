"""Pages that a person takes along to where there is no network (static/js/taken.js)."""

from typing import TypedDict


class Take(TypedDict):
    """One thing to take along, which its person finds by its title."""

    title: str
    address: str
    """Where it opens."""
    pages: list[str]
    """The addresses that are kept for it, its own among them."""

"""How far a long act is, told while it goes on: in files, since its transaction holds the database.

The page asks by the UUID of its form, or of the file that it asked for (static/js/progress.js).
"""

from uuid import UUID

from django.core.cache import caches

TOLD = 600
"""Seconds after which it is forgotten."""


def tell(person: int, submit_id: str, done: int, everything: int) -> None:
    """Keep how much is done of everything, for the person who waits for it; not without a UUID."""
    if key := _key(person, submit_id):
        caches["progress"].set(key, (done, everything), TOLD)


def told(person: int, submit_id: str) -> tuple[int, int]:
    """Return how much was done of how much, as told last; 0 of 0 if nothing was told."""
    key = _key(person, submit_id)
    found: tuple[int, int] = caches["progress"].get(key, (0, 0)) if key else (0, 0)
    return found


def _key(person: int, submit_id: str) -> str:
    """Return the key of what a person waits for; "" if what the page names it by is no UUID."""
    try:
        return f"{person}-{UUID(submit_id)}"
    except ValueError:
        return ""

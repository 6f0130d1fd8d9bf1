"""How far a long act is, told while it goes on: in files, since its transaction holds the database.

The page asks by the UUID of its form (static/js/progress.js).
"""

from uuid import UUID

from django.core.cache import caches

TOLD = 600
"""Seconds after which it is forgotten."""


def tell(person: int, submit_id: str, done: int, everything: int) -> None:
    """Keep how much is done of everything, for the person who waits for it."""
    caches["progress"].set(_key(person, str(UUID(submit_id))), (done, everything), TOLD)


def told(person: int, submit_id: str) -> tuple[int, int]:
    """Return how much was done of how much, as told last; 0 of 0 if nothing was told."""
    try:
        known = str(UUID(submit_id))
    except ValueError:
        return 0, 0
    found: tuple[int, int] = caches["progress"].get(_key(person, known), (0, 0))
    return found


def _key(person: int, submit_id: str) -> str:
    return f"{person}-{submit_id}"

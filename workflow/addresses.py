"""Addresses of pages. A list needs dozens, and they do not change in a process."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(name: str, *args: int | str) -> str:
    """Return the address of a URL name; Django computes each only once."""
    return reverse(name, args=args)

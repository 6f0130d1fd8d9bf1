"""Addresses of pages. A list asks for dozens, and they last as long as the process."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(name: str, *args: int | str) -> str:
    """Return where the page of a URL name is; asked of Django once for each."""
    return reverse(name, args=args)

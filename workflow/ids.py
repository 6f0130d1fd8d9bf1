"""Ids as a database holds them: a longer number names nothing, on an address or in a form."""

import re

from django.urls.converters import IntConverter

ID = "[0-9]{1,18}"


class IdConverter(IntConverter):
    """Part of an address: `<id:pk>`. One that no row can have is not found."""

    regex = ID


def read_id(text: str) -> int | None:
    """Return the id that somebody typed or sent, if a row could have it."""
    return int(text) if re.fullmatch(ID, text) else None

"""Ids that a database can hold: a larger number in an address or a form is not found."""

import re

from django.urls.converters import IntConverter

ID = "[0-9]{1,18}"


class IdConverter(IntConverter):
    """The part `<id:pk>` of an address. An id that no row can have is not found."""

    regex = ID


def read_id(text: str) -> int | None:
    """Return the id that somebody typed or sent, if a row can have it."""
    return int(text) if re.fullmatch(ID, text) else None

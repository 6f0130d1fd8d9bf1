"""Ids that a database can hold: a larger number in an address or a form is not found."""

import re
from collections.abc import Iterable

from django.urls.converters import IntConverter

ID = "[0-9]{1,18}"


class IdConverter(IntConverter):
    """The part `<id:pk>` of an address. An id that no row can have is not found."""

    regex = ID


class IdsConverter:
    """The part `<ids:pks>` of an address: one id or many, with commas between them."""

    regex = f"{ID}(?:,{ID}){{0,1999}}"

    def to_python(self, value: str) -> list[int]:
        return [int(text) for text in value.split(",")]

    def to_url(self, value: int | Iterable[int]) -> str:
        return ",".join(map(str, [value] if isinstance(value, int) else value))


def read_id(text: str) -> int | None:
    """Return the id that somebody typed or sent, if a row can have it."""
    return int(text) if re.fullmatch(ID, text) else None


def read_ids(texts: Iterable[str]) -> list[int]:
    """Return the ids that a form sent, each once and in order; what is no id is left out."""
    return sorted({pk for text in texts if (pk := read_id(text)) is not None})

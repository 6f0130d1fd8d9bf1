"""Ids as a database holds them: a larger number names nothing, on an address or in a form."""

from django.urls.converters import IntConverter

LARGEST = 2**63 - 1


class IdConverter(IntConverter):
    """Part of an address: `<id:pk>`. One that no row can have is not found."""

    def to_python(self, value: str) -> int:
        found = read_id(value)
        if found is None:
            raise ValueError(value)
        return found


def read_id(text: str) -> int | None:
    """Return the id that somebody typed or sent, if a row could have it."""
    is_short = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return int(text) if is_short and int(text) <= LARGEST else None

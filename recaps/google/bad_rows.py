"""Rows of a file that cannot be read: collected, then said together, each by its number."""

from django.utils.translation import gettext as _

from school.sheets.errors import NotReadable

MOST_NAMED = 8


class BadRows:
    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, number: int, why: str) -> None:
        self.found.append(_("Row %(n)s: %(why)s") % {"n": number, "why": why})

    def check(self) -> None:
        """Raise NotReadable if there is one."""
        if not self.found:
            return
        more = len(self.found) - MOST_NAMED
        others = [_("and %(n)s more.") % {"n": more}] if more > 0 else []
        raise NotReadable(" ".join([*self.found[:MOST_NAMED], *others]))

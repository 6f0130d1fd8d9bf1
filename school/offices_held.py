"""What became of a person's offices: given, ended, taken back; by whom and when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from school.edits import called
from school.models import OfficeHolding, User
from school.wording import full_day

GIVEN, TAKEN_BACK = "+", "-"


@dataclass(frozen=True)
class OfficeEdit:
    """What was done to one office, and the days on which it is held since."""

    at: datetime
    by: str
    what: str
    office: str
    days: str


def office_edits_of(person: User) -> list[OfficeEdit]:
    """Return what was done to the offices of a person, the latest first; one query."""
    rows = OfficeHolding.history.filter(user=person).select_related("history_user")
    before: dict[int, OfficeHolding] = {}
    found = []
    for row in rows.order_by("history_date", "history_id"):
        held = row.instance
        what = _what(row.history_type, held, before.get(held.pk))
        by, days = called(row.history_user), _days(held)
        found.append(OfficeEdit(row.history_date, by, what, held.title, days))
        before[held.pk] = held
    return found[::-1]


def _what(kind: str, held: OfficeHolding, was: OfficeHolding | None) -> str:
    if kind == GIVEN:
        return _("Given")
    if kind == TAKEN_BACK:
        return _("Taken back before it began")
    if was and held.also_teaches and not was.also_teaches:
        return _("Own lessons and classes count too")
    return _("Ended")


def _days(held: OfficeHolding) -> str:
    first = _("from %(day)s on") % {"day": full_day(held.starts_on)}
    last = held.ends_on and _("until %(day)s") % {"day": full_day(held.ends_on)}
    return f"{first}, {last}" if last else first

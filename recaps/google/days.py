"""Days and hours as files of Google have them; a spreadsheet may have written them anew."""

import re
from collections.abc import Iterable
from datetime import date

from school.imports.days import Days, is_month_first
from school.models import RecapPeriod
from workflow.errors import WorkflowError

IN_A_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ _T]+(\d{2})[-.:_]?(\d{2})(?!\d))?")
AN_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)? ?([ap])?\.?m?", re.IGNORECASE)
NOON = 12
FIRST_YEAR, LAST_YEAR = 2000, 2099


def day_of(text: str, *, month_first: bool) -> date | None:
    """Return the day that a text says; None if it says none."""
    try:
        found = Days(month_first).read(text)
    except WorkflowError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def is_day(text: str) -> bool:
    return any(day_of(text, month_first=order) for order in (False, True))


def is_month_first_in(texts: Iterable[str], period: RecapPeriod) -> bool:
    """Return whether 8/3/2020 is a day of August, by what cannot be and then by the period."""
    said = list(texts)
    if is_month_first(said):
        return True

    def fits(month_first: bool) -> tuple[int, int]:
        days = [day_of(text, month_first=month_first) for text in said]
        known = [day for day in days if day]
        return len(known), sum(period.starts_on <= day <= period.ends_on for day in known)

    return fits(True) > fits(False)


def in_name(stem: str) -> tuple[str, str]:
    """Return day and hour from the name of a file, as "2020-08-06" and "07:30"; "" for neither."""
    found = IN_A_NAME.search(stem)
    if not found:
        return "", ""
    year, month, day, hour, minute = found.groups()
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return "", ""
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return "", ""
    return on.isoformat(), f"{hour}:{minute}" if hour else ""


def minutes_of_day(text: str) -> int | None:
    """Return the minutes since midnight of the last hour in a text, as in 7:32 AM."""
    found = list(AN_HOUR.finditer(text))
    if not found:
        return None
    hour, minute, half = int(found[-1][1]), int(found[-1][2]), (found[-1][4] or "").lower()
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004

"""Holidays as people write them, a line each: "12/05/2021 - 14/05/2021  Idulfitri 1442 H"."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from school import wording
from school.days import Holiday
from school.months import month_of

DATE = re.compile(
    r"\b(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<d>\d{1,2})(?:[/.-](?P<m>\d{1,2})[/.-]|[ -](?P<word>[A-Za-z]{3,9})\.?[ -])(?P<y>\d{4}))\b"
)
BETWEEN = " \t,;:|-–—\"'"
TO = re.compile(r"^(?:s\.?\s?/?\s?d\.?|sampai(?: dengan)?|to|until)(?=\s|$)", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad)\b[,\s]*", re.IGNORECASE
)
MOST_DATES = 2


class NoHoliday(ValueError):
    """A line that is no holiday."""


def holidays_in(text: str) -> Iterator[tuple[int, Holiday | None]]:
    """Yield the number of each line that is not empty, with its holiday; None if it has none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield number, holiday_of(line)
            except NoHoliday:
                yield number, None


def holiday_of(line: str) -> Holiday:
    """Return the holiday that a line describes. Raises NoHoliday without a date and a name."""
    dates = [_date(found) for found in DATE.finditer(line)]
    if not 1 <= len(dates) <= MOST_DATES:
        raise NoHoliday(line)
    words = (WEEKDAY.sub("", part) for part in DATE.sub("\n", line).split("\n"))
    bare = (TO.sub("", part.strip(BETWEEN)).strip(BETWEEN) for part in words)
    name = " ".join(part for part in bare if part)
    if not name or dates[-1] < dates[0]:
        raise NoHoliday(line)
    return Holiday(dates[0], dates[-1], " ".join(name.split()))


def said(holidays: Iterable[Holiday]) -> str:
    """Return "17 Agustus 2021 Hari Kemerdekaan; …"."""
    return "; ".join(f"{wording.date_range(first, last)} {name}" for first, last, name in holidays)


def _date(found: re.Match[str]) -> date:
    year = found["year"] or found["y"]
    month = found["month"] or found["m"] or month_of(found["word"] or "")
    try:
        return date(int(year), int(month), int(found["day"] or found["d"]))
    except ValueError as error:
        raise NoHoliday(found[0]) from error

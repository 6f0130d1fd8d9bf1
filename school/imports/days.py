"""Days as files have them: ISO, day/month/year, the month in words, or a spreadsheet's number."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from school.imports.plan import Refused
from school.months import month_of
from workflow import clock

AN_HOUR = re.compile(
    r"[ T,]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[ap]m)?( ?(gmt|utc)?[+-]\d{1,2}(:?\d{2})?|z)?$",
    re.IGNORECASE,
)
A_PLACE = re.compile(r"^\D*[^\d\s]\s*[\s,;:/-](?=\d)")
"""Where somebody was born, or the day of the week, before a day."""
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<year>\d{4}|\d{2})"
)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+) (?P<day>\d{1,2}),? (?P<year>\d{4})")
IN_WORDS = re.compile(r"(?P<day>\d{1,2})[-/. ]*(?P<month>[a-z]+)[-/., ]*(?P<year>\d{4}|\d{2})")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 73_000
"""1954 to 2099."""
MONTHS_OF_A_YEAR = 12


class Days:
    """Reads the days of a column. With `month_first` 3/27/2004 is a day of March."""

    def __init__(self, month_first: bool = False) -> None:
        self.month_first = month_first

    def read(self, text: str) -> date:
        """Return the day that a text says. Raises Refused."""
        said = AN_HOUR.sub("", text.casefold().rstrip(" ."))
        bare = said if MONTH_FIRST.fullmatch(said) else A_PLACE.sub("", said)
        if SERIAL.fullmatch(bare) and FIRST_SERIAL < float(bare) < LAST_SERIAL:
            return EPOCH + timedelta(days=int(float(bare)))
        for shape in (YEAR_FIRST, DAY_FIRST, IN_WORDS, MONTH_FIRST):
            if found := shape.fullmatch(bare):
                return self._day(found.groupdict(), text, is_dubious=shape is DAY_FIRST)
        raise Refused(_no_day(text))

    def _day(self, parts: dict[str, str], text: str, *, is_dubious: bool) -> date:
        month = month_of(parts["month"]) or (
            int(parts["month"]) if parts["month"].isdecimal() else 0
        )
        day = int(parts["day"])
        if is_dubious and self.month_first:
            day, month = month, day
        try:
            return date(_year(parts["year"]), month, day)
        except ValueError:
            raise Refused(_no_day(text)) from None


def is_month_first(texts: Iterable[str]) -> bool:
    """Return whether a column has days that only make sense with the month first, and no others."""
    found = [shape for text in texts if (shape := DAY_FIRST.fullmatch(AN_HOUR.sub("", text)))]
    firsts = {int(one["day"]) > MONTHS_OF_A_YEAR for one in found}
    seconds = {int(one["month"]) > MONTHS_OF_A_YEAR for one in found}
    return True in seconds and True not in firsts


def _year(text: str) -> int:
    """Return a year of four digits; of two digits the last one that was not after next year."""
    if len(text) > 2:  # noqa: PLR2004
        return int(text)
    this = clock.today().year
    year = this - this % 100 + int(text)
    return year if year <= this + 1 else year - 100


def _no_day(text: str) -> str:
    return _("“%(typed)s” is no date. Write it like 5/7/2005.") % {"typed": text}

"""Dates and figures in the words of the active language."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from workflow import clock

DAYS_SAID_BY_NAME = 6
NOON, AFTERNOON, EVENING = 11, 15, 18
"""The hours at which siang, sore and malam begin."""
NO_FIGURE = "–"
MINUS = "−"


def local(moment: date | datetime) -> date | datetime:
    """Return an aware moment in the school's own time; a date as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return clock.local(moment)
    return moment


def formatted(moment: date | datetime, shape: str) -> str:
    """Return a day or an hour in a shape of Django's, in the active language."""
    return _formatted(local(moment), shape, get_language())


@lru_cache(maxsize=4096)
def _formatted(moment: date | datetime, shape: str, _language: str | None) -> str:
    return format_date(moment, shape)


def day(moment: date | datetime) -> str:
    """Return "12 Okt"."""
    return formatted(moment, "j M")


def day_of_any_year(moment: date | datetime) -> str:
    """Return "12 Okt", or "12 Okt 2020" for another year: for lists that mix years."""
    shape = "j M" if local(moment).year == clock.today().year else "j M Y"
    return formatted(moment, shape)


def full_day(moment: date | datetime) -> str:
    """Return "12 Oktober 2020"."""
    return formatted(moment, "j F Y")


def long_date(moment: date | datetime) -> str:
    """Return "Senin, 7 September 2020"."""
    return formatted(moment, "l, j F Y")


def short_month(moment: date | datetime) -> str:
    """Return "Sep"."""
    return formatted(moment, "M")


def month_name(moment: date | datetime) -> str:
    """Return "September", where the year is said elsewhere."""
    return formatted(moment, "F")


def month(moment: date | datetime) -> str:
    """Return "September 2020"."""
    return formatted(moment, "F Y")


def short_range(first: date, last: date) -> str:
    """Return "6–8 Oktober" in this year, with the year in another one."""
    said = date_range(first, last)
    this_year = f" {clock.today().year}"
    return said.removesuffix(this_year) if first.year == last.year else said


def clock_time(moment: datetime) -> str:
    """Return "09.00" in Indonesian, "09:00" in English."""
    return formatted(moment, "H:i" if _is_english() else "H.i")


def hour(of_day: int) -> str:
    """Return "09.00" in Indonesian, "09:00" in English, for the hour 9."""
    return f"{of_day:02}{':' if _is_english() else '.'}00"


def greeting() -> str:
    """Return the greeting of this hour at the school: pagi, siang, sore, malam."""
    hour = clock.local(clock.now()).hour
    if hour < NOON:
        return _("Good morning")
    if hour < AFTERNOON:
        return _("Hello")
    return _("Good afternoon") if hour < EVENING else _("Good evening")


def date_range(first: date, last: date) -> str:
    """Return "6–8 Oktober 2021"; month and year are said once if both days share them."""
    if first == last:
        return full_day(first)
    if first.year != last.year:
        return f"{full_day(first)} – {full_day(last)}"
    if first.month != last.month:
        return f"{formatted(first, 'j F')} – {full_day(last)}"
    return f"{first.day}–{full_day(last)}"


def days_late(due_on: date) -> int:
    """Return days since `due_on`; not positive while there is time."""
    return (clock.today() - due_on).days


def due(due_on: date, late: int | None = None) -> str:
    """Return "lewat 3 hari", "hari ini", "besok", "Jumat" or "15 Okt".

    `late` has the days since then if they are known.
    """
    late = days_late(due_on) if late is None else late
    if late > 0:
        return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    if late == 0:
        return _("today")
    if late == -1:
        return _("tomorrow")
    return formatted(due_on, "l") if late >= -DAYS_SAID_BY_NAME else day(due_on)


def figure(value: Decimal | float | str | None, places: int = 2) -> str:
    """Round half up, with the decimal sign of the language: "13,65"; "–" for none."""
    if places == 0 and isinstance(value, int) and value >= 0:
        return str(value)
    return NO_FIGURE if value is None else _figure(str(value), places, get_language())


@lru_cache(maxsize=4096)
def _figure(value: str, places: int, _language: str | None) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = number_format(abs(rounded), decimal_pos=places)
    return MINUS + written if rounded < 0 else written


def percent(value: Decimal | float | str | None, places: int = 2) -> str:
    """Return "4,44%", in English "4.44%"."""
    if value is None:
        return NO_FIGURE
    return f"{figure(value, places)}%"


def students(number: int) -> str:
    """Return "28 siswa"."""
    return ngettext("%(n)s student", "%(n)s students", number) % {"n": number}


def _is_english() -> bool:
    return (get_language() or "").startswith("en")

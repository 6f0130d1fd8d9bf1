"""The parts of an address that name days: `2021-10`, `2021-W40` and `2021-10-04`.

Python reads each as a day: the first of the month, the Monday of the week, the day itself.
"""

from datetime import date, timedelta

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
A_WEEK = timedelta(days=7)


class DayConverter:
    """The part `<day:day>` of an address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day. Raises ValueError, which is not found, for one far from any school."""
        found = date.fromisoformat(value)
        if not EARLIEST <= found <= LATEST:
            raise ValueError(value)
        return found

    def to_url(self, value: date) -> str:
        return value.isoformat()


class MonthConverter(DayConverter):
    """The part `<month:month>` of an address: a month by its first day."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> date:
        return super().to_python(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


class WeekConverter(DayConverter):
    """The part `<week:week>` of an address: an ISO week by its Monday."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> date:
        return super().to_python(date.fromisoformat(value).isoformat())

    def to_url(self, value: date) -> str:
        return f"{value:%G-W%V}"

"""Fields for days and times, the same in every form."""

import json
from datetime import date, datetime, time

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.models import Policy
from workflow import clock

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
CHECK_YEAR = _("Check the year.")
DAY = "%Y-%m-%d"
MINUTE = "%Y-%m-%dT%H:%M"


class DayInput(forms.DateInput):
    """The browser's field for a day, which is said in words below it (static/js/fields.js)."""

    input_type = "date"
    template_name = "widgets/day.html"

    def __init__(self) -> None:
        super().__init__(format=DAY)


class MinuteInput(forms.DateTimeInput):
    """The browser's field for a day and a time, which uses ISO format."""

    input_type = "datetime-local"
    template_name = "widgets/day.html"

    def __init__(self, **attrs: str) -> None:
        super().__init__(attrs=attrs, format=MINUTE)


class DayField(forms.DateField):
    """A day, entered in the browser's calendar; a day far from any semester is refused."""

    default_validators = [
        MinValueValidator(EARLIEST, CHECK_YEAR),
        MaxValueValidator(LATEST, CHECK_YEAR),
    ]

    widget = DayInput
    input_formats = [DAY, "%d/%m/%Y", "%d-%m-%Y"]


class ClockField(forms.TimeField):
    """A time of day, entered in the browser's own field."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]


def tell_free_days(policy: Policy, *fields: forms.Field) -> None:
    """Let the fields, which ask for a day to come, say that there is no school on a day."""
    today = clock.today().isoformat()
    coming = [row for row in policy.holiday_rows if row[1] >= today]
    for field in fields:
        field.widget.attrs["data-free-weekdays"] = "".join(policy.free_weekdays)
        field.widget.attrs["data-holidays"] = json.dumps(coming, ensure_ascii=False)


def moment(day: date, at: time) -> datetime:
    """Return the moment of a day and a time in the school's time zone."""
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())

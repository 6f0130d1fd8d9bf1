"""Fields for days and times, the same in every form."""

from datetime import date, datetime, time

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
CHECK_YEAR = _("Check the year.")


class DayField(forms.DateField):
    """A day, entered in the browser's calendar; a day far from any semester is refused."""

    default_validators = [
        MinValueValidator(EARLIEST, CHECK_YEAR),
        MaxValueValidator(LATEST, CHECK_YEAR),
    ]

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


class ClockField(forms.TimeField):
    """A time of day, entered in the browser's own field."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]


def moment(day: date, at: time) -> datetime:
    """Return the moment of a day and a time in the school's time zone."""
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())

"""Fields for when something happened: a day or a minute in the semester, not in the future."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ParamSpec, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from school.dates import act_day, act_moment
from school.forms.inputs import DAY, MINUTE, DayField, MinuteInput
from school.models import Semester
from workflow import clock
from workflow.errors import NotNow, Text

P = ParamSpec("P")
T = TypeVar("T")
REST_OF_MINUTE = timedelta(seconds=59, microseconds=999999)


class HappenedAtField(forms.DateTimeField):
    """The minute of an act of `semester`; empty means now.

    A typed minute means its end, or now if that is earlier, so that an act in the same minute as
    the act before it comes after it.
    """

    def __init__(self, semester: Semester, *, label: Text = _("When")) -> None:
        self.semester = semester
        now = timezone.localtime(clock.now())
        picker = MinuteInput(min=f"{semester.starts_on:{DAY}}T00:00", max=f"{now:{MINUTE}}")
        initial = now.replace(second=0, microsecond=0)
        super().__init__(label=label, required=False, initial=initial, widget=picker)

    def clean(self, value: object) -> datetime | None:
        typed = super().clean(value)
        if typed is None:
            return None
        if typed <= clock.now():
            typed = min(typed + REST_OF_MINUTE, clock.now())
        return kindly(act_moment, self.semester, typed)


class HappenedOnField(DayField):
    """The day of an act of `semester`; today unless typed."""

    def __init__(self, semester: Semester, *, label: Text = _("Date")) -> None:
        self.semester = semester
        super().__init__(label=label, initial=clock.today())
        picker = {"min": f"{semester.starts_on:{DAY}}", "max": f"{clock.today():{DAY}}"}
        self.widget.attrs.update(picker)

    def clean(self, value: object) -> date | None:
        typed = super().clean(value)
        return None if typed is None else kindly(act_day, self.semester, typed)


def kindly(rule: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Return the result of a rule of dates; raise its refusal as a ValidationError."""
    try:
        return rule(*given, **named)
    except NotNow as refused:
        raise ValidationError(str(refused)) from refused

"""The visit report, saved as one goes; what the parents promised; and its end."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Cause
from homevisits.models import Commitment, Met, ServiceArea, Visit, VisitOutcome, VisitReport
from homevisits.models.report import TEXTS
from school.forms.inputs import ClockField, DayField, moment
from school.wording import NO_FIGURE
from workflow import clock

LONGEST = 720
PROMISED_AGO, AHEAD = timedelta(days=-200), timedelta(days=400)
"""A promise may be looked at on a day gone by, where a school enters what it did before."""
CODES = ("outcome", "met", "causes", "service_area")
FIELDS = (*CODES, *TEXTS, "minutes_spent")


def _codes(codes: Any, label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=codes.choices, label=label, required=False)


class ReportForm(forms.ModelForm):
    """Every field may be empty while the visit is scheduled. Read at 0: no report stands yet."""

    outcome = forms.ChoiceField(
        choices=[("", ""), *VisitOutcome.choices], required=False, label=_("Whom did you meet?")
    )
    met = _codes(Met, _("Who was there"))
    causes = _codes(Cause, _("Causes that were found"))
    service_area = _codes(ServiceArea, _("Service area"))
    minutes_spent = forms.IntegerField(
        label=_("Length in minutes"), min_value=0, max_value=LONGEST, required=False
    )
    read_at = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = VisitReport
        fields = (*CODES, *TEXTS, "minutes_spent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_at"].initial = self.instance.version if self.instance.pk else 0

    def clean_minutes_spent(self) -> int | None:
        """0 says that nobody has said yet."""
        return self.cleaned_data["minutes_spent"] or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in TEXTS:
            if name in data:
                data[name] = data[name].replace("\r\n", "\n")
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}

    def show_conflict(self, current: VisitReport) -> list[tuple[Any, str, str]]:
        """(label, what stands, what was typed); the next save is made on what stands now."""
        mine = self.values
        typed: Any = self.data
        self.data = typed.copy()
        self.data["read_at"] = str(current.version)  # type: ignore[index]
        return [
            (
                self.fields[name].label,
                self._words(name, getattr(current, name)),
                self._words(name, mine[name]),
            )
            for name in FIELDS
            if getattr(current, name) != mine[name]
        ]

    def _words(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        given = value if isinstance(value, list) else [value]
        return ", ".join(str(choices.get(one, one)) for one in given if one) or NO_FIGURE


class CommitmentForm(forms.ModelForm):
    """What the parents promised; stands beside the report."""

    due_on = DayField(label=_("Check on"), required=False)

    class Meta:
        model = Commitment
        fields = ("text", "by_whom", "due_on")

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and not PROMISED_AGO < due - clock.today() < AHEAD:
            raise ValidationError(_("This day is too far away. Check the year."))
        return due


class RecordForm(forms.Form):
    """The last question: when it was. After that the report is closed."""

    day = DayField(label=_("Day of the visit"))
    at = ClockField(label=_("Time"))

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        planned = timezone.localtime(visit.scheduled_for or clock.now())
        self.initial = {"day": planned.date(), "at": planned.time()}

    @property
    def moment(self) -> datetime:
        """The planned moment to the second where it was left as it stands."""
        typed = moment(self.cleaned_data["day"], self.cleaned_data["at"])
        planned = self.visit.scheduled_for
        return planned if planned and planned.replace(second=0, microsecond=0) == typed else typed

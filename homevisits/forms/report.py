"""The forms of the visit report, of commitments, and of recording."""

from datetime import date, datetime

from crispy_forms.layout import Div, Field
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homevisits.models import Commitment, Visit, VisitOutcome, VisitReport
from homevisits.report_form import FIELDS, ROWS, STAGES
from school.dates import promised_day
from school.forms.choices import Segments, one_of
from school.forms.inputs import ClockField, DayField, moment
from school.forms.layout import Data, LaidOut, Section, helper_for
from school.forms.when import kindly
from school.versioned import VersionedForm
from workflow import clock

LONGEST = 720


class ReportForm(VersionedForm, forms.ModelForm):
    """All fields may be empty while the visit is scheduled. Version 0: there is no report yet."""

    outcome = one_of(
        VisitOutcome.choices, widget=Segments, required=False, label=_("Outcome of the visit")
    )
    minutes_spent = forms.IntegerField(
        label=VisitReport._meta.get_field("minutes_spent").verbose_name,
        min_value=0,
        max_value=LONGEST,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    layout = (
        Section("", "outcome", "met"),
        Div(
            *(Field(stage.field, template="homevisits/report_stage.html") for stage in STAGES),
            template="homevisits/report_stages.html",
        ),
        Section(_("The form"), *(row.field for row in ROWS if row.field)),
    )
    beside = helper_for(Section("", "causes"))

    class Meta:
        model = VisitReport
        fields = FIELDS

    def __init__(self, data: Data = None, *, instance: VisitReport | None = None) -> None:
        super().__init__(data, instance=instance)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def clean_minutes_spent(self) -> int | None:
        """Return None for 0, which means that nobody has entered it."""
        return self.cleaned_data["minutes_spent"] or None

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in data.items()
        }


class CommitmentForm(LaidOut, forms.ModelForm):
    """A commitment of the parents; it is separate, since forms cannot be nested."""

    due_on = DayField(label=Commitment._meta.get_field("due_on").verbose_name, required=False)

    layout = (Field("text", "by_whom", "due_on", form="commitment"),)

    class Meta:
        model = Commitment
        fields = ("text", "by_whom", "due_on")

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        return due and kindly(promised_day, due)


class RecordForm(LaidOut, forms.Form):
    """Asks when the visit was; after that the report is closed."""

    day = DayField(label=_("Day of the visit"))
    at = ClockField(label=_("Time"))

    def __init__(self, data: Data = None, *, visit: Visit) -> None:
        super().__init__(data)
        self.visit = visit
        planned = timezone.localtime(visit.scheduled_for or clock.now())
        self.initial = {"day": planned.date(), "at": planned.time()}

    @property
    def moment(self) -> datetime:
        """Return the moment; if nobody changed it, the planned one to the second."""
        typed = moment(self.cleaned_data["day"], self.cleaned_data["at"])
        planned = self.visit.scheduled_for
        return planned if planned and planned.replace(second=0, microsecond=0) == typed else typed

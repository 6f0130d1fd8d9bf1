from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from school.dates import act_day
from school.forms.inputs import DayField
from school.forms.when import kindly
from school.models import Semester
from workflow import clock


class ProgressForm(forms.Form):
    """As of which day, of which semester. What is missing is the running semester, today."""

    semester = forms.ChoiceField(label=_("Semester"), required=False)
    as_of = DayField(label=_("As of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.semesters = {s.code: s for s in Semester.objects.select_related("year")}
        begun = [s for s in self.semesters.values() if s.starts_on <= clock.today()]
        known = begun[-1:] or list(self.semesters.values())[:1]
        self.current = known[0] if known else None
        self.fields["semester"].choices = [  # type: ignore[attr-defined]
            (code, str(semester)) for code, semester in reversed(self.semesters.items())
        ]

    def clean_as_of(self) -> date:
        """Raises ValidationError for a day before the semester or one to come."""
        semester = self.chosen
        day = self.cleaned_data["as_of"] or self.usual_day
        return kindly(act_day, semester, day) if semester else min(day, clock.today())

    @property
    def chosen(self) -> Semester | None:
        return self.semesters.get(self.data.get("semester", "")) or self.current

    @property
    def usual_day(self) -> date:
        """Today in the running semester, the last day of one that has ended."""
        if self.chosen is None or self.chosen == self.current:
            return clock.today()
        return min(self.chosen.ends_on, clock.today())

    @property
    def day(self) -> date:
        """The day that was asked for, or the usual one where it was wrong."""
        return self.cleaned_data.get("as_of", self.usual_day)

"""The forms of a semester, its recap periods, and what the school decided for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Segments, one_of
from school.forms.holidays import HolidayLinesField, HolidayRowsField
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut, Section, side_by_side
from school.head import naming_head
from school.models import Policy, RecapPeriod, Semester
from school.models.semesters import Term
from school.school_years import Days, next_semester
from school.versioned import READ_AT, VersionedForm
from school.workflow.periods import next_period

MOST_DAYS = 60
"""So many days at most lie between something and its due date."""


class SemesterForm(VersionedForm, forms.Form):
    """A new semester; the usual days of the next one are proposed."""

    layout = ("year_label", "term", side_by_side("starts_on", "ends_on"))

    year_label = forms.CharField(label=_("School year"), max_length=9)
    term = one_of(
        [(str(term.value), term.label) for term in Term], label=_("Semester"), widget=Segments
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        proposed = next_semester()
        initial = {
            "year_label": proposed.year_label,
            "term": str(proposed.term.value),
            "starts_on": proposed.days.first,
            "ends_on": proposed.days.last,
            READ_AT: 0,
        }
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def days(self) -> Days:
        return Days(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class DaysForm(VersionedForm, forms.ModelForm):
    """The first and the last day of a record."""

    layout = (side_by_side("starts_on", "ends_on"),)

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    @property
    def days(self) -> Days:
        return Days(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])

    def _post_clean(self) -> None:
        """Leave the record as it is: the act checks the days, and says why it refuses them."""


class SemesterDaysForm(DaysForm):
    class Meta:
        model = Semester
        fields = ("starts_on", "ends_on")


class PeriodForm(DaysForm):
    class Meta:
        model = RecapPeriod
        fields = ("starts_on", "ends_on")


class NewPeriodForm(VersionedForm, forms.Form):
    """A new period of a semester; the first days that no other one has are proposed."""

    layout = ("semester", side_by_side("starts_on", "ends_on"))

    semester = forms.ModelChoiceField(Semester.objects.none(), label=_("Semester"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, data: Any, semester: Semester | None) -> None:
        days = next_period(semester) if semester else None
        initial: dict[str, object] = {"semester": semester, READ_AT: 0}
        if days:
            initial |= {"starts_on": days.first, "ends_on": days.last}
        super().__init__(data, initial=initial)
        open_ones = Semester.objects.filter(frozen_at=None).select_related("year")
        self.fields["semester"].queryset = open_ones.order_by("-starts_on")  # type: ignore[attr-defined]

    @property
    def days(self) -> Days:
        return Days(self.cleaned_data["starts_on"], self.cleaned_data["ends_on"])


class FirstRecapForm(LaidOut, forms.Form):
    """The period with which recaps begin in a semester."""

    def __init__(self, data: Data, periods: Sequence[RecapPeriod], now: date | None) -> None:
        super().__init__(data, initial={"first": now and now.isoformat()})
        self.fields["first"] = one_of(
            [(one.starts_on.isoformat(), str(one)) for one in periods],
            label=_("Recaps count from"),
        )

    @property
    def first(self) -> date:
        return date.fromisoformat(self.cleaned_data["first"])


class PolicyForm(VersionedForm, forms.ModelForm):
    """What counts as low, who decides, and after how many days something is late."""

    layout = (
        Section(_("Signs"), side_by_side("activity_below", "missing_work_above")),
        Section(_("Cases"), "attempts_before_summons", "visits_need_approval"),
        Section(
            _("Due after days"),
            side_by_side("recap_days", "list_days"),
            side_by_side("review_days", "attempt_days"),
            side_by_side("summons_outcome_days", "visit_report_days"),
        ),
        Section(_("Data"), side_by_side("small_cell", "retention_years")),
    )

    class Meta:
        model = Policy
        fields = (
            "activity_below",
            "missing_work_above",
            "attempts_before_summons",
            "visits_need_approval",
            "recap_days",
            "list_days",
            "review_days",
            "attempt_days",
            "summons_outcome_days",
            "visit_report_days",
            "small_cell",
            "retention_years",
        )
        labels = {
            "activity_below": _("Low participation below (%)"),
            "missing_work_above": _("Missing work above (%)"),
            "attempts_before_summons": _("Contact attempts before a summons"),
            "visits_need_approval": naming_head(_("Home visits wait for approval by the %(head)s")),
            "recap_days": _("Recap: days after its period"),
            "list_days": _("Class list: days after the recaps"),
            "review_days": _("Review: days after a case is new"),
            "attempt_days": _("Next contact: days after the last one"),
            "summons_outcome_days": _("Outcome of a summons: days after the meeting"),
            "visit_report_days": _("Visit report: days after the visit"),
            "small_cell": _("Hide numbers below"),
            "retention_years": _("Years that data is kept"),
        }
        help_texts = {
            "activity_below": _("A student who takes part in less than this is marked."),
            "missing_work_above": _("A student with more work missing than this is marked."),
            "attempts_before_summons": _("So often BK tries to reach the family first."),
            "recap_days": _("If there is no school on that day, the next school day counts."),
            "small_cell": _("Student affairs reads smaller numbers as “< 5”, without names."),
            "retention_years": _("After a student has left the school."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.texts:
            if name.endswith("_days"):
                _limit(self.fields[name], 0, MOST_DAYS)
        _limit(self.fields["attempts_before_summons"], 0, 10)
        _limit(self.fields["small_cell"], 1, 20)
        _limit(self.fields["retention_years"], 1, 30)


class SchoolDaysForm(VersionedForm, forms.ModelForm):
    """The days of the week without lessons, and the holidays, typed or pasted."""

    layout = (
        Section(None, "free_weekdays"),
        Section(None, "holidays", "pasted"),
    )

    holidays = HolidayRowsField(label=_("Holidays"))
    pasted = HolidayLinesField(
        label=_("Paste more holidays (optional)"),
        help_text=_(
            "From a spreadsheet or a letter, a line each: the day or the first and the last day, "
            "and a name. E.g. 17/08/2021 Hari Kemerdekaan."
        ),
    )

    class Meta:
        model = Policy
        fields = ("free_weekdays", "holidays")
        labels = {"free_weekdays": _("Days without lessons")}
        help_texts = {
            "free_weekdays": _(
                "Sunday alone where there are lessons on six days, Saturday and Sunday on five."
            )
        }

    @property
    def texts(self) -> list[str]:
        return ["free_weekdays", "holidays"]

    def clean(self) -> dict[str, Any]:
        """Join what was pasted to the rows; the same holiday is kept once."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "holidays" in cleaned and "pasted" in cleaned:
            joined = {*cleaned["holidays"], *cleaned["pasted"]}
            cleaned["holidays"] = tuple(sorted(joined))
        return cleaned


def _limit(field: forms.Field, least: int, most: int) -> None:
    """Let a number field take only numbers from the least to the most."""
    field.validators += [MinValueValidator(least), MaxValueValidator(most)]
    field.widget.attrs |= {"min": least, "max": most}

"""What a teacher types on a recap sheet; ranges as the database holds them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recaps.models import Activity, Entry, Sheet
from recaps.models.arithmetic import COUNTS
from recaps.models.recap import MOST
from school.forms.layout import LaidOut
from school.models import Policy
from school.wording import percent

LABELS = {
    "sick": pgettext_lazy("absence", "Sick"),
    "permitted": pgettext_lazy("absence", "Permitted"),
    "absent": pgettext_lazy("absence", "Absent"),
    "dispensed": pgettext_lazy("absence", "Dispensed"),
    "late": pgettext_lazy("absence", "Late"),
    "missing_work": _("Work not handed in"),
    "late_work": _("Work handed in late"),
}
HEADER_FIELDS = ("meetings", "assignments")
ENTRY_FIELDS = (*COUNTS, "activity", "own_meetings", "own_assignments", "note")


def activity_choices(policy: Policy) -> list[tuple[str, str]]:
    """The three ways to say how active a student was; the label shows the semester's limit."""
    below = percent(policy.activity_below, 0)
    return [
        (Activity.FROM_ATTENDANCE.value, str(_("From attendance"))),
        (Activity.BELOW.value, str(_("Below %(limit)s") % {"limit": below})),
        (Activity.NOT_BELOW.value, str(_("%(limit)s or more") % {"limit": below})),
    ]


class SavedAsOneGoes(forms.Form):
    """Carries the version at which the record was read."""

    read_at = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "read_at"}

    def differences(self, record: Any, mine: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
        """(label, what stands, what was typed) for each field in which they differ."""
        return [
            (
                self.fields[name].label,
                self._word(name, getattr(record, name)),
                self._word(name, value),
            )
            for name, value in mine.items()
            if getattr(record, name) != value
        ]

    def _word(self, name: str, value: Any) -> Any:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return "–" if value in (None, "") else choices.get(value, value)

    @property
    def read_version(self) -> int:
        return self.cleaned_data["read_at"]


def _count(label: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required)


class HeaderForm(SavedAsOneGoes):
    meetings = _count(_("Meetings in this period"), required=True)
    assignments = _count(_("Assignments given"), required=True)

    @classmethod
    def of(cls, sheet: Sheet) -> "HeaderForm":
        return cls(initial=_initial(sheet, HEADER_FIELDS))


class EntryForm(SavedAsOneGoes):
    """One student's row. An empty count is none; an empty own number is the header's."""

    activity = forms.ChoiceField(label=_("Activity"), choices=Activity, required=False)
    own_meetings = _count(_("Own number of meetings"))
    own_assignments = _count(_("Own number of assignments"))
    note = forms.CharField(
        label=_("Note for the homeroom teacher"),
        max_length=Entry._meta.get_field("note").max_length,
        required=False,
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = activity_choices(policy)  # type: ignore[attr-defined]
        for name in COUNTS:
            self.fields[name] = _count(LABELS[name])

    @classmethod
    def of(cls, entry: Entry, policy: Policy) -> "EntryForm":
        return cls(initial=_initial(entry, ENTRY_FIELDS), policy=policy)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in COUNTS:
            if name not in self.errors:
                cleaned[name] = cleaned.get(name) or 0
        cleaned["activity"] = cleaned.get("activity") or Activity.FROM_ATTENDANCE.value
        return cleaned

    def steppers(self) -> list[forms.BoundField]:
        return [self[name] for name in COUNTS]

    def own(self) -> list[forms.BoundField]:
        return [self["own_meetings"], self["own_assignments"]]


class ReasonForm(LaidOut, forms.Form):
    """Why a recap goes back or is corrected."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text


def _initial(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {"read_at": record.version, **{name: getattr(record, name) for name in names}}

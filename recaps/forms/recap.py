"""Forms of a recap sheet, with the same ranges as in the database."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recaps.models import Activity, Entry
from recaps.models.arithmetic import COUNTS
from recaps.models.recap import MOST
from school.forms.choices import Segments, one_of
from school.forms.layout import Data, LaidOut, helper_for, side_by_side, stepped
from school.models import Policy
from school.versioned import VersionedForm
from school.wording import percent
from workflow.errors import Text


def activity_choices(policy: Policy) -> list[tuple[str, str]]:
    """Return the three ways to say how active a student was, with the semester's limit."""
    below = percent(policy.activity_below, 0)
    return [
        (Activity.FROM_ATTENDANCE.value, str(_("From attendance"))),
        (Activity.BELOW.value, str(_("Below %(limit)s") % {"limit": below})),
        (Activity.NOT_BELOW.value, str(_("%(limit)s or more") % {"limit": below})),
    ]


def _count(label: Text, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=required)


class HeaderForm(VersionedForm, forms.Form):
    meetings = _count(_("Meetings in this period"), required=True)
    assignments = _count(_("Assignments given"), required=True)

    layout = (stepped("meetings", "assignments"),)


class EntryForm(VersionedForm, forms.Form):
    """One student's row. An empty count means 0; an empty own number means the header's."""

    sick = _count(pgettext_lazy("absence", "Sick"))
    permitted = _count(pgettext_lazy("absence", "Excused"))
    absent = _count(pgettext_lazy("absence", "Absent"))
    dispensed = _count(pgettext_lazy("absence", "Exempted"))
    late = _count(pgettext_lazy("absence", "Late"))
    missing_work = _count(_("Work not handed in"))
    late_work = _count(_("Work handed in late"))
    activity = one_of(Activity, widget=Segments, label=_("Participation"), required=False)
    own_meetings = _count(_("Meetings for this student"))
    own_assignments = _count(_("Assignments for this student"))
    note = forms.CharField(
        label=_("Note for the homeroom teacher"),
        max_length=Entry._meta.get_field("note").max_length,
        required=False,
    )

    layout = (stepped(*COUNTS), "activity", side_by_side("own_meetings", "own_assignments"), "note")
    # The parts of a row of the sheet, each where its script expects it.
    counts = helper_for(stepped("sick", "permitted", "absent", "missing_work"))
    rare = helper_for(stepped("dispensed", "late", "late_work"))
    how_active = helper_for("activity")
    own = helper_for(stepped("own_meetings", "own_assignments"))

    def __init__(
        self, data: Data = None, *, policy: Policy, initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        # Asked for when they are drawn; a row that is saved needs no labels.
        self.fields["activity"].widget.choices = partial(activity_choices, policy)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        for name in COUNTS:
            if name not in self.errors:
                cleaned[name] = cleaned.get(name) or 0
        cleaned["activity"] = cleaned.get("activity") or Activity.FROM_ATTENDANCE.value
        return cleaned


class ReasonForm(LaidOut, forms.Form):
    """The reason why a recap is returned or corrected."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Data = None, *, help_text: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].help_text = help_text

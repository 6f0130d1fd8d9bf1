"""The form to propose a visit: its basis, the wished days, and whether it is urgent."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from homevisits.models.choices import REASONS
from school.dates import wished_day
from school.forms.choices import one_of
from school.forms.inputs import DayField, tell_free_days
from school.forms.layout import Data, LaidOut, Section, helper_for, side_by_side
from school.forms.when import kindly
from school.head import naming_head
from school.models import Policy
from workflow import clock

LINES = forms.Textarea(attrs={"rows": 3})


class ProposalForm(LaidOut, forms.Form):
    """`basis` is what the lower rungs show; if it is empty, the form asks for one of five reasons.

    The page shows the basis itself, above the other cards of `layout`.
    """

    special = one_of([(r.value, r.label) for r in REASONS], label=_("Special reason"))
    reason = forms.CharField(
        label=_("Reason in a few words"), max_length=1000, widget=LINES, required=False
    )
    wished_from = DayField(label=_("Preferred from"), required=False)
    wished_until = DayField(label=_("until"), required=False)
    is_urgent = forms.BooleanField(label=_("Urgent: cannot wait for approval"), required=False)
    urgent_reason = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=300,
        required=False,
        help_text=naming_head(
            _("Only for an urgent visit. The %(head)s reads it and acknowledges.")
        ),
    )
    proposed_on = DayField(label=_("Date of the proposal"))

    layout = (
        Section(
            _("Preferred days (optional)"),
            side_by_side("wished_from", "wished_until"),
            "is_urgent",
            "urgent_reason",
            "proposed_on",
        ),
    )

    def __init__(self, data: Data = None, *, basis: str, policy: Policy) -> None:
        super().__init__(data)
        tell_free_days(policy, self.fields["wished_from"], self.fields["wished_until"])
        self.basis = basis
        self.rests_on = helper_for(*(() if basis else ("special",)), "reason")
        self.fields["proposed_on"].initial = clock.today()
        if basis:
            del self.fields["special"]
            self.fields["reason"].label = naming_head(_("Note for the %(head)s (optional)"))
        else:
            self.fields["reason"].required = True

    def clean(self) -> dict[str, object]:
        """Return the arguments of the act."""
        data = super().clean() or {}
        data["basis"] = data.pop("special", self.basis)
        if not data.pop("is_urgent", False):
            data["urgent_reason"] = ""
        elif not data.get("urgent_reason"):
            self.add_error("urgent_reason", _("Write why it cannot wait for approval."))
        if data.get("wished_until") and not data.get("wished_from"):
            data["wished_from"] = data["wished_until"]
        return data

    def clean_wished_from(self) -> date | None:
        return self._wished("wished_from")

    def clean_wished_until(self) -> date | None:
        return self._wished("wished_until")

    def _wished(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        return day and kindly(wished_day, day)

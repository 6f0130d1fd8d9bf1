"""Forms of assistance: what is asked for and why, what was handed over to whom, its return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import written
from school.forms.choices import Segments, one_of
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut
from school.forms.when import HappenedOnField
from school.models import Semester
from support.models import Assistance, AssistanceKind
from support.models.assistance import LENT_BY_DEFAULT
from workflow.errors import Text

LENT, GIVEN = "lent", "given"
LONGEST_REASON = 1000


class AskForm(LaidOut, forms.Form):
    kind = one_of(AssistanceKind.choices, widget=Segments, label=_("What the family needs"))
    what = forms.CharField(
        label=_("What exactly"),
        max_length=120,
        required=False,
        help_text=_("For a phone or a data package only what matters, e.g. 10 GB a month."),
    )
    reason = written(
        _("Why the family needs it"),
        longest=LONGEST_REASON,
        help_text=_("Whoever decides on it reads this, nobody else outside BK."),
    )
    lent = one_of(
        ((LENT, _("On loan")), (GIVEN, _("To keep"))),
        widget=Segments,
        required=False,
        label=_("On loan or to keep (optional)"),
    )

    def __init__(self, data: Data = None, *, semester: Semester) -> None:
        super().__init__(data)
        self.fields["asked_on"] = HappenedOnField(semester, label=_("Date of the request"))
        self.fields["lent"].help_text = _(
            "If you choose nothing, a phone is on loan and anything else is to keep."
        )

    def clean(self) -> dict[str, object]:
        """Return the arguments of the act."""
        data = super().clean() or {}
        kind, lent = data.get("kind"), data.pop("lent", "")
        data["is_lent"] = lent == LENT if lent else kind in LENT_BY_DEFAULT
        if kind == AssistanceKind.OTHER and not data.get("what"):
            self.add_error("what", _("Write what the family needs."))
        return data


class HandOverForm(LaidOut, forms.Form):
    given = forms.CharField(label=_("What exactly"), max_length=200)
    receiver = forms.CharField(label=_("Received by"), max_length=120)
    relation = forms.CharField(
        label=_("Relation to the student"),
        max_length=60,
        help_text=_("Mother, uncle, neighbour, the student …"),
    )
    due_on = DayField(label=_("To be returned by (optional)"), required=False)
    is_signed = forms.BooleanField(label=_("The receipt is signed"), required=False)

    def __init__(self, data: Data = None, *, assistance: Assistance) -> None:
        super().__init__(data)
        semester = assistance.case.semester
        self.fields["handed_on"] = HappenedOnField(semester, label=_("Handed over on"))
        self.fields["given"].help_text = GIVEN_HELP[assistance.kind]
        self.fields["given"].initial = assistance.what
        if not assistance.is_lent:
            del self.fields["due_on"]
        self.order_fields(("given", "handed_on"))


GIVEN_HELP: dict[str, Text] = {
    AssistanceKind.PHONE: _("Brand, type and serial number or IMEI."),
    AssistanceKind.DATA: _("The number and the size of the package, e.g. 0812 …, 10 GB."),
    AssistanceKind.OTHER: _("So that it can be recognized later."),
}


class ReturnForm(LaidOut, forms.Form):
    condition = forms.CharField(
        label=_("Condition"), max_length=300, help_text=_("E.g. good, or: screen cracked.")
    )

    def __init__(self, data: Data = None, *, assistance: Assistance) -> None:
        super().__init__(data)
        semester = assistance.case.semester
        self.fields["returned_on"] = HappenedOnField(semester, label=_("Returned on"))
        self.order_fields(("returned_on",))


class KeepForm(LaidOut, forms.Form):
    reason = written(
        _("Reason"),
        longest=300,
        help_text=_("E.g. left to the family, lost, or broken."),
    )


class PutOffForm(LaidOut, forms.Form):
    due_on = DayField(label=_("To be returned by (optional)"), required=False)


class NoteForm(LaidOut, forms.Form):
    reason = written(_("Note (optional)"), required=False)

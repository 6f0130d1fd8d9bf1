"""Forms of a referral out: to whom and why, the consent, the letter, the answer."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.case import LONGEST_TEXT, ActForm, written
from school.forms.choices import Segments, one_of
from school.forms.layout import Data, LaidOut
from school.forms.when import HappenedOnField
from school.models import Guardian
from school.versioned import READ_AT, VersionedForm
from support.models import ConsentHow, Recipient, Referral
from workflow.errors import Text

LONGEST_LIST = 1000


class WordsForm(LaidOut, forms.Form):
    """What the letter says: to whom, why, with what."""

    kind = one_of(Recipient.choices, label=pgettext_lazy("referral", "Kind"))
    recipient = forms.CharField(
        label=_("To whom"),
        max_length=120,
        help_text=_("The institution, or the person and their practice."),
    )
    reason = written(
        pgettext_lazy("referral", "Why"),
        longest=LONGEST_TEXT,
        rows=5,
        help_text=_("Stands in the letter: what they must know to help, no more."),
    )
    handed_over = written(
        _("What is handed over"),
        longest=LONGEST_LIST,
        rows=4,
        required=False,
        help_text=_("One thing on each line: a summary, a visit report, a record of attendance."),
    )


class PrepareForm(ActForm, WordsForm):
    """The words of a new referral, and when it was prepared."""


class EditForm(VersionedForm, WordsForm):
    """The words of a referral that is prepared."""


class ConsentForm(LaidOut, forms.Form):
    how = one_of(ConsentHow.choices, widget=Segments, label=pgettext_lazy("consent", "How"))
    consent_by = forms.CharField(label=_("Who agreed"), max_length=120)
    relation = forms.CharField(label=_("Relation to the student"), max_length=60)

    def __init__(
        self, data: Data = None, *, referral: Referral, guardian: Guardian | None = None
    ) -> None:
        """Propose the `guardian` who is asked first."""
        super().__init__(data)
        agreed_on = HappenedOnField(
            referral.case.semester, label=pgettext_lazy("consent", "Agreed on")
        )
        self.fields["consent_on"] = agreed_on
        self.order_fields(("consent_on", "how"))
        if guardian:
            self.fields["consent_by"].initial = guardian.called
            self.fields["relation"].initial = guardian.relation_said


class SendForm(LaidOut, forms.Form):
    data: MultiValueDict[str, str]
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("Suggested. Type over it, or leave it empty until the office assigns one."),
    )

    def __init__(
        self,
        data: Data = None,
        *,
        referral: Referral,
        missing: Text = "",
        initial: dict[str, object] | None = None,
    ) -> None:
        """Ask for a reason that stands for the consent if that is `missing`."""
        super().__init__(data, initial={READ_AT: referral.version, **(initial or {})})
        self.fields[READ_AT] = forms.IntegerField(widget=forms.HiddenInput)
        letter_day = HappenedOnField(referral.case.semester, label=_("Date of the letter"))
        self.fields["sent_on"] = letter_day
        if missing:
            self.fields["reason"] = written(
                _("Why it cannot wait for the parents"),
                help_text=_(
                    "The parents have not agreed. It may go without them only if the child is in "
                    "danger: write what the danger is. The reason is not printed."
                ),
            )
        self.order_fields(("number", "sent_on", "reason"))

    def show_again(self, referral: Referral) -> None:
        """Let the next submit send what the page shows now."""
        self.data = kept = self.data.copy()
        kept[READ_AT] = str(referral.version)


TAKEN, REFUSED = "yes", "no"


class AnswerForm(LaidOut, forms.Form):
    took = one_of(
        ((TAKEN, _("They answered")), (REFUSED, _("They did not take it on"))),
        widget=Segments,
        label=_("Outcome"),
    )
    answered_by = forms.CharField(
        label=_("Answered by"),
        max_length=120,
        required=False,
        help_text=_("Name and position."),
    )
    answer = written(
        _("What came back"),
        longest=LONGEST_TEXT,
        rows=5,
        help_text=_("What they found, do and advise; or why they did not take it on."),
    )

    def __init__(self, data: Data = None, *, referral: Referral) -> None:
        super().__init__(data)
        self.fields["answered_on"] = HappenedOnField(referral.case.semester, label=_("Answered on"))
        self.order_fields(("took", "answered_on"))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        taken_on = cleaned.pop("took", "") == TAKEN
        if taken_on and not cleaned.get("answered_by"):
            self.add_error("answered_by", _("Write who answered."))
        return {**cleaned, "taken_on": taken_on}

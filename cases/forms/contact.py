"""The form of a contact attempt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import LONGEST_TEXT, ActForm, written
from cases.models import Case, Channel, ContactOutcome, Party
from school.forms.choices import Segments, one_of
from school.forms.layout import Data, LaidOut
from school.models import Guardian
from workflow.errors import Text

STUDENT = "student"


class ContactForm(ActForm):
    """The channel, the person contacted, the outcome and the time."""

    channel = one_of(Channel.choices, widget=Segments, label=_("By"), initial=Channel.WHATSAPP)
    whom = one_of((), label=_("To whom"))
    outcome = one_of(ContactOutcome.choices, label=_("Outcome"))
    note = written(_("Note"), longest=LONGEST_TEXT, required=False)

    def __init__(self, data: Data = None, *, case: Case, guardians: list[Guardian]) -> None:
        super().__init__(data, semester=case.semester)
        self.guardians = {f"guardian-{guardian.pk}": guardian for guardian in guardians}
        named: list[tuple[str, Text]] = [
            (key, _named(guardian)) for key, guardian in self.guardians.items()
        ]
        if not named:
            named = [(party.value, party.label) for party in Party if party != Party.STUDENT]
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [*named, (STUDENT, _("The student"))]
        whom.initial = named[0][0]

    def clean(self) -> dict[str, object]:
        """Return the values, with `party` and `guardian` in place of `whom`."""
        cleaned = super().clean() or {}
        whom = cleaned.pop("whom", "")
        guardian = self.guardians.get(whom)
        cleaned["guardian"] = guardian
        cleaned["party"] = guardian.relation if guardian else whom.upper()
        return cleaned


class VoidForm(LaidOut, forms.Form):
    reason = written(_("Reason"), required=False)


def _named(guardian: Guardian) -> str:
    return f"{guardian.formal_name} ({guardian.get_relation_display()})"

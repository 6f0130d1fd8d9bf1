"""The form of a contact attempt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import LONGEST_TEXT, ActForm, written
from cases.models import FITTING, Case, Channel, ContactOutcome, Party
from cases.workflow.contact import DOES_NOT_FIT
from school.contacts import Reachable
from school.forms.choices import OneChip, Segments, one_of
from school.forms.layout import Data, LaidOut
from school.models import Guardian
from workflow.errors import Text

STUDENT = "student"


class FittingOutcome(OneChip):
    """The outcomes as chips; the stylesheet hides those that do not fit the chosen channel."""

    def create_option(
        self,
        name: str,
        value: object,
        label: int | str,
        selected: bool,
        index: int,
        subindex: int | None = None,
        attrs: dict[str, object] | None = None,
    ) -> dict[str, object]:
        fits = " ".join(channel for channel, fitting in FITTING.items() if value in fitting)
        attrs = {**(attrs or {}), "fits": fits}
        return super().create_option(name, value, label, selected, index, subindex, attrs)


class ContactForm(ActForm):
    """The channel, the person contacted, the outcome and the time."""

    channel = one_of(Channel.choices, widget=Segments, label=_("Channel"), initial=Channel.WHATSAPP)
    whom = one_of((), label=_("To whom"))
    outcome = one_of(ContactOutcome.choices, widget=FittingOutcome, label=_("Outcome"))
    note = written(_("Note"), longest=LONGEST_TEXT, required=False)

    def __init__(
        self,
        data: Data = None,
        *,
        case: Case,
        guardians: list[Guardian],
        usual: Reachable | None = None,
    ) -> None:
        """Offer the guardians and the student; `usual` is chosen beforehand."""
        super().__init__(data, semester=case.semester)
        fitting = FITTING.get(str((data or {}).get("channel")), ())
        self.only_outcome = fitting[0] if len(fitting) == 1 else ""
        self.fields["outcome"].required = not self.only_outcome
        self.guardians = {_key(guardian): guardian for guardian in guardians}
        named: list[tuple[str, Text]] = [
            (key, _named(guardian)) for key, guardian in self.guardians.items()
        ]
        if not named:
            named = [(party.value, party.label) for party in Party if party != Party.STUDENT]
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [*named, (STUDENT, _("The student"))]
        whom.initial = _key(usual.guardian) if usual else named[0][0]

    def clean(self) -> dict[str, object]:
        """Return the values, with `party` and `guardian` in place of `whom`.

        The only outcome that a channel can have need not be chosen.
        """
        cleaned = super().clean() or {}
        whom = cleaned.pop("whom", "")
        guardian = self.guardians.get(whom)
        cleaned["guardian"] = guardian
        cleaned["party"] = guardian.relation if guardian else whom.upper()
        if "outcome" in cleaned:
            cleaned["outcome"] = cleaned["outcome"] or self.only_outcome
            fitting = FITTING.get(cleaned.get("channel", ""))
            if fitting and cleaned["outcome"] not in fitting:
                self.add_error("outcome", DOES_NOT_FIT)
        return cleaned


class VoidForm(LaidOut, forms.Form):
    reason = written(_("Reason"), required=False)


def _key(guardian: Guardian | None) -> str:
    return f"guardian-{guardian.pk}" if guardian else STUDENT


def _named(guardian: Guardian) -> str:
    return f"{guardian.called} ({guardian.relation_said})"

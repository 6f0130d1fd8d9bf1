"""The form of a contact attempt."""

from collections.abc import Sequence
from operator import attrgetter

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.forms.case import LONGEST_TEXT, ActForm, written
from cases.models import FITTING, Case, Channel, ContactOutcome, Party
from cases.workflow.contact import DOES_NOT_FIT
from school.contacts import Reachable
from school.forms.choices import OneChip, Segments, one_of
from school.forms.layout import Data, LaidOut
from school.models import Guardian, Semester
from workflow.errors import Text

STUDENT = "student"
Named = Sequence[tuple[str, Text]]
PARENTS: Named = [(party.value, capfirst(party.label)) for party in Party if party != Party.STUDENT]


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


class AttemptForm(ActForm):
    """The channel, the outcome and the time."""

    channel = one_of(Channel.choices, widget=Segments, label=_("Channel"), initial=Channel.WHATSAPP)
    whom = one_of((), label=_("To whom"))
    outcome = one_of(ContactOutcome.choices, widget=FittingOutcome, label=_("Outcome"))
    note = written(_("Note"), longest=LONGEST_TEXT, required=False)

    def __init__(
        self, data: Data = None, *, semester: Semester, whom: Named, usual: str = ""
    ) -> None:
        """Offer the people in `whom`, of whom `usual` is chosen beforehand."""
        super().__init__(data, semester=semester)
        fitting = FITTING.get(str((data or {}).get("channel")), ())
        self.only_outcome = fitting[0] if len(fitting) == 1 else ""
        self.fields["outcome"].required = not self.only_outcome
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*whom]
        field.initial = usual or whom[0][0]

    def clean(self) -> dict[str, object]:
        """Return the values, with `party` in place of `whom`.

        The only outcome that a channel can have need not be chosen.
        """
        cleaned = super().clean() or {}
        cleaned |= self.named(str(cleaned.pop("whom", "")))
        if "outcome" in cleaned:
            cleaned["outcome"] = cleaned["outcome"] or self.only_outcome
            fitting = FITTING.get(str(cleaned.get("channel", "")))
            if fitting and cleaned["outcome"] not in fitting:
                self.add_error("outcome", DOES_NOT_FIT)
        return cleaned

    def named(self, whom: str) -> dict[str, object]:
        """Return the values that name who was chosen."""
        return {"party": whom.upper()}


class ContactForm(AttemptForm):
    """An attempt of one case: it can name a guardian."""

    def __init__(
        self,
        data: Data = None,
        *,
        case: Case,
        guardians: list[Guardian],
        usual: Reachable | None = None,
    ) -> None:
        """Offer the guardians and the student; `usual` is chosen beforehand."""
        self.guardians = {_key(guardian): guardian for guardian in guardians}
        named: Named = [(key, _named(guardian)) for key, guardian in self.guardians.items()]
        whom = [*(named or PARENTS), (STUDENT, _("The student"))]
        chosen = _key(usual.guardian) if usual else ""
        super().__init__(data, semester=case.semester, whom=whom, usual=chosen)

    def named(self, whom: str) -> dict[str, object]:
        guardian = self.guardians.get(whom)
        return {"guardian": guardian, "party": guardian.relation if guardian else whom.upper()}


class ContactsForm(AttemptForm):
    """One attempt of several cases, whose families differ: it names no guardian."""

    def __init__(self, data: Data = None, *, cases: Sequence[Case]) -> None:
        """Ask for a time in the semester of the earliest of them."""
        semester = min((case.semester for case in cases), key=attrgetter("starts_on"))
        whom = [*PARENTS, (STUDENT, _("The student"))]
        super().__init__(data, semester=semester, whom=whom, usual=Party.MOTHER)


class VoidForm(LaidOut, forms.Form):
    reason = written(_("Reason"), required=False)


def _key(guardian: Guardian | None) -> str:
    return f"guardian-{guardian.pk}" if guardian else STUDENT


def _named(guardian: Guardian) -> str:
    return f"{guardian.called} ({guardian.relation_said})"

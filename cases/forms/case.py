"""Forms to open, review, end and reopen a case."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.models import Cause, Outcome, Reason
from school.forms.choices import Segments, many_of, one_of
from school.forms.layout import Data, LaidOut
from school.forms.when import HappenedAtField
from school.models import Semester
from school.versioned import VersionedForm
from workflow.errors import Text

LONGEST_REASON = 500
LONGEST_TEXT = 2000


def written(
    label: Text,
    *,
    longest: int = LONGEST_REASON,
    rows: int = 3,
    required: bool = True,
    help_text: Text = "",
) -> forms.CharField:
    """Return a field for a few lines of text."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=longest, widget=area, required=required, help_text=help_text
    )


class ActForm(LaidOut, forms.Form):
    """The form of an act in `semester`; below its fields it asks when the act happened."""

    def __init__(self, data: Data = None, *, semester: Semester) -> None:
        super().__init__(data)
        self.fields["happened_at"] = HappenedAtField(semester)


class OpenForm(ActForm):
    reasons = many_of(
        Reason.choices,
        label=_("Reasons"),
        error_messages={"required": _("Choose at least one of the five reasons.")},
    )
    note = written(_("What happened"), required=False)


class ConfirmForm(ActForm):
    """Asks only when it happened."""


class DismissForm(ActForm):
    reason = written(_("Reason"), help_text=_("Why this turned out not to be a problem."))


class ReopenForm(ActForm):
    reason = written(_("Reason"), help_text=_("What has happened since it ended."))

    def __init__(self, data: Data = None, *, semester: Semester, proposed: str = "") -> None:
        """Propose a reason, e.g. what new evidence says."""
        super().__init__(data, semester=semester)
        self.fields["reason"].initial = Truncator(proposed).chars(LONGEST_REASON)


class CloseForm(ActForm):
    note = written(_("Note"), required=False)


LOOK_AGAIN: tuple[tuple[str, Text], ...] = (
    ("", _("Not needed")),
    ("14", _("In 2 weeks")),
    ("28", _("In 4 weeks")),
)
"""Days after which a counselor looks again how a student is getting on, and in words."""


class ReferOutForm(CloseForm):
    """Asks for the same as *close*: a note and when."""


class ResolveForm(ActForm):
    outcome = one_of(Outcome.choices, widget=Segments, label=_("Outcome"))
    causes = many_of(
        Cause.choices,
        label=_("Causes"),
        error_messages={"required": _("Choose at least one cause.")},
    )
    reason = written(_("Note"), required=False)
    look_again_in = forms.TypedChoiceField(
        choices=LOOK_AGAIN,
        coerce=int,
        empty_value=None,
        widget=Segments,
        label=_("Look again"),
        required=False,
        initial="",
        help_text=_("Adds a follow-up, which comes back to your home page on that day."),
    )

    def __init__(self, data: Data = None, *, semester: Semester, missing: Text = "") -> None:
        """Ask for a reason that stands for what is `missing`, if anything is."""
        super().__init__(data, semester=semester)
        if missing:
            self.fields["reason"].required = True
            self.fields["reason"].label = _("Reason")
            self.fields["reason"].help_text = missing


class ReviewNoteForm(LaidOut, forms.Form):
    text = written(_("Note"), longest=LONGEST_TEXT)


class SummaryForm(VersionedForm, forms.Form):
    summary = written(
        _("Text for the shared summary"), longest=LONGEST_TEXT, rows=6, required=False
    )

"""Forms of a semester report: its texts, to freeze it, the reason to unfreeze it."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.forms.case import written
from reports.models.semester_report import LONGEST_TEXT
from school.forms.layout import Data, LaidOut
from school.versioned import VersionedForm
from workflow.errors import Text

NO_NAMES = _(
    "Leave out names of students: student affairs read the frozen report too, and its file leaves"
    " the school."
)


def _hint(what: Text) -> Text:
    return format_lazy("{} {}", what, NO_NAMES)


class TextsForm(VersionedForm, forms.Form):
    introduction = written(
        _("Introduction"),
        longest=LONGEST_TEXT,
        rows=6,
        required=False,
        help_text=_hint(
            _("What the semester was like, and what the figures below should be read with.")
        ),
    )
    conclusion = written(
        _("Conclusion"),
        longest=LONGEST_TEXT,
        rows=6,
        required=False,
        help_text=_hint(_("What the figures show, and what worked.")),
    )
    plans = written(
        _("Plans for the next semester"),
        longest=LONGEST_TEXT,
        rows=6,
        required=False,
        help_text=NO_NAMES,
    )


class FreezeForm(LaidOut, forms.Form):
    """Asks nothing; it carries the version of the texts that was read."""

    read_at = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Data = None, *, version: int) -> None:
        super().__init__(data, initial={"read_at": version})


class UnfreezeForm(LaidOut, forms.Form):
    reason = written(_("Reason"), help_text=_("What has to be mended, and why."))

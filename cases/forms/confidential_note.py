"""The forms of confidential notes. None of them is kept in the browser (`is_secret`)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import written
from school.forms.layout import LaidOut
from school.versioned import VersionedForm

LONGEST_NOTE = 4000


class NoteForm(LaidOut, forms.Form):
    text = written(_("Confidential note"), longest=LONGEST_NOTE, rows=8)


class CorrectionForm(VersionedForm, forms.Form):
    text = written(_("Confidential note"), longest=LONGEST_NOTE, rows=8)


class DeleteNoteForm(LaidOut, forms.Form):
    reason = written(_("Reason"), help_text=_("Only you can read it."))


class ReadLeftForm(LaidOut, forms.Form):
    reason = written(
        _("Reason"), help_text=_("It stays on record, and its author can read it on returning.")
    )

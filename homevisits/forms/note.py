"""A question with room for a note: decline, withdraw, cancel."""

from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.layout import LaidOut
from workflow.errors import Text


def few_words(label: Text, *, required: bool = False) -> forms.CharField:
    lines = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=500, required=required, widget=lines)


class NoteForm(LaidOut, forms.Form):
    note = few_words(_("Note (optional)"))


class ApproveForm(NoteForm):
    note = few_words(_("Note for BK (optional)"))


class DeclineForm(NoteForm):
    note = few_words(_("Reason (BK reads it)"), required=True)

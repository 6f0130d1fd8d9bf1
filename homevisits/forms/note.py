"""A question with room for words: decline, withdraw, cancel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.layout import LaidOut


class NoteForm(LaidOut, forms.Form):
    note = forms.CharField(
        label=_("Note (may stay empty)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, label: Any = "", required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.required = required
        field.label = label or field.label

"""What is written about a photo."""

from django import forms
from django.utils.translation import gettext_lazy as _

from homevisits.models import Photo
from school.versioned import VersionedForm
from workflow.errors import NotNow

LONGEST_REASON = 300


class CaptionForm(VersionedForm, forms.Form):
    caption = forms.CharField(
        label=Photo._meta.get_field("caption").verbose_name,
        max_length=Photo._meta.get_field("caption").max_length,
        required=False,
    )


class RemoveForm(forms.Form):
    note = forms.CharField(label=_("Why is it deleted?"), max_length=LONGEST_REASON)


def read_text(form: forms.Form, name: str) -> str:
    """Return the text of a form of one field. Raises NotNow with what is wrong with it."""
    if form.is_valid():
        text: str = form.cleaned_data[name]
        return text
    raise NotNow(f"{form.fields[name].label}: {form.errors[name][0]}")

"""The form of a subject."""

from django import forms
from django.utils.translation import gettext_lazy as _

from school.models import Subject
from school.versioned import VersionedForm


class SubjectForm(VersionedForm, forms.ModelForm):
    class Meta:
        model = Subject
        fields = ("name",)
        labels = {"name": _("Subject")}
        help_texts = {"name": _("As the report book writes it, e.g. Bahasa Indonesia.")}

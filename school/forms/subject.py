"""The form of a subject."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school.models import Subject
from school.versioned import VersionedForm


class SubjectForm(VersionedForm, forms.ModelForm):
    class Meta:
        model = Subject
        fields = ("name",)
        labels = {"name": _("Subject")}
        help_texts = {"name": _("As the report book writes it, e.g. Bahasa Indonesia.")}

    def clean_name(self) -> str:
        """Refuse what would be read as a subject that there is, whatever its capital letters."""
        name = " ".join(self.cleaned_data["name"].split())
        others = Subject.objects.exclude(pk=self.instance.pk)
        if known := others.filter(name__iexact=name).first():
            raise ValidationError(_("There is “%(name)s” already.") % {"name": known.name})
        return name

"""Forms of subjects: one, and many at once."""

import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school.forms.layout import LaidOut
from school.models import Subject
from school.sheets.cells import cleaned, folded
from school.versioned import VersionedForm

MOST = 100
LONGEST = Subject._meta.get_field("name").max_length or 0
NUMBER = re.compile(r"^\d+\s*[.)]\s*")
"""Before a name in a list: "3. Fisika"."""
HEADS = frozenset({"mapel", "namamapel", "matapelajaran", "namamatapelajaran", "subject"})


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


class ManySubjectsForm(LaidOut, forms.Form):
    """Many subjects, a line each, also as cells of a spreadsheet."""

    lines = forms.CharField(
        label=_("Subjects"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "A subject a line, as the report book writes it; or copy the column of a spreadsheet."
        ),
    )

    names: list[str]

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        self.names = list(dict.fromkeys(_names_in(lines)))
        if not self.names:
            raise ValidationError(_("No subject was found. Write the name of one on each line."))
        if len(self.names) > MOST:
            raise ValidationError(_("Not more than %(n)d subjects at once.") % {"n": MOST})
        if too_long := next((name for name in self.names if len(name) > LONGEST), None):
            raise ValidationError(_("This name is too long: %(name)s") % {"name": too_long})
        return lines


def _names_in(lines: str) -> Iterator[str]:
    """Yield the name of each line: its first cell with a letter, without the number before it."""
    for line in lines.splitlines():
        cells = [NUMBER.sub("", cleaned(cell)) for cell in line.split("\t")]
        name = next((cell for cell in cells if any(map(str.isalpha, cell))), "")
        if name and HEADS.isdisjoint(map(folded, cells)):
            yield name

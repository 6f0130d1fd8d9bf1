"""Forms of teaching assignments: the teachers of a subject class by class, and pasted ones."""

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.by_class import ByClassForm, TeachersField
from school.forms.foreseen import ForeseenForm
from school.forms.layout import LaidOut
from school.imports.lesson_heads import LABELS
from school.imports.reading import Read, read
from school.models import Upload
from school.models.change import ChangeKind
from school.sheets.errors import NotReadable

LONGEST_TEXT = 100_000


class SubjectTeachersForm(ByClassForm, ForeseenForm):
    """The teachers of a subject in each class of a year; one field fills a whole grade.

    Where somebody is replaced, it is saved once the page has shown what that does.
    """

    firsts = gettext_lazy("Classes without a teacher so far")

    def before_grade(self, grade: str) -> None:
        label = _("All classes of %(grade)s") % {"grade": grade}
        self.fields[f"all_{grade}"] = TeachersField(self.teachers, label=label)

    @property
    def cards(self) -> list[tuple[str, list[BoundField]]]:
        """Return for each grade the field for all of it, and those of its classes."""
        return [(grade, [self[f"all_{grade}"], *fields]) for grade, fields in super().cards]

    @property
    def wanted(self) -> dict[int, frozenset[int]]:
        """Return class → teachers, of the classes in which something was typed."""
        for_all = {
            one.pk: self.cleaned_data[f"all_{grade}"]
            for grade, of_grade in self.grades.items()
            for one in of_grade
            if self.cleaned_data[f"all_{grade}"]
        }
        return for_all | super().wanted

    @property
    def replaced(self) -> set[int]:
        """Return the classes of those in which somebody teaches it already."""
        return {one for one in self.wanted if self.standing.get(one)}


class PastedForm(LaidOut, forms.Form):
    """Assignments copied from a spreadsheet, read as a file of them is."""

    text = forms.CharField(
        label=gettext_lazy("Cells of the spreadsheet"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Copy the table with its first row, and paste it here: columns Guru, Mapel and Kelas; "
            "or a table with classes along one side, and subjects or teachers along the other."
        ),
    )

    found: Read

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        try:
            self.found = read(text.replace("\x00", "").encode(), ChangeKind.ASSIGNMENTS)
        except NotReadable as why:
            raise forms.ValidationError(str(why)) from None
        return text


def as_text(upload: Upload | None) -> str:
    """Return what was read as cells with their heads, a row a line."""
    if upload is None:
        return ""
    columns = [name for name in LABELS if name in upload.columns]
    heads = [str(LABELS[name]) for name in columns]
    rows = ([row[name] for name in columns] for row in upload.rows)
    return "\n".join("\t".join(cells) for cells in [heads, *rows])

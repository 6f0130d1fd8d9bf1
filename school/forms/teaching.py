"""Forms of teaching assignments: the teachers of a subject class by class, and pasted ones."""

from datetime import date

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.by_class import ByClassForm, TeachersField
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut
from school.lookups import Lookup
from school.pasted import Known, Pasted, read
from workflow.errors import NotNow, Text

LONGEST_TEXT = 100_000
LEAVE_OUT = "-"
PARTS: tuple[tuple[str, str, Text], ...] = (
    ("teacher", "teachers", gettext_lazy("Teacher “%(name)s”")),
    ("subject", "subjects", gettext_lazy("Subject “%(name)s”")),
    ("school_class", "classes", gettext_lazy("Class “%(name)s”")),
)
"""What a line names, and what there is of it."""


class SubjectTeachersForm(ByClassForm):
    """The teachers of a subject in each class of a year; one field fills a whole grade."""

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


class PastedForm(LaidOut, forms.Form):
    """Assignments pasted from a spreadsheet. For each name not found it asks who is meant."""

    text = forms.CharField(
        label=gettext_lazy("Lines of the spreadsheet"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Copy the cells and paste them here: teacher, subject and class in three columns, or a "
            "table with a row for each class and a column for each subject."
        ),
    )
    on = DayField(label=gettext_lazy("Holds from"))
    ends_others = forms.BooleanField(
        label=gettext_lazy("Lessons of these subjects that the text does not have end"),
        required=False,
    )

    def __init__(self, data: Data = None, *, known: Known, on: date) -> None:
        super().__init__(data, initial={"on": on})
        self.known, self.pasted, self.why = known, Pasted(), ""
        self.asked: dict[str, tuple[str, str]] = {}
        """Field → the part of a lesson and the name for which it asks."""
        if text := str(data.get("text", ""))[: LONGEST_TEXT + 1] if data else "":
            try:
                self.pasted = read(text, known)
            except NotNow as refused:
                self.why = str(refused)
        for part, of, label in PARTS:
            lookup: Lookup = getattr(known, of)
            for at, name in enumerate(self.pasted.unknown(part, lookup), 1):
                self.asked[f"{part}{at}"] = part, name
                self.fields[f"{part}{at}"] = _asks(label % {"name": name}, lookup, name)

    def clean_text(self) -> str:
        if self.why:
            raise forms.ValidationError(self.why)
        return str(self.cleaned_data["text"])

    @property
    def wanted(self) -> dict[tuple[int, int], set[int]]:
        """Return (class, subject) → teachers, without what is to be left out."""
        meant = {asked: self.cleaned_data[name] for name, asked in self.asked.items()}
        found: dict[tuple[int, int], set[int]] = {}
        for lesson in self.pasted.lessons:
            teacher, subject, of_class = (
                meant.get((part, getattr(lesson, part)))
                or getattr(self.known, of).find(getattr(lesson, part))
                for part, of, _label in PARTS
            )
            if LEAVE_OUT not in {teacher, subject, of_class}:
                found.setdefault((int(of_class), int(subject)), set()).add(int(teacher))
        return found


def _asks(label: str, lookup: Lookup, name: str) -> forms.ChoiceField:
    """Return the field that asks what a name means: the most likely come first."""
    near = {pk: lookup.labels[pk] for pk in lookup.near(name)}
    return forms.ChoiceField(
        label=label,
        choices=[
            ("", _("Choose")),
            *near.items(),
            (LEAVE_OUT, _("Leave out")),
            *((pk, said) for pk, said in lookup.labels.items() if pk not in near),
        ],
    )

"""Forms of teaching assignments: the teachers of a subject class by class, and pasted ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut
from school.lookups import Lookup
from school.models import SchoolClass
from school.pasted import BESIDES, Known, Pasted, read
from workflow.errors import NotNow, Text

LONGEST_CELL, LONGEST_TEXT = 200, 100_000
TEACHERS = "teachers"
"""The id of the list from which a browser proposes teachers."""
LEAVE_OUT = "-"
PARTS: tuple[tuple[str, str, Text], ...] = (
    ("teacher", "teachers", gettext_lazy("Teacher “%(name)s”")),
    ("subject", "subjects", gettext_lazy("Subject “%(name)s”")),
    ("school_class", "classes", gettext_lazy("Class “%(name)s”")),
)
"""What a line names, and what there is of it."""


class TeachersField(forms.CharField):
    """Teachers by their names, a semicolon between two of them; cleaned to their ids."""

    def __init__(self, known: Lookup, *, label: Text, initial: Collection[int] = ()) -> None:
        attrs = {"list": TEACHERS, "autocomplete": "off"}
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_CELL,
            initial="; ".join(known.labels[pk] for pk in known.labels if pk in initial),
            widget=forms.TextInput(attrs=attrs),
            show_hidden_initial=True,
        )
        self.known = known

    def clean(self, value: object) -> frozenset[int]:
        return frozenset(map(self._found, filter(None, BESIDES.split(super().clean(value)))))

    def _found(self, name: str) -> int:
        pk = self.known.find(name)
        if pk is None:
            near = ", ".join(self.known.labels[one] for one in self.known.near(name))
            said = _("No teacher is called %(name)s. Do you mean %(near)s?")
            unlike = _("No teacher is called %(name)s.")
            raise forms.ValidationError((said if near else unlike) % {"name": name, "near": near})
        return pk


class SubjectTeachersForm(LaidOut, forms.Form):
    """The teachers of a subject in each class of a year, from a day on."""

    on = DayField(label=gettext_lazy("Holds from"))

    def __init__(
        self,
        data: Data = None,
        *,
        classes: Iterable[SchoolClass],
        standing: Mapping[int, Collection[int]],
        teachers: Lookup,
        on: date,
    ) -> None:
        super().__init__(data, initial={"on": on})
        self.teachers, self.standing = teachers, standing
        self.grades: dict[str, list[SchoolClass]] = {}
        for one in classes:
            self.grades.setdefault(one.grade, []).append(one)
        for grade, of_grade in self.grades.items():
            label = _("All classes of %(grade)s") % {"grade": grade}
            self.fields[f"all_{grade}"] = TeachersField(teachers, label=label)
            for one in of_grade:
                now = standing.get(one.pk, ())
                self.fields[f"c{one.pk}"] = TeachersField(teachers, label=one.name, initial=now)

    @property
    def cards(self) -> list[tuple[str, BoundField, list[BoundField]]]:
        """Return for each grade the field for all of it, and those of its classes."""
        return [
            (grade, self[f"all_{grade}"], [self[f"c{one.pk}"] for one in of_grade])
            for grade, of_grade in self.grades.items()
        ]

    @property
    def wanted(self) -> dict[int, frozenset[int]]:
        """Return class → teachers, of the classes in which something was typed."""
        found: dict[int, frozenset[int]] = {}
        for grade, of_grade in self.grades.items():
            if for_all := self.cleaned_data[f"all_{grade}"]:
                found |= {one.pk: for_all for one in of_grade}
            found |= {one.pk: self.cleaned_data[name] for one, name in self._typed(of_grade)}
        return found

    def _typed(self, classes: Sequence[SchoolClass]) -> list[tuple[SchoolClass, str]]:
        changed = set(self.changed_data)
        return [(one, f"c{one.pk}") for one in classes if f"c{one.pk}" in changed]

    def clean(self) -> None:
        """Refuse a class in which somebody else has entered others since the form was opened."""
        for of_grade in self.grades.values():
            for one, name in self._typed(of_grade):
                stands = frozenset(self.standing.get(one.pk, ()))
                if name in self.cleaned_data and self.cleaned_data[name] != stands:
                    self._check_read(name)

    def _check_read(self, name: str) -> None:
        stands, hidden = str(self.fields[name].initial), self.add_initial_prefix(name)
        if self.data.get(hidden, stands) == stands:
            return
        self.add_error(
            name,
            _("Somebody else has just entered: %(names)s. Save again if yours is right.")
            % {"names": stands or "–"},
        )
        self.data = kept = self.data.copy()  # type: ignore[attr-defined]
        kept[hidden] = stands


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

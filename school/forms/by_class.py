"""Forms in which each class of a year gets its teachers, by their names, from a day on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from school.forms.layout import Data, LaidOut
from school.forms.since import SinceMixin
from school.imports.lesson_heads import BESIDES
from school.lookups import Lookup
from school.models import SchoolClass
from workflow.errors import Text

LONGEST_CELL = 200
MOST_NAMED = 5
TEACHERS = "teachers"
"""The id of the list from which a browser proposes teachers."""


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
            raise forms.ValidationError(self._why_not(name))
        return pk

    def _why_not(self, name: str) -> str:
        """Return why a name means nobody: it fits several, or none."""
        if several := self.known.fitting(name):
            said = _("Several teachers fit “%(name)s”: %(names)s. Type more of the name.")
            return said % {"name": name, "names": self._said(several)}
        if near := self.known.near(name):
            said = _("No teacher is called “%(name)s”. Do you mean %(near)s?")
            return said % {"name": name, "near": self._said(near)}
        return _("No teacher is called “%(name)s”.") % {"name": name}

    def _said(self, people: Sequence[int]) -> str:
        first = "; ".join(self.known.labels[one] for one in people[:MOST_NAMED])
        if len(people) <= MOST_NAMED:
            return first
        return _("%(first)s and %(n)s more") % {"first": first, "n": len(people) - MOST_NAMED}


class ByClassForm(LaidOut, SinceMixin, forms.Form):
    """The teachers of each class of a year, from a day on. What nobody touched stays."""

    firsts: Text
    """Where nobody is so far."""

    def __init__(
        self,
        data: Data = None,
        *,
        classes: Iterable[SchoolClass],
        standing: Mapping[int, Collection[int]],
        teachers: Lookup,
        start: date,
        day: date,
    ) -> None:
        super().__init__(data)
        self.ask_since(start, day, self.firsts, others=_("Where a teacher changes, from"))
        self.teachers, self.standing = teachers, standing
        self.classes = list(classes)
        self.grades: dict[str, list[SchoolClass]] = {}
        for one in self.classes:
            self.grades.setdefault(one.grade, []).append(one)
        for grade, of_grade in self.grades.items():
            self.before_grade(grade)
            for one in of_grade:
                now = standing.get(one.pk, ())
                self.fields[f"c{one.pk}"] = TeachersField(teachers, label=one.name, initial=now)

    def before_grade(self, grade: str) -> None:
        """Add what stands above the classes of a grade."""

    @property
    def cards(self) -> list[tuple[str, list[BoundField]]]:
        """Return for each grade the fields of its classes."""
        return [
            (grade, [self[f"c{one.pk}"] for one in of_grade])
            for grade, of_grade in self.grades.items()
        ]

    @property
    def wanted(self) -> dict[int, frozenset[int]]:
        """Return class → teachers, of the classes in which something was typed."""
        return {one.pk: self.cleaned_data[name] for one, name in self._typed()}

    def _typed(self) -> list[tuple[SchoolClass, str]]:
        changed = set(self.changed_data)
        return [(one, f"c{one.pk}") for one in self.classes if f"c{one.pk}" in changed]

    def clean(self) -> None:
        """Refuse a class in which somebody else has entered others since the form was opened."""
        for one, name in self._typed():
            stands = frozenset(self.standing.get(one.pk, ()))
            if name in self.cleaned_data and self.cleaned_data[name] != stands:
                self._check_read(name)

    def _check_read(self, name: str) -> None:
        stands, hidden = str(self.fields[name].initial), self.add_initial_prefix(name)
        if self.data.get(hidden, stands) == stands:
            return
        self.add_error(
            name,
            _("Somebody else has just entered “%(names)s”. Save again if yours is right.")
            % {"names": stands or "–"},
        )
        self.data = kept = self.data.copy()  # type: ignore[attr-defined]
        kept[hidden] = stands

"""Forms of classes: one, many at once, and who is homeroom teacher from when."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.by_class import ByClassForm
from school.forms.choices import Lines
from school.forms.foreseen import ForeseenForm
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut
from school.forms.people import PeopleField, PersonField
from school.forms.since import HOLDS, SinceMixin
from school.grades import GRADES, grade_of
from school.models import AcademicYear, SchoolClass, User
from school.permissions import possible_teachers
from school.versioned import VersionedForm

AS_NAMED = [("", _("As the name says")), *((grade, grade) for grade in GRADES)]
UNREAD = _("The grade of this name can't be read. Choose it.")
SPAN = re.compile(r"^(.*?)(\d{1,2})\s*(?:\.\.|…)\s*(\d{1,2})$")
"""X MIPA 1..5 is X MIPA 1 to X MIPA 5."""
MOST = 100
LONGEST = SchoolClass._meta.get_field("name").max_length or 0


class SchoolClassForm(VersionedForm, forms.ModelForm):
    """A class. Its year is chosen once, when it is added."""

    grade = forms.ChoiceField(label=_("Grade"), choices=AS_NAMED, required=False)

    class Meta:
        model = SchoolClass
        fields = ("name", "grade", "year")
        labels = {"name": _("Class"), "year": _("School year")}
        help_texts = {"name": _("As the school writes it, e.g. X MIPA 1.")}

    def __init__(
        self, data: Data = None, *, instance: SchoolClass | None = None, **kw: Any
    ) -> None:
        super().__init__(data, instance=instance, **kw)
        if self.instance.pk:
            del self.fields["year"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = " ".join(cleaned.get("name", "").split())
        if not name:
            return cleaned
        grade = cleaned.get("grade") or grade_of(name)
        if not grade:
            self.add_error("grade", UNREAD)
        year = cleaned.get("year") or self.instance.year_id
        same = SchoolClass.objects.filter(year=year, name=name).exclude(pk=self.instance.pk)
        if year and same.exists():
            self.add_error("name", _("There is a class of this name in that year."))
        return cleaned | {"name": name, "grade": grade or ""}


class ManyClassesForm(LaidOut, forms.Form):
    """Many classes, a line each. For each name whose grade can't be read it asks."""

    year = forms.ModelChoiceField(
        label=_("School year"), queryset=AcademicYear.objects.all(), empty_label=None
    )
    lines = forms.CharField(
        label=_("Classes"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A class a line. X MIPA 1..5 stands for X MIPA 1 to X MIPA 5."),
    )

    def __init__(self, data: Data = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.asked: dict[str, str] = {}
        """Field → the name of the class whose grade it asks for."""
        names = names_in(str(data.get("lines", ""))) if data else []
        unread = [name for name in names[:MOST] if not grade_of(name)]
        for at, name in enumerate(unread, 1):
            self.asked[f"grade{at}"] = name
            self.fields[f"grade{at}"] = forms.ChoiceField(
                label=_("Grade of %(name)s") % {"name": name},
                choices=[("", _("Choose")), *AS_NAMED[1:]],
                error_messages={"required": UNREAD},
            )

    def clean_lines(self) -> str:
        lines: str = self.cleaned_data["lines"]
        names = names_in(lines)
        if len(names) > MOST:
            raise forms.ValidationError(_("Not more than %(n)d classes at once.") % {"n": MOST})
        if too_long := next((name for name in names if len(name) > LONGEST), None):
            raise forms.ValidationError(_("This name is too long: %(name)s") % {"name": too_long})
        return lines

    @property
    def grades(self) -> dict[str, str]:
        """Return name → grade of the classes, in their order."""
        chosen = {name: self.cleaned_data[field] for field, name in self.asked.items()}
        names = names_in(self.cleaned_data["lines"])
        return {name: chosen.get(name) or grade_of(name) or "" for name in names}


def names_in(lines: str) -> list[str]:
    """Return the names of classes, each once; a span such as "X MIPA 1..5" is five."""
    found: list[str] = []
    for line in lines.splitlines()[: MOST * 10]:
        name = " ".join(line.split())
        span = SPAN.match(name)
        if span and int(span[2]) < int(span[3]):
            found += [f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)]
        elif name:
            found.append(name)
    return list(dict.fromkeys(found))


class HomeroomForm(LaidOut, SinceMixin, forms.Form):
    """A homeroom teacher from a day on, and who stops then: others may go on beside them."""

    teacher = PersonField(label=_("Homeroom teacher"))

    def __init__(
        self, data: Data = None, *, now: Iterable[User], start: date | None, day: date
    ) -> None:
        standing = list(now)
        super().__init__(data, initial={"stops": [one.pk for one in standing]})
        self.fields["teacher"].offer(possible_teachers())  # type: ignore[attr-defined]
        self.ask_since(start, day, HOLDS)
        if standing:
            stops = PeopleField(
                label=_("Who stops on the day before"), widget=Lines, required=False
            )
            stops.offer(standing)
            self.fields["stops"] = stops


class HomeroomsForm(ByClassForm, ForeseenForm):
    """The homeroom teachers of each class of a year, saved once the page has shown what changes."""

    firsts = _("Classes without a homeroom teacher so far")


class LastDayForm(LaidOut, forms.Form):
    on = DayField(label=_("Last day"))

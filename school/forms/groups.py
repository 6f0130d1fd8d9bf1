"""Forms of groups that are no whole class: the group, its members and its teachers."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.by_class import TeachersField
from school.forms.choices import Lines
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut
from school.forms.since import HOLDS, SinceMixin
from school.lookups import Lookup
from school.models import Student, Subject, TeachingGroup
from school.versioned import VersionedForm

BETWEEN = re.compile(r"[\s,;]+")
MOST = 500
NAMED = 5
"""Unknown numbers that an error names."""


class GroupForm(VersionedForm, forms.ModelForm):
    """A group. Its year and subject are chosen once, when it is added."""

    class Meta:
        model = TeachingGroup
        fields = ("name", "subject", "year")
        labels: ClassVar = {
            "name": gettext_lazy("Name of the group"),
            "subject": gettext_lazy("Subject"),
            "year": gettext_lazy("School year"),
        }
        help_texts: ClassVar = {"name": gettext_lazy("E.g. Kristen X, or Biologi lintas minat 1.")}

    def __init__(self, data: Data = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["name"].required = True
        if self.instance.pk:
            del self.fields["year"], self.fields["subject"]
        else:
            self.fields["subject"].queryset = Subject.objects.filter(  # type: ignore[attr-defined]
                is_active=True
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        name = " ".join(given.get("name", "").split())
        subject = given.get("subject") or self.instance.subject_id
        year = given.get("year") or self.instance.year_id
        same = TeachingGroup.objects.filter(name=name, school_class=None).exclude(
            pk=self.instance.pk
        )
        if name and subject and year and same.filter(subject=subject, year=year).exists():
            self.add_error("name", _("The subject has a group of this name in that year."))
        return given | {"name": name}


class StudentsField(forms.TypedMultipleChoiceField):
    """Several students, by id, a line each; those of a class can be unfolded."""

    def __init__(self, *, label: Any, required: bool) -> None:
        super().__init__(label=label, required=required, widget=Lines, coerce=int)

    def offer(self, students: Iterable[Student]) -> None:
        by_class: dict[str, list[tuple[int, str]]] = {}
        for one in students:
            said = f"{one.name} · NIS {one.nis}"
            by_class.setdefault(one.class_name or _("Without a class"), []).append((one.pk, said))
        self.choices = list(by_class.items())


class JoinForm(LaidOut, forms.Form):
    """Students who come into a group: chosen from their classes, or by a pasted list of NIS."""

    on = DayField(label=gettext_lazy("From"))
    nis = forms.CharField(
        label=gettext_lazy("NIS of the students"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Paste a column of numbers, or choose below."),
    )
    students = StudentsField(label=gettext_lazy("Students"), required=False)

    def __init__(self, data: Data = None, *, students: Iterable[Student], on: date) -> None:
        super().__init__(data, initial={"on": on})
        offered = list(students)
        self.by_nis = {one.nis: one.pk for one in offered}
        self.fields["students"].offer(offered)  # type: ignore[attr-defined]

    def clean_nis(self) -> set[int]:
        typed = list(filter(None, BETWEEN.split(self.cleaned_data["nis"])))
        if len(typed) > MOST:
            raise forms.ValidationError(_("Not more than %(n)d lines at once.") % {"n": MOST})
        if unknown := [nis for nis in typed if nis not in self.by_nis]:
            named = ", ".join(unknown[:NAMED])
            raise forms.ValidationError(
                _("No student who could join has this NIS: %(nis)s") % {"nis": named}
            )
        return {self.by_nis[nis] for nis in typed}

    def clean(self) -> None:
        chosen = {*self.cleaned_data.get("students", ()), *self.cleaned_data.get("nis", ())}
        if not chosen and not self.errors:
            self.add_error("students", _("Choose at least one student."))
        self.cleaned_data["chosen"] = chosen


class LeaveGroupForm(LaidOut, forms.Form):
    """Students who leave a group, and their last day in it."""

    on = DayField(label=gettext_lazy("Last day"))
    students = StudentsField(label=gettext_lazy("Students"), required=True)

    def __init__(self, data: Data = None, *, students: Iterable[Student], on: date) -> None:
        super().__init__(data, initial={"on": on})
        self.fields["students"].offer(students)  # type: ignore[attr-defined]


class GroupTeachersForm(LaidOut, SinceMixin, forms.Form):
    """Who teaches a group from a day on."""

    def __init__(
        self,
        data: Data = None,
        *,
        now: Collection[int],
        teachers: Lookup,
        start: date | None,
        day: date,
    ) -> None:
        super().__init__(data)
        self.proposed = list(teachers.labels.values())
        """What a browser proposes as one types."""
        self.fields["teachers"] = TeachersField(teachers, label=_("Teachers"), initial=now)
        self.fields["teachers"].help_text = _(
            "Type a part of the name. Two teachers of a group: a semicolon between them."
        )
        self.ask_since(start, day, HOLDS)

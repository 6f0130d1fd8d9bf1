"""Forms of who a student is: name, numbers, gender, birth; and of a new student with a class."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school.forms.choices import OneChip
from school.forms.enrolment import ClassField, classes_to_enter
from school.forms.inputs import DayField
from school.forms.layout import Data, Rows, side_by_side
from school.models import Student
from school.models.students import Gender
from school.versioned import VersionedForm
from workflow import clock

NISN_DIGITS = 10
LONGEST_LIFE = 366 * 60
"""Days ago before which no student was born."""


class IdentityForm(VersionedForm, forms.ModelForm):
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, widget=OneChip)
    birth_date = DayField(label=_("Date of birth"), required=False)
    layout: Rows = ("name", side_by_side("nis", "nisn"), "gender", "birth_date", "email")

    class Meta:
        model = Student
        fields = ("name", "nis", "nisn", "gender", "birth_date", "email")
        labels: ClassVar = {"name": _("Name"), "email": _("Email")}
        help_texts: ClassVar = {"nisn": _("10 digits; empty if it is not known.")}

    def __init__(self, data: Data = None, **options: Any) -> None:
        super().__init__(data, **options)
        born = self.fields["birth_date"]
        born.validators = []
        for name in ("nis", "nisn"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise ValidationError(_("It holds signs that one cannot see. Type it again."))
        return name

    def clean_nis(self) -> str:
        return self._only_theirs("nis", self.cleaned_data["nis"].strip())

    def clean_nisn(self) -> str | None:
        typed = "".join((self.cleaned_data["nisn"] or "").split())
        if typed and (len(typed) != NISN_DIGITS or not (typed.isascii() and typed.isdigit())):
            raise ValidationError(_("A NISN has 10 digits."))
        return self._only_theirs("nisn", typed) or None

    def _only_theirs(self, field: str, number: str) -> str:
        """Return a number that is no other student's. Raises ValidationError with their name."""
        others = Student.objects.with_class().exclude(pk=self.instance.pk)
        if number and (owner := others.filter(**{field: number}).first()):
            words = {"number": field.upper(), "name": owner.name, "class": owner.class_name or "–"}
            raise ValidationError(
                _("This %(number)s belongs to %(name)s (%(class)s). Check both.") % words
            )
        return number

    def clean_birth_date(self) -> object:
        born = self.cleaned_data["birth_date"]
        if born and not 0 <= (clock.today() - born).days <= LONGEST_LIFE:
            raise ValidationError(_("Check the year."))
        return born


class NewStudentForm(IdentityForm):
    """A new student, mostly with a class and the first day in it."""

    to = ClassField(label=_("Class"), required=False)
    on = DayField(label=_("First day in the class"), required=False)
    layout: Rows = (*IdentityForm.layout, "to", "on")

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"on": clock.today()})
        to = self.fields["to"]
        assert isinstance(to, ClassField)
        to.offer(classes_to_enter())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("to") and "on" in given and not given["on"]:
            self.add_error("on", _("Say from which day the student is in the class."))
        return given

    @property
    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

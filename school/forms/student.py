"""Forms to correct phones, guardians and addresses."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from school import phones
from school.forms.layout import Data, side_by_side
from school.forms.point import PointField, WithPoint
from school.models import Guardian, Student
from school.models.students import Relation
from school.versioned import VersionedForm
from workflow.errors import Text


class PhoneField(forms.CharField):
    """A phone number in any spelling, kept as digits; a strange number is kept, with a warning."""

    def __init__(self, *, label: Text) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "off"}
        super().__init__(
            label=label, max_length=30, required=False, widget=forms.TextInput(attrs=attrs)
        )

    def prepare_value(self, value: object) -> object:
        if isinstance(value, str) and value.isdigit() and value.startswith("62"):
            return phones.written(value)
        return value

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        number = phones.normalised(typed)
        if typed and not number:
            raise forms.ValidationError(_("Type the number with digits, e.g. 0812-3456-7890."))
        if len(number) > 20:  # noqa: PLR2004  (the column)
            raise forms.ValidationError(_("Too long for a phone number."))
        return number


class WithStrangePhones(VersionedForm):
    def strange_phones(self) -> list[str]:
        """Return the given numbers that do not look like phone numbers; they are saved anyway."""
        number = self.cleaned_data.get("phone", "")
        return [phones.written(number)] if phones.is_strange(number) else []


class StudentForm(WithPoint, WithStrangePhones, forms.ModelForm):
    """A student's phone, address and point on the map."""

    phone = PhoneField(label=_("Student's phone"))
    point = PointField(label=_("Point on the map"))
    layout = ("phone", "street", side_by_side("rt", "rw"), "village", "district", "point")

    class Meta:
        model = Student
        fields = ("phone", "street", "rt", "rw", "village", "district")
        labels = {
            "street": _("Hamlet or street"),
            "village": _("Village"),
            "district": _("District"),
        }

    def __init__(self, data: Data = None, *, instance: Student) -> None:
        super().__init__(data, instance=instance)
        for name in ("rt", "rw"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"


class GuardianForm(WithStrangePhones, forms.ModelForm):
    relation = forms.ChoiceField(
        label=_("Relation"), choices=[("", _("Choose")), *Relation.choices]
    )
    phone = PhoneField(label=_("Phone"))

    class Meta:
        model = Guardian
        fields = ("name", "relation", "kinship", "form_of_address", "phone", "occupation")
        labels = {
            "name": _("Name"),
            "kinship": _("Relation in words"),
            "form_of_address": _("Form of address"),
            "occupation": _("Occupation"),
        }
        help_texts: ClassVar = {
            "kinship": _("For a guardian, e.g. nenek, paman, kakak."),
            "form_of_address": _("Bapak, Ibu, Pak, Bu, Mbah …; empty for Pak or Bu of a parent."),
        }

"""Forms to correct phones, guardians and addresses."""

import re
from decimal import Decimal
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from school import phones
from school.forms.layout import Data, side_by_side
from school.models import Guardian, Student
from school.models.students import Relation
from school.versioned import VersionedForm
from workflow.errors import Text
from workflow.versions import Versioned

COORDINATES = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
SIXTH = Decimal("0.000001")


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


class PointField(forms.CharField):
    """Latitude and longitude as maps write them: "-7.254100, 110.056200"."""

    def prepare_value(self, value: object) -> object:
        return ", ".join(map(str, value)) if isinstance(value, tuple) else value

    def clean(self, value: object) -> tuple[Decimal, Decimal] | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = COORDINATES.match(typed)
        if not found:
            raise forms.ValidationError(_("Type two numbers, e.g. -7.2541, 110.0562."))
        latitude, longitude = (Decimal(number).quantize(SIXTH) for number in found.groups())
        if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004
            raise forms.ValidationError(_("Latitude goes up to 90, longitude up to 180."))
        return latitude, longitude


class WithStrangePhones(VersionedForm):
    def strange_phones(self) -> list[str]:
        """Return the given numbers that do not look like phone numbers; they are saved anyway."""
        number = self.cleaned_data.get("phone", "")
        return [phones.written(number)] if phones.is_strange(number) else []


class StudentForm(WithStrangePhones, forms.ModelForm):
    """A student's phone, address and point on the map."""

    phone = PhoneField(label=_("Student's phone"))
    point = PointField(
        label=_("Point on the map"),
        required=False,
        max_length=60,
        help_text=_(
            "Latitude and longitude, e.g. -7.2541, 110.0562. Press and hold on a map to copy them."
        ),
    )
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
        self.initial["point"] = self.value_of(instance, "point")
        for name in ("rt", "rw"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    @property
    def values(self) -> dict[str, object]:
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        latitude, longitude = self.cleaned_data["point"] or (None, None)
        return values | {"latitude": latitude, "longitude": longitude}

    def value_of(self, record: Versioned, name: str) -> object:
        if name != "point" or not isinstance(record, Student):
            return super().value_of(record, name)
        point = record.latitude, record.longitude
        return None if None in point else point


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

"""A point on a map, typed as maps write it."""

import re
from decimal import Decimal
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from school.versioned import VersionedForm
from workflow.errors import Text
from workflow.versions import Versioned

COORDINATES = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
SIXTH = Decimal("0.000001")


class PointField(forms.CharField):
    """Latitude and longitude as maps write them: "-7.254100, 110.056200"."""

    def __init__(self, *, label: Text) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=60,
            help_text=_(
                "Latitude and longitude, e.g. -7.2541, 110.0562. "
                "Press and hold on a map to copy them."
            ),
        )

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


class WithPoint(VersionedForm):
    """A form whose field `point` is kept as latitude and longitude."""

    labels_of_parts: ClassVar[dict[str, Text]] = {
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
    }
    """Column → what the history of the record calls it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, forms.ModelForm)
        self.initial["point"] = self.value_of(self.instance, "point") or ""

    @property
    def values(self) -> dict[str, object]:
        values = dict(super().values)
        point = values.pop("point")
        latitude, longitude = point if isinstance(point, tuple) else (None, None)
        return values | {"latitude": latitude, "longitude": longitude}

    def value_of(self, record: Versioned, name: str) -> object:
        if name != "point":
            return super().value_of(record, name)
        point = tuple(getattr(record, part) for part in ("latitude", "longitude"))
        return None if None in point else point

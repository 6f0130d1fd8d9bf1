"""The holidays of a semester in one column of its policy.

They are always read and written as a whole, together with the policy: a table of their own would
cost each page with a due date one more query.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from school import holiday_lines
from school.days import Holiday

Holidays = tuple[Holiday, ...]

if TYPE_CHECKING:
    TextColumn = models.TextField[Holidays, Holidays]
else:
    TextColumn = models.TextField


class HolidaysField(TextColumn):
    """Holidays in order of their days, stored as JSON: `[["2021-05-13", "2021-05-14", "Idul …"]]`.

    In Python a tuple of Holiday. Any iterable of Holiday can be assigned.
    """

    def from_db_value(self, value: str | None, *_: object) -> Holidays:
        return _read(value or "")

    def to_python(self, value: str | Iterable[Holiday] | None) -> Holidays:
        if isinstance(value, str):
            return _read(value)
        return tuple(sorted(value or ()))

    def get_prep_value(self, value: Iterable[Holiday] | None) -> str:
        found = self.to_python(value)
        rows = [[first.isoformat(), last.isoformat(), name] for first, last, name in found]
        return json.dumps(rows, ensure_ascii=False) if rows else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def said(self, value: Holidays) -> str:
        """Return the holidays in words."""
        return holiday_lines.said(value)

    def validate(self, value: Holidays, model_instance: models.Model | None) -> None:
        """Raise ValidationError for a holiday without a name or one that ends before it begins."""
        for first, last, name in value:
            if last < first:
                raise ValidationError(_("%(name)s ends before it begins.") % {"name": name})
            if not name.strip():
                raise ValidationError(_("Give each holiday a name."))


@lru_cache(maxsize=64)
def _read(text: str) -> Holidays:
    rows = json.loads(text) if text else []
    day = date.fromisoformat
    return tuple(Holiday(day(first), day(last), name) for first, last, name in rows)

"""Fields that check the values of filters."""

from collections.abc import Iterable

import django_filters
from django import forms

from school.models import SchoolClass

LONGEST_SEARCH = 80


class ClassField(django_filters.fields.ModelChoiceField):
    """A class by its id; it queries the database only for a class that is not offered."""

    offered: Iterable[tuple[int, str, str]] = ()

    def to_python(self, value: str) -> SchoolClass | None:
        known = (
            SchoolClass(pk=pk, name=name) for pk, name, _of in self.offered if str(pk) == value
        )
        return next(known, None) or super().to_python(value)


class SearchField(forms.CharField):
    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\x00", "")[:LONGEST_SEARCH].strip()

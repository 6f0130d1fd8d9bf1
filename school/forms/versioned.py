"""Forms on a record with a version: the later of two editors sees both texts."""

from dataclasses import dataclass
from typing import Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from school.forms.layout import LaidOut
from school.wording import NO_FIGURE
from workflow.errors import EditConflict
from workflow.versions import Versioned

READ_AT = "read_at"


@dataclass(frozen=True)
class Difference:
    """A field of which somebody else saved another text."""

    label: str
    standing: str
    typed: str


class VersionedForm(LaidOut, forms.BaseForm):
    """Carries the version at which the record was read: 0 where none stood yet.

    Mixed into a form, or into a ModelForm, which then is saved by an act, never by `save`.
    """

    base_fields: dict[str, forms.Field]
    data: MultiValueDict[str, str]
    conflict: tuple[Difference, ...] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields[READ_AT] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
        if isinstance(self, forms.BaseModelForm):
            self.initial[READ_AT] = self.instance.version if self.instance.pk else 0

    @classmethod
    def of(cls, record: Versioned, **options: object) -> Self:
        """Return the form of a record as it stands, where the form is no ModelForm."""
        initial = {name: getattr(record, name) for name in cls.base_fields}
        return cls(initial=initial | {READ_AT: record.version}, **options)

    @property
    def read_at(self) -> int:
        version: int = self.cleaned_data[READ_AT]
        return version

    @property
    def texts(self) -> list[str]:
        """Return the fields that hold what is typed."""
        return [name for name in self.fields if name != READ_AT]

    @property
    def values(self) -> dict[str, object]:
        """Return what to save, by field of the record."""
        return {name: self.cleaned_data[name] for name in self.texts}

    def value_of(self, record: Versioned, name: str) -> object:
        """Return what stands in `record` for a field of the form."""
        return getattr(record, name)

    def show_conflict(self, conflict: EditConflict) -> None:
        """Lay both texts side by side; what is sent again after that was chosen knowingly."""
        self.add_error(None, str(conflict))
        stands = {name: self.value_of(conflict.current, name) for name in self.texts}
        self.conflict = tuple(
            Difference(
                str(self.fields[name].label),
                _said(self.fields[name], stands[name]),
                _said(self.fields[name], self.cleaned_data[name]),
            )
            for name in self.texts
            if stands[name] != self.cleaned_data[name]
        )
        self.data = kept = self.data.copy()
        kept[READ_AT] = str(conflict.current.version)


def _said(field: forms.Field, value: object) -> str:
    """Return a value of `field` as the form words it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(field, one) for one in value) or NO_FIGURE
    named = dict(getattr(field, "choices", ()))
    shown = named.get(value) or field.prepare_value(value)
    return NO_FIGURE if shown in (None, "") else str(shown)

"""Forms on a record with a version: the later of two editors sees both texts."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from school.forms.layout import Data, LaidOut
from workflow.errors import EditConflict
from workflow.versions import Versioned
from workflow.views import tried


@dataclass(frozen=True)
class Difference:
    """A field of which somebody else saved another text."""

    label: str
    standing: str
    typed: str


class VersionedForm(LaidOut, forms.ModelForm):
    """Carries the version at which the record was read. Saved by an act, never by `save`."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    data: MultiValueDict[str, str]
    conflict: tuple[Difference, ...] = ()

    def __init__(self, data: Data = None, *, instance: Versioned | None = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["version"].initial = self.instance.version

    def show_conflict(self, current: Versioned, refused: dict[str, object]) -> None:
        """Lay both texts side by side; what is sent again after that was chosen knowingly."""
        self.conflict = tuple(
            Difference(
                str(self.fields[name].label),
                _said(self.fields[name], getattr(current, name)),
                _said(self.fields[name], value),
            )
            for name, value in refused.items()
            if name in self.fields and getattr(current, name) != value
        )
        self.data = kept = self.data.copy()
        kept[self.add_prefix("version")] = str(current.version)


def saved(form: VersionedForm, act: Callable[[], object]) -> bool:
    """Return whether `act` went through; else the form shows why, or both texts."""

    def try_it() -> None:
        try:
            act()
        except EditConflict as conflict:
            form.show_conflict(conflict.current, conflict.refused)
            raise

    return tried(form, try_it)


def _said(field: forms.Field, value: object) -> str:
    """Return a value of `field` as the form words it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    named = dict(getattr(field, "choices", ()))
    shown = named.get(value) or field.prepare_value(value)
    return "–" if shown in (None, "") else str(shown)

"""Forms on a record with a version: the later of two editors sees both texts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from school.forms.layout import LaidOut
from workflow.errors import EditConflict
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
    conflict: tuple[Difference, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def show_conflict(self, current: Any, refused: dict[str, Any]) -> None:
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
        sent: Any = self.data
        self.data = kept = sent.copy()
        kept[self.add_prefix("version")] = str(current.version)


def saved(form: VersionedForm, act: Callable[[], Any]) -> bool:
    """Whether `act` went through; a conflict or a refusal stands on the form, nothing is lost."""

    def try_it() -> None:
        try:
            act()
        except EditConflict as conflict:
            form.show_conflict(conflict.current, conflict.refused)
            raise

    return tried(form, try_it)


def _said(field: Any, value: Any) -> str:
    """A value of `field` as the form words it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    named = dict(getattr(field, "choices", ()))
    shown = named.get(value) or field.prepare_value(value)
    return "–" if shown in (None, "") else str(shown)

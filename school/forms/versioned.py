"""Forms on a record with a version: the later of two editors sees both texts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from workflow.errors import EditConflict
from workflow.views import tried


@dataclass(frozen=True)
class Difference:
    """A field of which somebody else saved another text."""

    label: str
    standing: str
    typed: str


class VersionedForm(forms.ModelForm):
    """Carries the version at which the record was read. Saved by a verb, never by `save`."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    conflict: tuple[Difference, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def show_conflict(self, current: Any, refused: dict[str, Any]) -> None:
        """Lay both texts side by side; what is sent again after that was chosen knowingly."""
        self.conflict = tuple(
            Difference(str(self.fields[name].label), _text(getattr(current, name)), _text(typed))
            for name, typed in refused.items()
            if name in self.fields and getattr(current, name) != typed
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(current.version)


def saved(form: VersionedForm, act: Callable[[], Any]) -> bool:
    """Whether `act` went through; a conflict or a refusal stands on the form, nothing is lost."""

    def try_it() -> None:
        try:
            act()
        except EditConflict as conflict:
            form.show_conflict(conflict.current, conflict.refused)
            raise

    return tried(form, try_it)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value in (None, "") else str(value)

"""Forms whose act is done only after the page has said what it will do."""

from hashlib import sha256

from django import forms
from django.utils.datastructures import MultiValueDict

from school.forms.layout import LaidOut

SEEN = "seen"


class ForeseenForm(LaidOut, forms.Form):
    """A form that is sent twice with the same values: for the effects, then for the act."""

    data: MultiValueDict[str, str]
    is_shown = False
    """Whether the page shows the effects beside the form."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields[SEEN] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    @property
    def was_shown(self) -> bool:
        """Return whether the person saw the effects of the values that they send now."""
        return self.cleaned_data[SEEN] == self.sent

    def show(self) -> None:
        """Remember in the form that its effects are shown with it."""
        self.is_shown = True
        self.data = kept = self.data.copy()
        kept[SEEN] = self.sent

    @property
    def sent(self) -> str:
        """Return a mark of the values that were sent."""
        names = [name for name in self.fields if name != SEEN and name in self.data]
        given = [(name, self.data.getlist(name)) for name in names]
        return sha256(repr(given).encode()).hexdigest()

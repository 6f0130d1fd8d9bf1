"""Forms that ask once more before they take something unusual."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.layout import LaidOut
from workflow.errors import Text

ANYWAY = "anyway"


class AsksAnyway(LaidOut, forms.Form):
    """Takes what it has doubts about only with a tick, which it shows as soon as it has doubts."""

    def doubts(self, given: dict[str, object]) -> list[Text]:
        """Return what speaks against the values given, each as a sentence."""
        return []

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if found := self.doubts(given):
            self.fields[ANYWAY] = forms.BooleanField(label=_("Keep it anyway"), required=False)
            if not self[ANYWAY].data:
                ask = _("Tick “Keep it anyway” or change it.")
                self.add_error(ANYWAY, " ".join(map(str, [*found, ask])))
        return given

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        if self.layout and ANYWAY in self.fields:
            helper.layout.append(ANYWAY)
        return helper

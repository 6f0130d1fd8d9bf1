"""Forms that ask once more before they take something unusual."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.layout import LaidOut, Rows
from workflow.errors import Text

ANYWAY = "anyway"


class AsksAnyway(LaidOut, forms.Form):
    """Takes what it has doubts about only with a tick, which it shows as soon as it has doubts."""

    anyway: Text = _("Keep it anyway")
    """The words of the tick."""
    found: Sequence[Text] = ()
    """What spoke against the values when they were checked."""

    def doubts(self, given: dict[str, object]) -> list[Text]:
        """Return what speaks against the values given, each as a sentence."""
        return []

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        self.found = self.doubts(given)
        if self.found:
            self.fields[ANYWAY] = forms.BooleanField(label=self.anyway, required=False)
            if not self[ANYWAY].data:
                ask = _("Tick “%(tick)s” or change it.") % {"tick": self.anyway}
                self.add_error(ANYWAY, " ".join(map(str, [*self.found, ask])))
        return given

    @property
    def asking(self) -> Rows:
        """Return what stands below the fields to ask for the tick."""
        return (ANYWAY,) if ANYWAY in self.fields else ()

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        if self.layout:
            helper.layout.extend(self.asking)
        return helper

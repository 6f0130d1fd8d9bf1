"""The form of who is asked about what, and the three questions that they answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models import Question, Respondent
from reports.models.feedback import ANSWERS
from reports.served import Served
from school.forms.choices import Segments, one_of
from school.forms.layout import Data, LaidOut
from workflow.errors import Text


class AskForm(LaidOut, forms.Form):
    """Which service, and who is asked about it."""

    service = one_of((), label=pgettext_lazy("feedback", "About"))
    respondent = one_of(Respondent.choices, widget=Segments, label=_("Who is asked"))

    def __init__(self, data: Data, *, served: Sequence[Served]) -> None:
        super().__init__(data)
        self.served = {one.code: one for one in served}
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.said) for one in served]
        field.initial = next(iter(self.served), None)

    def clean_service(self) -> Served:
        return self.served[self.cleaned_data["service"]]


class Answered(forms.TypedChoiceField):
    """One of the four steps, side by side."""

    widget = Segments

    def __init__(self, label: Text) -> None:
        missing = {"required": _("Tap one of the four.")}
        super().__init__(choices=ANSWERS, coerce=int, label=label, error_messages=missing)


class FeedbackForm(LaidOut, forms.Form):
    """Three questions, a tap each. There is no field for words: they could name somebody."""

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        for question in Question:
            self.fields[question] = Answered(question.label)

    @property
    def steps(self) -> dict[str, Any]:
        """Return question → step."""
        return {question: self.cleaned_data[question] for question in Question}

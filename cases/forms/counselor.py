"""The form that gives a case to another counselor."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import written
from school.forms.choices import one_of
from school.forms.layout import Data, LaidOut
from school.models import User


class HandOverForm(LaidOut, forms.Form):
    """Who gets the case, and why if it has a counselor."""

    counselor = one_of((), label=_("Counselor"))
    reason = written(_("Reason"), required=False)

    def __init__(self, data: Data = None, *, people: Iterable[User], needs_reason: bool) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        counselor = self.fields["counselor"]
        assert isinstance(counselor, forms.ChoiceField)
        counselor.choices = [(key, person.called) for key, person in self.people.items()]
        self.fields["reason"].required = needs_reason

    def clean_counselor(self) -> User:
        return self.people[self.cleaned_data["counselor"]]

"""Fields to choose people by their names; namesakes are told apart by what they sign in with."""

from collections import Counter
from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from school.forms.choices import RowField
from school.models import User
from school.models.users import PRINTED
from workflow.errors import Text


def told_apart(people: Iterable[User]) -> dict[int, str]:
    """Return id → name with titles, in the order of names."""
    named = sorted(people, key=lambda person: (person.name, person.pk))
    often = Counter(person.full_name for person in named)
    return {
        one.pk: one.full_name if often[one.full_name] == 1 else f"{one.full_name} ({one.username})"
        for one in named
    }


class PersonField(RowField):
    """One person of those whom it was told to `offer`."""

    def offer(self, people: QuerySet[User]) -> None:
        self.queryset = people
        named = told_apart(people.only("username", *PRINTED))
        self.choices = [("", _("Choose")), *named.items()]


class PeopleField(forms.TypedMultipleChoiceField):
    """Several of the people whom it was told to `offer`, as ids."""

    def __init__(self, *, label: Text, widget: type[forms.Widget], required: bool) -> None:
        super().__init__(label=label, widget=widget, required=required, coerce=int)

    def offer(self, people: Iterable[User]) -> None:
        self.choices = list(told_apart(people).items())


class PersonIdField(forms.TypedChoiceField):
    """One of the people whom it was told to `offer`, as an id; None for nobody."""

    def __init__(self, *, label: Text) -> None:
        super().__init__(label=label, required=False, coerce=int, empty_value=None)

    def offer(self, people: Iterable[User]) -> None:
        self.choices = [("", _("Nobody")), *told_apart(people).items()]

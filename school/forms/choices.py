"""Widgets that show a few choices to tap, instead of a menu."""

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext_lazy as _

from workflow.errors import Text
from workflow.ids import read_id

Choices = Iterable[tuple[str, Text]]


class Chips(ChoiceWidget):
    """Several choices of many. The legend names the group; errors link to its id."""

    input_type = "checkbox"
    template_name = "widgets/chips.html"
    allow_multiple_selected = True
    use_fieldset = True

    def use_required_attribute(self, initial: object) -> bool:
        """Return False, since a browser would require every chip."""
        return False

    def id_for_label(self, id_: str | None, index: object = None) -> str:
        return ""


class OneChip(Chips):
    """One choice of several."""

    input_type = "radio"
    allow_multiple_selected = False


class Segments(OneChip):
    """One choice of two to four, side by side."""

    template_name = "widgets/segments.html"


class Lines(Chips):
    """Several choices of many, a line each; a named group can be unfolded."""

    template_name = "widgets/lines.html"


class RowField(forms.ModelChoiceField):
    """A row by id; a value that cannot be an id is refused like an unknown id."""

    def __init__(self, *, label: Text, required: bool = True) -> None:
        super().__init__(queryset=None, label=label, required=required, empty_label=_("Choose"))

    def to_python(self, value: object) -> Model | None:
        if value not in self.empty_values and read_id(str(value)) is None:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": "…"},
            )
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by id; a value that cannot be an id is refused like an unknown id."""

    def clean(self, value: Iterable[object] | None) -> QuerySet[Model]:
        for pk in value or ():
            if read_id(str(pk)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": "…"},
                )
        return super().clean(value)


class PeopleField(RowsField):
    """People to tap: the likely ones, and all others on request."""

    widget = Lines

    def offer_first(self, likely: Collection[int]) -> None:
        """Show the people with these ids; show all others only on request."""
        people = [(user.pk, self.label_from_instance(user)) for user in self.queryset or ()]
        first = [person for person in people if person[0] in likely]
        rest = [person for person in people if person[0] not in likely]
        self.choices = [("", first), *([(_("Somebody else"), rest)] if rest else [])]


def one_of(
    choices: Choices,
    *,
    label: Text,
    widget: type[OneChip] = OneChip,
    required: bool = True,
    initial: str | None = None,
) -> forms.ChoiceField:
    """Return a field that takes one of `choices`."""
    return forms.ChoiceField(
        choices=choices, label=label, widget=widget, required=required, initial=initial
    )


def many_of(
    choices: Choices,
    *,
    label: Text,
    initial: Iterable[str] = (),
    error_messages: Mapping[str, Text] | None = None,
) -> forms.MultipleChoiceField:
    """Return a field that takes at least one of `choices`."""
    return forms.MultipleChoiceField(
        choices=choices, label=label, widget=Chips, initial=initial, error_messages=error_messages
    )

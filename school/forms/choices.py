"""A few choices as taps instead of a list to open."""

from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget


class Chips(ChoiceWidget):
    """Some of several. The group is named by its legend, its id is where an error leads."""

    input_type = "checkbox"
    template_name = "widgets/chips.html"
    allow_multiple_selected = True
    use_fieldset = True

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: of several chips the browser would ask for each."""
        return False

    def id_for_label(self, id_: str | None, index: Any = None) -> str:
        return ""


class OneChip(Chips):
    """One of several."""

    input_type = "radio"
    allow_multiple_selected = False


class Segments(OneChip):
    """One of two to four, side by side."""

    template_name = "widgets/segments.html"


class Lines(Chips):
    """Some of many, a line each; a named group of choices folds out."""

    template_name = "widgets/lines.html"


def one_of(choices: Any, *, widget: type[OneChip] = OneChip, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=widget, **options)


def many_of(choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=Chips, **options)

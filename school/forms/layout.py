"""The layout of a form's fields on a page."""

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, LayoutObject
from django import forms

Data = Mapping[str, object] | None
"""The data of a form: a request's POST or GET, or None if it was not sent yet."""
Rows = tuple[str | LayoutObject, ...]
"""Names of fields and their groups, in the order of the page."""


class Section(Fieldset):
    """A card with a heading and some fields."""

    template = "components/form_section.html"


class LaidOut:
    """A form whose fields crispy draws; the page adds the form tag, submit id and buttons."""

    layout: Rows = ()
    """Empty for all fields, one below the other."""

    fields: dict[str, forms.Field]

    @property
    def has_sections(self) -> bool:
        """Return whether the fields stand in cards of their own."""
        return any(isinstance(row, Section) for row in self.layout)

    @property
    def helper(self) -> FormHelper:
        helper = helper_for(*(self.layout or self.fields))
        helper.render_hidden_fields = True
        return helper


def side_by_side(*names: str) -> Div:
    """Return fields of equal width on one line."""
    return Div(*(Div(name, css_class="col") for name in names), css_class="row")


def stepped(*names: str) -> Field:
    """Return number fields, each with a button to subtract one and one to add one."""
    return Field(*names, template="components/stepper.html")


def helper_for(*layout: str | LayoutObject) -> FormHelper:
    """Return the helper that draws only these fields."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper

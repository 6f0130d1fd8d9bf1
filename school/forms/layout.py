"""How the fields of a form are laid out on a page."""

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, LayoutObject
from django import forms

Data = Mapping[str, object] | None
"""What a form is bound to: a request's POST or GET, or None for one that was not sent yet."""
Rows = tuple[str | LayoutObject, ...]
"""Names of fields and what groups them, in the order of the page."""


class Section(Fieldset):
    """A card with a heading and the fields of one matter."""

    template = "components/form_section.html"


class LaidOut:
    """A form that crispy draws; the page writes its tag, its submit id and its buttons."""

    layout: Rows = ()
    """Empty: every field, one below the other."""

    fields: dict[str, forms.Field]

    @property
    def helper(self) -> FormHelper:
        helper = helper_for(*(self.layout or self.fields))
        helper.render_hidden_fields = True
        return helper


def side_by_side(*names: str) -> Div:
    """Return fields that share a line, each as wide as the others."""
    return Div(*(Div(name, css_class="col") for name in names), css_class="row")


def stepped(*names: str) -> Field:
    """Return counts with a button for one less and one for one more."""
    return Field(*names, template="components/stepper.html")


def helper_for(*layout: str | LayoutObject) -> FormHelper:
    """Return what draws these fields alone."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper

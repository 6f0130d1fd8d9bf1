"""A few choices as taps instead of a list to open: the components `pick` and `seg` as widgets."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from school.templatetags import sambang


class Picks(forms.SelectMultiple):
    """Many of many."""

    use_fieldset = True

    def id_for_label(self, id_: str | None, index: Any = None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = sambang.pick(name, _given(self.choices), value)
        return _reachable(attrs, render_to_string("components/pick.html", chosen))


class OnePick(forms.Select):
    """One of several."""

    use_fieldset = True

    def id_for_label(self, id_: str | None, index: Any = None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = sambang.pick(name, _given(self.choices), [value], one=True)
        return _reachable(attrs, render_to_string("components/pick.html", chosen))


class Seg(OnePick):
    """One of two to four, side by side."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = render_to_string(
            "components/seg.html", sambang.seg(name, _given(self.choices), value)
        )
        return _reachable(attrs, drawn)


def one_of(choices: Any, *, widget: type[OnePick] = OnePick, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=widget, **options)


def many_of(choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=Picks, **options)


def _given(choices: Any) -> list[tuple[Any, Any]]:
    return [(value, label) for value, label in choices if value != ""]


def _reachable(attrs: dict[str, Any] | None, drawn: str) -> SafeString:
    """With the id that the summary of errors links to."""
    return format_html(
        '<div id="{}" tabindex="-1">{}</div>', (attrs or {}).get("id", ""), SafeString(drawn)
    )

"""How forms are drawn: fields in the order of the layout, with the project's widgets."""

from django import forms
from django.template import Context, Template

from school.forms.choices import Lines, Segments, many_of, one_of
from school.forms.layout import LaidOut, Section, side_by_side, stepped


class Visit(LaidOut, forms.Form):
    note = forms.CharField(label="Note")
    day = forms.CharField(label="Day")
    at = forms.CharField(label="Time")
    met = many_of([("A", "Father"), ("B", "Mother")], label="<i>Met</i>")
    times = forms.IntegerField(label="<script>", min_value=0, max_value=9)
    read_at = forms.IntegerField(widget=forms.HiddenInput)

    layout = (Section("When", side_by_side("day", "at")), "met", stepped("times"))


def drawn(form: forms.BaseForm) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def test_the_fields_of_the_layout_are_drawn_in_its_order_and_the_hidden_ones_with_them() -> None:
    html = drawn(Visit())
    where = [html.index(f'name="{name}"') for name in ("day", "at", "met", "times")]
    assert where == sorted(where)
    assert 'name="read_at"' in html
    assert 'name="note"' not in html


def test_without_a_layout_every_field_is_drawn() -> None:
    class Plain(LaidOut, forms.Form):
        note = forms.CharField()
        day = forms.CharField()

    html = drawn(Plain())
    assert html.index('name="note"') < html.index('name="day"')
    assert "<form" not in html
    assert "csrf" not in html


def test_labels_are_text() -> None:
    html = drawn(Visit())
    assert "<script>" not in html
    assert "<i>" not in html


def test_chips_that_were_typed_stand_checked() -> None:
    html = drawn(Visit({"met": ["B"], "times": "12"}))
    assert html.count("checked") == 1
    assert html.index('value="B"') < html.index("checked")
    assert 'value="12"' in html


def test_an_error_of_a_group_leads_to_the_group() -> None:
    form = Visit({})
    assert form["met"].errors
    assert f'id="{form["met"].auto_id}"' in drawn(form)


def test_a_choice_without_a_value_is_chosen_where_nothing_else_is() -> None:
    field = one_of([("", "From attendance"), ("below", "Below 50%")], widget=Segments, label="")
    assert 'value="" checked' in field.widget.render("activity", "")


def test_a_named_group_of_lines_folds_out() -> None:
    people = [("", [("1", "Sri")]), ("Somebody else", [("2", "Budi")])]
    html = Lines(choices=people).render("visitors", ["1"])
    assert html.index("Sri") < html.index("<details>") < html.index("Budi")
    assert html.count("checked") == 1

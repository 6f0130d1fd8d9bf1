"""Forms of decisions on a class list, and of the homeroom teacher's knowledge."""

from crispy_forms.layout import Div, Field
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from recaps.models import Choice, Knowledge
from recaps.models.class_list import KINDS
from school.forms.choices import RowsField
from school.forms.layout import Data, LaidOut
from school.forms.when import HappenedAtField
from school.models import Semester, Student
from school.versioned import VersionedForm


class DecisionForm(forms.Form):
    """One choice for one student or many of the list."""

    choice = forms.ChoiceField(choices=Choice.choices)
    student = RowsField(queryset=None)

    def __init__(self, data: Data, *, students: QuerySet[Student]) -> None:
        super().__init__(data)
        listed = self.fields["student"]
        assert isinstance(listed, RowsField)
        listed.queryset = students
        listed.error_messages = {
            "required": _("Choose at least one student."),
            "invalid_choice": _(
                "A student was not in this class during this period. Reload the list."
            ),
        }
        self.fields["choice"].error_messages = {
            "required": _("Choose a decision."),
            "invalid_choice": _("Choose a decision."),
        }

    def problems(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]


class HandOverForm(LaidOut, forms.Form):
    """When the list was handed over, if that was before it is typed in."""

    def __init__(self, data: Data = None, *, semester: Semester) -> None:
        super().__init__(data)
        field = HappenedAtField(semester, label=_("Handed over on"))
        field.initial = None
        field.help_text = _("Empty means now. The cases open on that day.")
        self.fields["happened_at"] = field


class KnowledgeForm(VersionedForm, forms.ModelForm):
    layout = (
        Div(*(Field(name, template="widgets/chip.html") for name in KINDS), css_class="row-b"),
        "note",
    )

    class Meta:
        model = Knowledge
        fields = (*KINDS, "note")
        labels = {
            "economy": _("Economic background"),
            "family": _("Family problem"),
            "other": _("Something else"),
            "note": _("Note"),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "maxlength": 500})}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        is_named = cleaned.get("economy") or cleaned.get("family") or cleaned.get("note")
        if cleaned.get("other") and not is_named and "note" not in self.errors:
            self.add_error("note", _("Add a note: “Something else” needs an explanation."))
        return cleaned

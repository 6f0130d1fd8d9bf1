"""Forms by which classes get their counselors: all of a year, or those of one who falls away."""

from collections.abc import Iterable, Sequence

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Lines, RowsField
from school.forms.foreseen import ForeseenForm
from school.forms.layout import Data, LaidOut
from school.forms.people import PersonField, told_apart
from school.models import SchoolClass, User
from school.permissions import possible_counselors
from school.years import running_year


class PassClassesForm(ForeseenForm):
    """Which classes of a counselor go to whom, from today on."""

    classes = RowsField(queryset=SchoolClass.objects.none(), label=_("Classes"), widget=Lines)
    to = PersonField(
        label=_("Goes to"),
        required=False,
    )
    layout = ("classes", "to")

    def __init__(self, data: Data = None, *, counselor: User) -> None:
        super().__init__(data)
        held = classes_of(counselor)
        classes, to = self.fields["classes"], self.fields["to"]
        assert isinstance(classes, RowsField)
        assert isinstance(to, PersonField)
        classes.queryset = held
        self.initial["classes"] = [one.pk for one in held]
        to.offer(possible_counselors().exclude(pk=counselor.pk))
        to.help_text = _("Empty: for now to nobody. The coordinator then sees the new cases.")


def classes_of(counselor: User) -> QuerySet[SchoolClass]:
    """Return the classes of a counselor in the running year and later ones."""
    running = running_year()
    held = SchoolClass.objects.filter(counselor=counselor)
    return held.filter(year__label__gte=running.label) if running else held


class CounselorsForm(LaidOut, forms.Form):
    """The counselor of each class. A class that nobody touched keeps the one it has."""

    def __init__(
        self, data: Data = None, *, classes: Sequence[SchoolClass], people: Iterable[User]
    ) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = told_apart(self.people.values())
        self.classes = {f"c{one.pk}": one for one in classes}
        for name, one in self.classes.items():
            offered = dict(named)
            if one.counselor and one.counselor_id not in offered:
                gone = gettext("%(name)s (no longer a counselor)") % {
                    "name": one.counselor.full_name
                }
                offered[one.counselor.pk] = gone
            self.fields[name] = forms.ChoiceField(
                label=one.name,
                choices=[("", gettext("Nobody yet")), *offered.items()],
                required=False,
                initial=one.counselor_id or "",
                show_hidden_initial=True,
            )

    @property
    def cards(self) -> dict[str, list[BoundField]]:
        """Return grade → the fields of its classes."""
        found: dict[str, list[BoundField]] = {}
        for name, one in self.classes.items():
            found.setdefault(one.grade, []).append(self[name])
        return found

    @property
    def wanted(self) -> dict[SchoolClass, User | None]:
        """Return class → counselor, of the classes for which another one was chosen."""
        return {
            self.classes[name]: self.people.get(self.cleaned_data[name])
            for name in self.changed_data
            if self.cleaned_data[name] != str(self.classes[name].counselor_id or "")
        }

    def clean(self) -> None:
        """Refuse a class to which somebody else has given another counselor since."""
        for name in self.changed_data:
            stands, hidden = str(self.fields[name].initial), self.add_initial_prefix(name)
            chosen = self.cleaned_data.get(name, stands)
            if chosen == stands or self.data.get(hidden, stands) == stands:
                continue
            self.add_error(
                name,
                gettext("Somebody else has just chosen “%(name)s”. Save again if yours is right.")
                % {"name": dict(self.fields[name].choices).get(self.fields[name].initial, "–")},  # type: ignore[attr-defined]
            )
            self.data = kept = self.data.copy()  # type: ignore[attr-defined]
            kept[hidden] = stands

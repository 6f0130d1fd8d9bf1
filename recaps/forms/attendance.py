"""The form of a day: each student of a class is there unless a code is tapped."""

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from recaps.models.attendance import AbsenceCode
from school.forms.choices import Segments
from workflow.errors import Text

THERE = "H"
PRESENT = pgettext_lazy("attendance", "Present")
WORDS: dict[str, Text] = {THERE: PRESENT, **dict(AbsenceCode.choices)}
READ = "read"


class DayForm(forms.Form):
    """One choice of H, S, I or A for each student, and what stood when the form was read."""

    data: QueryDict
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(
        self, data: QueryDict | None, *, students: list[tuple[int, str]], standing: dict[int, str]
    ) -> None:
        super().__init__(data)
        self.students = dict(students)
        self.initial[READ] = written(standing)
        for pk, name in students:
            self.fields[f"s{pk}"] = forms.ChoiceField(
                label=name,
                choices=[(code, _letter(code)) for code in WORDS],
                initial=standing.get(pk, THERE),
                widget=Segments,
                error_messages={
                    "required": gettext("%(name)s: choose one.") % {"name": name},
                    "invalid_choice": gettext("%(name)s: choose one.") % {"name": name},
                },
            )

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[f"s{pk}"] for pk in self.students]

    @property
    def codes(self) -> dict[int, str]:
        """Return student id → code of those who are marked absent."""
        typed = {pk: self.cleaned_data[f"s{pk}"] for pk in self.students}
        return {pk: code for pk, code in typed.items() if code != THERE}

    @property
    def was_read(self) -> dict[int, str]:
        return read_back(self.cleaned_data[READ])

    def read_again(self, standing: dict[int, str]) -> None:
        """Take what stands now as read, so that the next save is a deliberate choice."""
        self.data = kept = self.data.copy()
        kept[READ] = written(standing)


def written(standing: dict[int, str]) -> str:
    """Return the codes of a day as text: "12S 31A"."""
    return " ".join(f"{pk}{code}" for pk, code in sorted(standing.items()))


def read_back(text: str) -> dict[int, str]:
    """Return the codes of such a text; what is none is left out."""
    found = (word[-1:] + word[:-1] for word in text.split())
    codes = {word[1:]: word[0] for word in found if word[1:].isdecimal()}
    return {int(pk): code for pk, code in codes.items() if code in AbsenceCode.values}


def _letter(code: str) -> SafeString:
    """Return the letter to tap, with its word for those who hear the page."""
    return format_html(
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
        *(code, WORDS[code]),
    )

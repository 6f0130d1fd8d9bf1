"""The forms that give cases to another counselor."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.case import written
from cases.models import ConfidentialNote
from cases.models.confidential_note import numbered
from school import wording
from school.forms.choices import Lines, one_of
from school.forms.layout import Data, LaidOut
from school.models import User


class NotesForm(LaidOut, forms.Form):
    """Which of one's own confidential notes pass on with the cases; none unless chosen.

    It names them by student and day, and shows no text.
    """

    def __init__(
        self, data: Data = None, *, notes: Iterable[ConfidentialNote], of_one_case: bool = False
    ) -> None:
        super().__init__(data)
        listed = numbered(notes)
        choices = [(str(note.key), _named(note, of_one_case=of_one_case)) for note in listed]
        self._pk_of = {str(note.key): note.pk for note in listed}
        if choices:
            self.fields["notes"] = forms.MultipleChoiceField(
                choices=choices,
                widget=Lines,
                required=False,
                label=gettext_lazy("Confidential notes that pass on"),
                help_text=gettext_lazy(
                    "The new counselor can read those that you choose. You keep all of them."
                ),
            )

    @property
    def chosen(self) -> list[int]:
        """Return the ids of the chosen notes."""
        return [self._pk_of[key] for key in self.cleaned_data.get("notes", ())]


class ClassForm(NotesForm):
    """The same for all cases of a class, with the counselor whom the page names."""

    to = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Data = None, *, notes: Iterable[ConfidentialNote], to: int | None
    ) -> None:
        super().__init__(data, notes=notes)
        self.initial = {"to": to}


class HandOverForm(NotesForm):
    """Who gets the cases, and why."""

    counselor = one_of((), label=gettext_lazy("Counselor"))
    reason = written(gettext_lazy("Reason"), required=False)

    def __init__(
        self,
        data: Data = None,
        *,
        people: Iterable[User],
        needs_reason: bool,
        notes: Iterable[ConfidentialNote] = (),
        of_one_case: bool = True,
    ) -> None:
        super().__init__(data, notes=notes, of_one_case=of_one_case)
        self.people = {str(person.pk): person for person in people}
        counselor = self.fields["counselor"]
        assert isinstance(counselor, forms.ChoiceField)
        counselor.choices = [(key, person.called) for key, person in self.people.items()]
        self.fields["reason"].required = needs_reason

    def clean_counselor(self) -> User:
        return self.people[self.cleaned_data["counselor"]]

    @property
    def given(self) -> dict[str, Any]:
        """Return whom, why and which notes, as the acts take them."""
        given = self.cleaned_data
        return {
            "counselor": given["counselor"],
            "reason": given["reason"],
            "notes": self.chosen,
        }


def _named(note: ConfidentialNote, *, of_one_case: bool) -> str:
    at = note.written_at
    nth = f" ({note.nth})" if note.nth else ""
    words = {"day": wording.full_day(at), "at": f"{wording.clock_time(at)}{nth}"}
    if of_one_case:
        return _("Note of %(day)s, %(at)s") % words
    return _("%(name)s: note of %(day)s, %(at)s") % {**words, "name": note.case.student.name}

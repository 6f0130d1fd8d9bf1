"""Whom the rows mean that nobody can be sure of."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recaps.forms.google_steps import StepForm
from recaps.google.fill import LEAVE_OUT, Fill
from recaps.google.matching import How, Match
from recaps.queries.google_filling import NAMES
from recaps.workflow.google import change_fill, remember_names
from school.forms.choices import Lines
from school.models import Student, User

MOST_ASKED = 200
"""On one page; each is a choice of the whole group. The others are asked on the next one."""
REST = "rest"
WRONG = "wrong"


class NamesForm(StepForm):
    name = NAMES
    title = gettext_lazy("Who is who")
    about = gettext_lazy("What you answer is remembered for this group, without e-mail or name.")

    def ask(self) -> None:
        matches = self.filling.counting.matches.values()
        asked = [each for each in matches if each.is_open or each.how == How.ANSWERED]
        self.asked = sorted(asked, key=lambda each: not each.is_open)[:MOST_ASKED]
        self.sure = [each for each in matches if not each.is_open and each.how != How.ANSWERED]
        fields: dict[str, forms.Field] = {
            f"w-{match.identity}": self._who(match) for match in self.asked
        }
        if fields:
            fields[REST] = forms.BooleanField(
                label=_("Whoever is not chosen above is nobody of this group"), required=False
            )
            self.add_part("", "", fields)
        if self.sure:
            wrong = forms.MultipleChoiceField(
                label=_("Tick whoever is matched wrongly"),
                choices=[(_("Matched: %(n)s") % {"n": len(self.sure)}, self._lines())],
                required=False,
                widget=Lines,
            )
            self.add_part("", "", {WRONG: wrong})

    def _lines(self) -> list[tuple[str, str]]:
        students = self.filling.members.students
        return [
            (
                each.identity,
                f"{_said(each)} → {_told(students.get(each.student or 0))} · {each.how.value}",
            )
            for each in self.sure
        ]

    def _who(self, match: Match) -> forms.Field:
        students = self.filling.members.students
        likely = [(str(pk), _told(students[pk])) for pk in match.likely]
        others = [(str(pk), _told(each)) for pk, each in students.items() if pk not in match.likely]
        usual = ""
        if match.how == How.ANSWERED:
            usual = str(match.student or LEAVE_OUT)
        groups: list[tuple[str, Any]] = [("", _("Choose")), (LEAVE_OUT, _("Nobody of this group"))]
        groups += [(_("Similar"), likely)] if likely else []
        groups += [(_("Others"), others)] if likely else others
        field = forms.ChoiceField(label=_said(match), choices=groups, required=False, initial=usual)
        if match.how != How.ANSWERED:
            field.help_text = str(match.how.value)
        return field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for match in self.asked:
            name = f"w-{match.identity}"
            if not cleaned.get(name) and name not in self.errors:
                if cleaned.get(REST):
                    cleaned[name] = LEAVE_OUT
                elif not cleaned.get(WRONG):
                    self.add_error(name, _("Choose a student, or nobody of this group."))
        return cleaned

    def save(self, *, by: User) -> None:
        place, answers = self.filling.place, self._answers()
        names = {
            key: None if answer == LEAVE_OUT else int(answer) for key, answer in answers.items()
        }
        remember_names(place.assignment, names, by=by)
        change_fill(place.assignment, place.period, self._answer, by=by)

    def _answers(self) -> dict[str, str]:
        given = {each.identity: self.said(f"w-{each.identity}") for each in self.asked}
        return {key: answer for key, answer in given.items() if answer}

    def _answer(self, fill: Fill) -> None:
        for key, answer in self._answers().items():
            fill.answers[f"w-{key}"] = answer
        for key in self.said(WRONG) or ():
            fill.answers.pop(f"w-{key}", None)
            fill.answers[f"n-{key}"] = "1"


def _said(match: Match) -> str:
    return " · ".join(filter(None, (match.person.name, match.person.email)))


def _told(student: Student | None) -> str:
    return f"{student.name} · NIS {student.nis}" if student else _("Nobody of this group")

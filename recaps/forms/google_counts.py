"""Which assignments count, what an empty mark and 0 mean, who was long enough in a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from recaps.forms.google_steps import StepForm
from recaps.google.counting import EXEMPTED, LATE, Task, word_key
from recaps.google.figures import COUNTED, GIVEN, LATER, NOT_GIVEN
from recaps.google.fill import Fill
from recaps.google.said import Form
from recaps.models.attendance import AbsenceCode
from recaps.queries.attendance_rows import THERE
from recaps.queries.google_filling import COUNTS, WORD
from recaps.workflow.google import change_fill, remember_columns
from recaps.workflow.google_files import head_of
from school import wording
from school.forms.choices import Segments
from school.models import User
from workflow.errors import Text

MOST_MINUTES = 600
PRESENT = "H"
LEAST = "least"
WORDS_OF_CODES: dict[str, Text] = {
    PRESENT: pgettext_lazy("attendance", "Present"),
    **dict(AbsenceCode.choices),
    EXEMPTED: pgettext_lazy("absence", "Exempted"),
    LATE: pgettext_lazy("absence", "Late"),
}


class CountsForm(StepForm):
    name = COUNTS
    title = gettext_lazy("What counts")
    about = gettext_lazy("An empty mark says nothing: only you know whether it was marked.")

    def ask(self) -> None:
        counting, answers = self.filling.counting, self.filling.fill.answers
        for task in counting.tasks_asked:
            self._ask_task(task, answers)
        if any(meeting.minutes for meeting in counting.meetings_counted):
            least = forms.IntegerField(
                label=_("Minutes in a meeting that count as present"),
                min_value=0,
                max_value=MOST_MINUTES,
                initial=self.filling.fill.least,
            )
            self.add_part(_("Meetings"), "", {LEAST: least})
        self._ask_words()

    def _ask_task(self, task: Task, answers: dict[str, str]) -> None:
        fields: dict[str, forms.Field] = {
            f"a-{task.key}": forms.BooleanField(
                label=_("Counts in this period"),
                required=False,
                initial=self.filling.counting.is_counted(task),
            )
        }
        if task.empty:
            said = ngettext(
                "%(n)s student without a mark", "%(n)s students without a mark", task.empty
            )
            fields[f"e-{task.key}"] = forms.ChoiceField(
                label=said % {"n": task.empty},
                choices=[(LATER, _("Not marked yet")), (NOT_GIVEN, _("Not handed in"))],
                required=False,
                initial=answers.get(f"e-{task.key}"),
                widget=Segments,
            )
        if task.zero:
            said = ngettext("%(n)s student with 0", "%(n)s students with 0", task.zero)
            fields[f"z-{task.key}"] = forms.ChoiceField(
                label=said % {"n": task.zero},
                choices=[(GIVEN, _("Handed in, marked 0")), (NOT_GIVEN, _("Not handed in"))],
                required=False,
                initial=answers.get(f"z-{task.key}", GIVEN),
                widget=Segments,
            )
        day = wording.full_day(task.day) if task.day else _("without a date")
        self.add_part(task.title, day, fields)

    def _ask_words(self) -> None:
        fields: dict[str, forms.Field] = {}
        for word in self.filling.words:
            key = word_key(word)
            before = self.filling.meant.get(key)
            fields[f"{WORD}{key}"] = forms.ChoiceField(
                label=_("“%(answer)s” means") % {"answer": word},
                choices=[("", _("Choose")), *WORDS_OF_CODES.items()],
                initial=PRESENT if before == THERE else before,
            )
        if fields:
            self.add_part(_("Answers to forms"), "", fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for task in self.filling.counting.tasks_asked:
            name = f"e-{task.key}"
            is_open = name in self.fields and name not in self.errors and not cleaned.get(name)
            if cleaned.get(f"a-{task.key}") and is_open:
                self.add_error(name, _("Choose what an empty mark means here."))
        return cleaned

    def save(self, *, by: User) -> None:
        place = self.filling.place
        words = self._words()
        for file in self.filling.fill.files if words else []:
            if isinstance(file.said, Form) and head_of(file.said) in self.filling.known:
                known = self.filling.known[head_of(file.said)]
                remember_columns(known.digest, known.columns, words, by=by)
        change_fill(place.assignment, place.period, self._answer, by=by)

    def _words(self) -> dict[str, str]:
        given = {key: self.said(key) for key in self.fields if key.startswith(WORD)}
        return {
            key.removeprefix(WORD): THERE if code == PRESENT else code
            for key, code in given.items()
        }

    def _answer(self, fill: Fill) -> None:
        for key, value in self.cleaned_data.items():
            if key.startswith("a-"):
                fill.answers[key] = COUNTED if value else "no"
            elif key == LEAST:
                fill.answers[key] = str(value)
            elif key[:2] in {"e-", "z-"} and value:
                fill.answers[key] = value
        fill.answers |= {f"{WORD}{key}": code for key, code in self._words().items()}
        fill.answers[COUNTS] = "1"

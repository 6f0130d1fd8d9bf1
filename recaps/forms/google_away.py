"""Why somebody was not in a meeting, where no file says it."""

from collections import defaultdict
from datetime import date
from itertools import accumulate
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recaps.forms.google_counts import PRESENT, WORDS_OF_CODES
from recaps.forms.google_steps import MOST_FIELDS, StepForm
from recaps.google.counting import LATE
from recaps.google.figures import USUAL, Away
from recaps.google.fill import Fill
from recaps.queries.google_filling import AWAY
from recaps.workflow.google import change_fill
from school import wording
from school.models import User

DAILY = "daily"
CHOICES = [
    (USUAL, WORDS_OF_CODES[USUAL]),
    *((code, word) for code, word in WORDS_OF_CODES.items() if code not in {USUAL, PRESENT, LATE}),
    (PRESENT, gettext_lazy("Was there after all")),
]


class AwayForm(StepForm):
    name = AWAY
    title = gettext_lazy("Who was not there")
    about = gettext_lazy("Without an answer they were absent without notice (A).")

    def ask(self) -> None:
        daily, meetings = self.filling.daily, self._meetings()
        self.asked = [away for several in meetings for away in several]
        known = [each for each in self.asked if (each.student, each.meeting.day) in daily]
        if known:
            said = ngettext(
                "Use daily attendance where it says something (%(n)s)",
                "Use daily attendance where it says something (%(n)s)",
                len(known),
            )
            field = forms.BooleanField(label=said % {"n": len(known)}, required=False)
            self.add_part("", "", {DAILY: field})
        for several in meetings:
            meeting = several[0].meeting
            title = " · ".join(filter(None, (wording.full_day(meeting.day), meeting.at)))
            names = ", ".join(file.name for file in meeting.files)
            self.add_part(title, names, {each.key: self._why(each) for each in several})

    def _meetings(self) -> list[list[Away]]:
        """Return who is asked about on this page, by meeting: first what nobody has answered."""
        of_meeting: dict[str, list[Away]] = defaultdict(list)
        for away in self.filling.figures.away:
            of_meeting[away.meeting.key].append(away)
        answers = self.filling.fill.answers
        is_answered = {
            key: all(away.key in answers for away in several) for key, several in of_meeting.items()
        }
        ordered = sorted(
            of_meeting.values(),
            key=lambda found: (is_answered[found[0].meeting.key], *_moment(found)),
        )
        so_far = accumulate(map(len, ordered))
        fits = [total <= MOST_FIELDS for total in so_far]
        return ordered[: max(sum(fits), 1)]

    def _why(self, away: Away) -> forms.ChoiceField:
        student = self.filling.members.students[away.student]
        field = forms.ChoiceField(
            label=student.name,
            choices=CHOICES,
            required=False,
            initial=self.filling.fill.answers.get(away.key, USUAL),
        )
        hints = []
        if away.minutes:
            hints.append(_("%(n)s minutes in the meeting") % {"n": away.minutes})
        if code := self.filling.daily.get((away.student, away.meeting.day)):
            hints.append(_("daily attendance: %(code)s") % {"code": WORDS_OF_CODES[code]})
        field.help_text = " · ".join(hints)
        return field

    def save(self, *, by: User) -> None:
        place = self.filling.place
        change_fill(place.assignment, place.period, self._answer, by=by)

    def _answer(self, fill: Fill) -> None:
        for away in self.asked:
            code: Any = self.said(away.key) or USUAL
            was_left = code == self.fields[away.key].initial == USUAL
            if self.said(DAILY) and was_left:
                code = self.filling.daily.get((away.student, away.meeting.day), code)
            fill.answers[away.key] = code


def _moment(several: list[Away]) -> tuple[date, str]:
    return several[0].meeting.day, several[0].meeting.at

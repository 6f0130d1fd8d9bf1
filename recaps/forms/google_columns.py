"""Which column of a form is what, and when a meeting was: asked before anything else."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from recaps.forms.google_steps import StepForm
from recaps.google.days import is_month_first_in
from recaps.google.fill import Fill, GivenFile
from recaps.google.form import NOTHING, Columns, proposed
from recaps.google.said import Form, Meet
from recaps.queries.google_filling import COLUMNS
from recaps.queries.google_members import neighbors_of
from recaps.workflow.google import change_fill, remember_columns
from recaps.workflow.google_files import head_of, settled
from school.forms.choices import Segments
from school.forms.inputs import ClockField, DayField
from school.models import User
from school.sheets.cells import folded
from school.sheets.errors import NotReadable

NAMES = ("time", "email", "name", "class", "answer")
DAY_FIRST, MONTH_FIRST = "day", "month"
MOST_SHOWN = 3
"""Of the values of a column."""


class ColumnsForm(StepForm):
    name = COLUMNS
    title = gettext_lazy("What is in the files")
    about = gettext_lazy("Asked once for each form with these questions.")

    def ask(self) -> None:
        self.settled: dict[str, tuple[GivenFile, Columns]] = {}
        for file in self.filling.open_files:
            if isinstance(file.said, Form):
                self._ask_columns(file, file.said)
            else:
                day = DayField(label=_("Date of the meeting"))
                at = ClockField(label=_("Time (optional)"), required=False)
                note = _("The name of the file has no date.")
                self.add_part(file.title, note, {f"d-{file.key}": day, f"h-{file.key}": at})

    def _ask_columns(self, file: GivenFile, said: Form) -> None:
        usual, columns = proposed(said.head), _columns(said)
        # What a form need not ask has a word for that.
        asked = (
            (_("Time stamp"), ("", _("Choose"))),
            (_("E-mail"), (str(NOTHING), _("None"))),
            (_("Name"), (str(NOTHING), _("None"))),
            (_("Class"), (str(NOTHING), _("None: all are of this group"))),
            (_("Attendance"), (str(NOTHING), _("None: who answered was there"))),
        )
        fields: dict[str, forms.Field] = {}
        for name, (label, none), at in zip(NAMES, asked, usual[:5], strict=True):
            fields[f"c-{file.key}-{name}"] = forms.ChoiceField(
                label=label, choices=[none, *columns], initial=none[0] if at < 0 else str(at)
            )
        times = [row[usual.time] for _n, row in said.table if 0 <= usual.time < len(row)]
        month_first = is_month_first_in(times, self.filling.place.period)
        fields[f"c-{file.key}-order"] = forms.ChoiceField(
            label=_("How dates are written"),
            choices=[
                (DAY_FIRST, pgettext("order", "Day/month")),
                (MONTH_FIRST, pgettext("order", "Month/day")),
            ],
            initial=MONTH_FIRST if month_first else DAY_FIRST,
            widget=Segments,
        )
        self.add_part(file.title, "", fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        filling = self.filling
        neighbors = None
        for file in filling.open_files:
            if not isinstance(file.said, Form) or any(file.key in name for name in self.errors):
                continue
            columns = _chosen(file, cleaned)
            neighbors = neighbors or neighbors_of(filling.place, filling.members)
            try:
                made = settled(file, columns, filling.members, neighbors)
            except NotReadable as why:
                self.add_error(f"c-{file.key}-time", str(why))
            else:
                self.settled[file.key] = made, columns
        return cleaned

    def save(self, *, by: User) -> None:
        place = self.filling.place
        for made, columns in self.settled.values():
            assert isinstance(made.said, Form)
            remember_columns(head_of(made.said), list(columns), {}, by=by)
        change_fill(place.assignment, place.period, self._settle, by=by)

    def _settle(self, fill: Fill) -> None:
        for at, file in enumerate(fill.files):
            if file.key in self.settled:
                fill.files[at] = self.settled[file.key][0]
            elif isinstance(file.said, Meet) and self.said(f"d-{file.key}"):
                file.said.day = self.said(f"d-{file.key}").isoformat()
                time = self.said(f"h-{file.key}")
                file.said.at = f"{time:%H:%M}" if time else ""


def _chosen(file: GivenFile, cleaned: Mapping[str, Any]) -> Columns:
    time, email, of_name, of_class, answer = (
        int(cleaned[f"c-{file.key}-{name}"]) for name in NAMES
    )
    is_month_first = cleaned[f"c-{file.key}-order"] == MONTH_FIRST
    return Columns(time, email, of_name, of_class, answer, is_month_first)


def _columns(said: Form) -> Sequence[tuple[str, str]]:
    """Return each column with what stands in it first."""
    found = []
    for at, title in enumerate(said.head):
        values = dict.fromkeys(row[at] for _n, row in said.table if at < len(row) and row[at])
        shown = [text[:20] for text in values if folded(text)][:MOST_SHOWN]
        if title or shown:
            found.append((str(at), f"{title} ({', '.join(shown)})" if shown else title))
    return found

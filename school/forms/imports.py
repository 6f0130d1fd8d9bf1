"""The form that takes a file, and those that ask what the plan for it needs to know."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.choices import Chips
from school.forms.layout import Data, LaidOut
from school.forms.since import SinceMixin
from school.imports.answers import usual_day, usual_semester
from school.imports.kinds import FileKind, listed
from school.imports.plan import Answers, Plan, Question
from school.imports.reading import LONGEST_FILE, Read, read
from school.models import Semester
from school.sheets.errors import NotReadable
from school.sheets.limits import MOST_ROWS
from school.years import check_day
from workflow.errors import NotNow

ACCEPTED = ".xlsx,.csv,.txt,.tsv"
QUESTION = "q-"
KEPT = "kept"
MOST_SHOWN = 5
"""Of the questions that have an answer already."""


class ImportForm(LaidOut, forms.Form):
    layout = ("file", "kind")

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=format_lazy(
            gettext_lazy("Excel (.xlsx) or CSV, at most {rows} rows and {mb} MB."),
            rows=lazy(number_format, str)(MOST_ROWS, force_grouping=True),
            mb=LONGEST_FILE // 2**20,
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), required=False)

    found: Read

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.title) for kind in listed()]
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Find out by the names of the columns")), *kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None or "kind" not in cleaned:
            return cleaned
        try:
            # Beyond the limit nothing is read; one byte more shows that it is exceeded.
            self.found = read(file.read(LONGEST_FILE + 1), cleaned["kind"])
        except NotReadable as why:
            self.add_error("file", str(why))
        return cleaned


class BasicsForm(LaidOut, SinceMixin, forms.Form):
    """The semester whose classes are meant, and from when it holds."""

    semester = forms.ModelChoiceField(Semester.objects.none(), label=gettext_lazy("Semester"))

    def __init__(self, data: Data, kind: FileKind) -> None:
        usual = usual_semester()
        super().__init__(data, initial={"semester": usual})
        choice = self.fields["semester"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Semester.objects.select_related("year").order_by("-starts_on")
        choice.empty_label = None
        if kind.asks_day and usual:
            meant = self._chosen() or usual
            day = usual_day(meant)
            self.ask_since(meant.starts_on, day, kind.firsts, others=_("Everything else, from"))
        if not kind.asks_semester:
            del self.fields["semester"]

    def _chosen(self) -> Semester | None:
        """Return the semester that was chosen, if it was: its first day is named."""
        field = self["semester"]
        try:
            return self.fields["semester"].clean(field.data) if self.is_bound else None
        except forms.ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        semester, on = cleaned.get("semester"), cleaned.get("on")
        if not (semester and on):
            return cleaned
        if not semester.starts_on <= on <= semester.ends_on:
            self.add_error("on", _("This day is not in the semester."))
        else:
            try:
                check_day(semester.year, on)
            except NotNow as why:
                self.add_error("on", str(why))
        return cleaned

    def answers(self, given: Data) -> Answers:
        """Return what was answered; the usual before anything was, and in place of a mistake."""
        said = {name: self.get_initial_for_field(f, name) for name, f in self.fields.items()}
        first_on = self.start
        if self.is_valid():
            said, first_on = self.cleaned_data, self.first_on
        return Answers(
            semester=said.get("semester"),
            on=said.get("on"),
            given=_questions_in(given),
            kept=_kept_in(given),
            first_on=first_on,
        )


class AnswersForm(LaidOut, forms.Form):
    """The questions of a plan, and which of the school's values are to stay."""

    def __init__(self, data: Data, plan: Plan) -> None:
        super().__init__(data)
        for question in plan.questions:
            self.fields[f"{QUESTION}{question.key}"] = _choice(question)
        known = [f"{QUESTION}{one.key}" for one in plan.questions if plan.ask(one)]
        self.folded = known if len(known) > MOST_SHOWN else []
        if plan.replaced:
            self.fields[KEPT] = forms.MultipleChoiceField(
                choices=list(plan.replaced.items()),
                label=_("Do not replace"),
                required=False,
                widget=Chips,
                help_text=_("Of these columns, what the school has already stays."),
            )

    @property
    def open(self) -> list[BoundField]:
        """Return the fields to look at: without an answer, or so few that all are shown."""
        return [field for field in self if field.name not in self.folded]

    @property
    def answered(self) -> list[BoundField]:
        """Return the fields that have an answer and are folded away."""
        return [self[name] for name in self.folded]


def _choice(question: Question) -> forms.ChoiceField:
    empty = [] if question.usual else [("", _("Choose"))]
    label = question.text
    if question.row:
        label = _("Row %(n)s. %(text)s") % {"n": question.row, "text": label}
    return forms.ChoiceField(
        choices=[*empty, *question.choices],
        label=label,
        initial=question.usual,
        error_messages={"required": _("Choose an answer.")},
    )


def _questions_in(given: Data) -> dict[str, str]:
    named = {name: value for name, value in (given or {}).items() if name.startswith(QUESTION)}
    return {name.removeprefix(QUESTION): str(value) for name, value in named.items()}


def _kept_in(given: Data) -> frozenset[str]:
    values: Iterable[str] = getattr(given, "getlist", lambda _name: ())(KEPT)
    return frozenset(values)

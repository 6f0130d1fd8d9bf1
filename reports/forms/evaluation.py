"""The form of an evaluation: each aspect with its figures, a judgement and words; two texts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.case import written
from reports.models import Aspect, Evaluation, Judgement
from reports.models.evaluation import LONGEST_TEXT, LONGEST_WORDS, OF_OUTCOME, OF_PROCESS
from reports.outcome_figures import Outcomes
from reports.process_figures import Paces
from school.forms.choices import Segments, one_of
from school.forms.layout import Data, LaidOut, Section
from school.versioned import READ_AT, VersionedForm
from workflow.versions import Versioned

WORDS = pgettext_lazy("evaluation", "Words (optional)")
JUDGEMENT, IN_WORDS = "judgement", "words"


def names_of(aspect: Aspect) -> tuple[str, str]:
    """Return the names of an aspect's two fields."""
    return f"{aspect}_{JUDGEMENT}", f"{aspect}_{IN_WORDS}"


class EvaluationForm(VersionedForm, forms.Form):
    """As a counselor writes it, with the figures beside each line; it can be saved half done."""

    improvements = written(
        _("What to improve next semester"), longest=LONGEST_TEXT, rows=4, required=False
    )
    summary = written(
        _("Summary"),
        longest=LONGEST_TEXT,
        rows=6,
        required=False,
        help_text=_("Everybody in counseling and the principal read it. Name no student."),
    )

    def __init__(
        self, data: Data = None, *, evaluation: Evaluation, paces: Paces, outcomes: Outcomes
    ) -> None:
        super().__init__(data)
        for aspect in Aspect:
            self._add(aspect, paces[aspect].said if aspect in paces else "")
        self.fields[names_of(Aspect.RESOLUTION)[0]].help_text = outcomes.said
        self.initial = {name: self.value_of(evaluation, name) for name in self.texts}
        self.initial[READ_AT] = evaluation.version
        self.layout = (
            Section(_("The process"), *_fields(OF_PROCESS), "improvements"),
            Section(_("The outcome"), *_fields(OF_OUTCOME), "summary"),
        )

    def _add(self, aspect: Aspect, figures: str) -> None:
        judgement, words = names_of(aspect)
        self.fields[judgement] = one_of(
            Judgement.choices, label=aspect.label, widget=Segments, required=False
        )
        self.fields[judgement].help_text = figures
        self.fields[words] = written(WORDS, longest=LONGEST_WORDS, rows=2, required=False)

    def value_of(self, record: Versioned, name: str) -> object:
        assert isinstance(record, Evaluation)
        aspect, _sign, part = name.rpartition("_")
        if aspect in Aspect.values:
            return getattr(record.judged(aspect), part)
        return getattr(record, name)

    @property
    def values(self) -> dict[str, Any]:
        """Return field of the evaluation → value; what is neither judged nor said is left out."""
        judgements = {}
        for aspect in Aspect:
            judgement, words = (self.cleaned_data[name] for name in names_of(aspect))
            if judgement or words:
                judgements[aspect.value] = {JUDGEMENT: judgement, IN_WORDS: words}
        texts = {name: self.cleaned_data[name] for name in ("improvements", "summary")}
        return {"judgements": judgements, **texts}


def _fields(aspects: tuple[Aspect, ...]) -> list[str]:
    return [name for aspect in aspects for name in names_of(aspect)]


class ReturnForm(LaidOut, forms.Form):
    reason = written(_("What to change"), help_text=_("The author reads it."))

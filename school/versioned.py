"""A record that two people may edit: its form, which shows both texts on a conflict, and saving.

Each save is one request, whose answer has the new version: as JSON for the script that sends edits
while a person types (static/js/queue.js), or as a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from school.forms.layout import LaidOut
from school.wording import NO_FIGURE
from workflow.errors import EditConflict, NotAllowed, NotThere, WorkflowError
from workflow.submits import Answer, is_from_script, refused, saved
from workflow.versions import Versioned
from workflow.views import CONFLICT

READ_AT = "read_at"
DASHES = BLANK_CHOICE_DASH[0][1]
"""What Django shows where nothing is chosen yet."""
INVALID = 422


@dataclass(frozen=True)
class Difference:
    """A field in which somebody else saved another text."""

    label: str
    standing: str
    typed: str


class VersionedForm(LaidOut, forms.BaseForm):
    """A form with the version at which the record was read: 0 if there was none yet.

    It is mixed into a form or a ModelForm, which an act saves, never `save`.
    """

    base_fields: dict[str, forms.Field]
    data: MultiValueDict[str, str]
    conflict: tuple[Difference, ...] = ()
    stands_at = ""
    """The page that shows the saved text, if it is not the one of the form's own address."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        stale = {"required": _("This page is old. Copy what you typed, then load the page again.")}
        self.fields[READ_AT] = forms.IntegerField(
            min_value=0, widget=forms.HiddenInput, error_messages=stale
        )
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = _("Choose")
        if isinstance(self, forms.BaseModelForm):
            self.initial[READ_AT] = self.instance.version if self.instance.pk else 0

    @classmethod
    def of(cls, record: Versioned, **options: object) -> Self:
        """Return the form of a record in its present state, for forms that are no ModelForm."""
        initial = {name: getattr(record, name) for name in cls.base_fields}
        return cls(initial=initial | {READ_AT: record.version}, **options)

    @property
    def read_at(self) -> int:
        version: int = self.cleaned_data[READ_AT]
        return version

    @property
    def texts(self) -> list[str]:
        """Return the fields into which people type."""
        return [name for name in self.fields if name != READ_AT]

    @property
    def values(self) -> dict[str, Any]:
        """Return field of the record → value to save."""
        return {name: self.cleaned_data[name] for name in self.texts}

    def value_of(self, record: Versioned, name: str) -> object:
        """Return the value in `record` for a field of the form."""
        return getattr(record, name)

    def show_conflict(self, conflict: EditConflict) -> None:
        """Show both texts side by side; the next submit is then a deliberate choice."""
        self.add_error(None, str(conflict))
        stands = {name: self.value_of(conflict.current, name) for name in self.texts}
        self.conflict = tuple(
            Difference(
                str(self.fields[name].label),
                _said(self.fields[name], stands[name]),
                _said(self.fields[name], self.cleaned_data[name]),
            )
            for name in self.texts
            if stands[name] != self.cleaned_data[name]
        )
        self.data = kept = self.data.copy()
        kept[READ_AT] = str(conflict.current.version)


def save(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], Versioned],
    *,
    page: Callable[[], HttpResponse],
    then: Callable[[], str],
    is_logged: bool = True,
) -> Answer:
    """Save `form` by `act`, which returns the record with its version; then redirect to `then`.

    A refusal is shown on the form, which `page` shows again, or is sent to the script: the errors
    of each field, the conflict with another person's text, or why nothing can be saved now.
    """
    why: WorkflowError | None = None
    if form.is_valid():
        try:
            return saved(request, act().version, then, is_logged=is_logged)
        except (NotAllowed, NotThere):
            raise
        except WorkflowError as error:
            why = error
    if isinstance(why, EditConflict) and isinstance(form, VersionedForm):
        form.show_conflict(why)
    elif why:
        form.add_error(None, str(why))
    if not is_from_script(request):
        return refused(page())
    said = {"error": _errors(form), **_standing(form, why)}
    return refused(JsonResponse(said, status=CONFLICT if why else INVALID))


def _errors(form: forms.BaseForm) -> str:
    """Return the errors of all fields in one text."""
    found = [
        f"{label}: {error}" if (label := _label(form, name)) else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return " ".join(found)


def _label(form: forms.BaseForm, name: str) -> str:
    """Return the label of a field that a person sees; "" for others."""
    field = form.fields.get(name)
    return str(field.label or "") if field and not field.widget.is_hidden else ""


def _standing(form: forms.BaseForm, why: WorkflowError | None) -> dict[str, object]:
    """Return the text that somebody else saved, and its version; the browser has its own text."""
    if not (isinstance(why, EditConflict) and isinstance(form, VersionedForm)):
        return {}
    stands = {name: form.value_of(why.current, name) for name in form.texts}
    current = {name: form.fields[name].prepare_value(value) for name, value in stands.items()}
    return {"version": why.current.version, "current": current}


def _said(field: forms.Field, value: object) -> str:
    """Return a value of `field` in the form's words, or in its own."""
    if said := getattr(field, "said", None):
        return str(said(value)) or NO_FIGURE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(field, one) for one in value) or NO_FIGURE
    named = dict(getattr(field.widget, "choices", ()))
    shown = named.get(value) or field.prepare_value(value)
    return NO_FIGURE if shown in (None, "") else str(shown)

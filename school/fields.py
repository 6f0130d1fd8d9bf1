"""A set of codes in one column, e.g. the causes of a case."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from school.forms.choices import Chips
from workflow.errors import Text

EDGE = "|"


if TYPE_CHECKING:
    TextColumn = models.CharField[list[str], list[str]]
else:
    TextColumn = models.CharField


class CodesField(TextColumn):
    """A list of codes of `choices`, stored as `|FAMILY|ECONOMY|`, in Python a list of str.

    `has(name, code)` makes the filter for rows whose list holds a code.
    """

    def __init__(
        self,
        verbose_name: Text | None = None,
        *,
        codes: type[models.TextChoices] | None = None,
        max_length: int = 250,
        default: Callable[[], list[str]] = list,
    ) -> None:
        self.codes = codes
        super().__init__(verbose_name, max_length=max_length, blank=True, default=default)

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("blank", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: object) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Iterable[str] | None) -> list[str]:
        if value is None:
            return []
        if isinstance(value, str):
            return [code for code in value.split(EDGE) if code]
        return list(value)

    def get_prep_value(self, value: Iterable[str] | None) -> str:
        codes = self.to_python(value)
        return EDGE + EDGE.join(codes) + EDGE if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **options: Any) -> forms.Field | None:
        """Return a field of chips, one for each code."""
        choices = self.codes.choices if self.codes else ()
        known = {"form_class": forms.MultipleChoiceField, "choices": choices, "widget": Chips}
        return models.Field.formfield(self, **known | {"show_hidden_initial": False} | options)

    def said(self, value: list[str]) -> str:
        """Return the words for the codes."""
        return ", ".join(labels(value, self.codes)) if self.codes else ", ".join(value)

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        if self.codes and (unknown := set(value) - set(self.codes.values)):
            raise ValidationError(f"unknown codes: {', '.join(sorted(unknown))}")

    def clean(self, value: Iterable[str] | None, model_instance: models.Model | None) -> list[str]:
        codes = self.to_python(value)
        self.validate(codes, model_instance)
        return codes


def has(name: str, code: str) -> models.Q:
    """Return the filter for rows whose codes field `name` holds `code`."""
    return models.Q(**{f"{name}__contains": f"{EDGE}{code}{EDGE}"})


def labels(codes: list[str], choices: type[models.TextChoices]) -> list[str]:
    """Return the words for `codes`, in the order of `choices`."""
    return [str(choice.label) for choice in choices if choice.value in codes] if codes else []

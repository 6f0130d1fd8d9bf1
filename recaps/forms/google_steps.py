"""What is asked about files of Google before a sheet is filled, one form for each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from recaps.queries.google_filling import Filling
from school.forms.layout import Data, LaidOut
from school.models import User
from workflow.errors import Text

MOST_FIELDS = 500
"""Of one page: half of what Django takes from a form. What is left is asked on the next one."""


@dataclass
class Group:
    """Fields under one heading."""

    title: str
    note: str
    fields: list[BoundField]


class StepForm(LaidOut, forms.Form):
    name: ClassVar[str]
    title: ClassVar[Text]
    about: ClassVar[Text]

    def __init__(self, data: Data, filling: Filling) -> None:
        super().__init__(data)
        self.filling = filling
        self.parts: list[tuple[str, str, list[str]]] = []
        self.ask()

    def ask(self) -> None:
        """Add the fields, and to `parts` title, note and names of those of each group."""
        raise NotImplementedError

    def save(self, *, by: User) -> None:
        """Keep the answers with the files."""
        raise NotImplementedError

    def add_part(self, title: str, note: str, fields: Mapping[str, forms.Field]) -> None:
        self.fields.update(fields)
        self.parts.append((title, note, list(fields)))

    @property
    def groups(self) -> Iterator[Group]:
        for title, note, names in self.parts:
            yield Group(title, note, [self[name] for name in names])

    def said(self, name: str) -> Any:
        return self.cleaned_data.get(name)

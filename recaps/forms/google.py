"""The form that takes files of Google, several at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recaps.google.fill import GivenFile
from recaps.google.reading import LONGEST_FILE, read
from recaps.workflow.google import MOST_FILES
from school.forms.layout import LaidOut
from school.imports.reading import file_name
from school.sheets.errors import NotReadable
from workflow.bodies import LONGEST_UPLOAD


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files that are chosen at once."""

    widget = ManyFilesInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(each, initial) for each in given or [None]]


class FilesForm(LaidOut, forms.Form):
    """Takes the files that can be read; of the others says by name what to do."""

    layout = ("chosen",)

    chosen = ManyFilesField(
        label=gettext_lazy("Files from Classroom, Meet and Form"),
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy(
                "CSV as Google gives it, also saved by Excel; up to {n} files of {mb} MB, together "
                "at most {all} MB."
            ),
            n=MOST_FILES,
            mb=LONGEST_FILE // 2**20,
            all=LONGEST_UPLOAD // 2**20,
        ),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[GivenFile] = []
        self.refused: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files = cleaned.get("chosen") or []
        if len(files) > MOST_FILES:
            self.add_error("chosen", _("Choose at most %(n)s files.") % {"n": MOST_FILES})
            return cleaned
        for file in files:
            name = file_name(file.name)
            try:
                # Beyond the limit nothing is read; one byte more shows that it is exceeded.
                self.found.append(GivenFile(name, read(file.read(LONGEST_FILE + 1), name)))
            except NotReadable as why:
                self.refused.append(f"{name}: {why}")
        if files and not self.found:
            for said in self.refused:
                self.add_error("chosen", said)
        return cleaned

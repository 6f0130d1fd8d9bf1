"""The form that takes a file with absences, and holds its text until it is confirmed."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recaps.queries.attendance_rows import LAYOUT
from school.forms.layout import LaidOut
from school.sheets.errors import NotReadable
from school.sheets.table import MOST_ROWS, Row, as_csv, rows_of

KIB = 1024
LONGEST_FILE = 256 * KIB
"""Bytes."""


class AttendanceFileForm(LaidOut, forms.Form):
    """A file, or the `text` of one sent before, and the `seal` of the plan shown for it."""

    layout = ("file",)

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=format_lazy(
            gettext_lazy("Excel (.xlsx) or CSV, at most {kb} KB and {rows} rows."),
            kb=LONGEST_FILE // KIB,
            rows=MOST_ROWS,
        ),
    )
    text = forms.Field(required=False)
    seal = forms.Field(required=False)

    rows: list[Row]
    read_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.read_text = self._text(cleaned)
            self.rows = rows_of(self.read_text, LAYOUT)
        except NotReadable as why:
            self.add_error("file", str(why))
        return cleaned

    def _text(self, cleaned: dict[str, Any]) -> str:
        """Return the text of the file, else that of the earlier one. Raises NotReadable."""
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if not (file or text):
            raise NotReadable(_("Choose a file."))
        if (file.size if file else len(text)) > LONGEST_FILE:
            words = {"kb": LONGEST_FILE // KIB}
            raise NotReadable(
                _("The file is larger than %(kb)s KB. Send one month of one class.") % words
            )
        return as_csv(file.read(), LAYOUT) if file else text

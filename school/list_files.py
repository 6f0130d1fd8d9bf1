"""A list as a file: the rows of all its pages, as its address filters and sorts them.

Beside the list `x` stands the address `x_file`, which the links under the list lead to.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from school.files_out import file_of
from school.filters import ListFilter
from school.sheets import export
from school.sheets.export import About, Kind, Table, Value
from school.titles import file_title_of, said_by
from workflow.errors import Text


@dataclass(frozen=True)
class Column:
    """A column of a list: its head, what its page shows of a row, and how a file keeps that."""

    label: Text
    value: Callable[[Any], object]
    kind: Kind = Kind.TEXT
    in_file: Callable[[Any], Value] | None = None
    """What a file has of a row, if it is not what the page shows: a day instead of its words."""

    @property
    def is_figure(self) -> bool:
        return self.kind is Kind.COUNT

    def cell(self, row: Any) -> Value:
        """Return the value of a row in a file."""
        value = (self.in_file or self.value)(row)
        return value if value is None or isinstance(value, Value) else str(value)


def list_file(
    request: HttpRequest,
    asked: ListFilter,
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    title: str = "",
    said: About | None = None,
) -> HttpResponse:
    """Return the rows as the file that the address asks for, which says what narrows them.

    `said` says it where the filters do not. Raises Http404 if a filter is refused.
    """
    if not asked.is_valid():
        raise Http404
    narrowed = (said_by(asked) if said is None else said) or [(_("Filters"), _("none"))]
    return rows_file(request, title or file_title_of(asked), columns, rows, narrowed)


def rows_file(
    request: HttpRequest,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    said: About,
) -> HttpResponse:
    """Return the rows of a list without filters as a file; `said` says which they are."""
    heads = [export.Column(str(column.label), column.kind) for column in columns]
    cells = [[column.cell(row) for column in columns] for row in rows]
    shown = [*said, (_("Rows"), str(len(cells)))]
    return file_of(request, title, [Table(title, heads, cells)], shown)

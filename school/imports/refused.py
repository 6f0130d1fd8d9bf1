"""The rows of a file that are refused, as a table to correct and to choose again."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from school.imports.kinds import FileKind
from school.imports.plan import Refusal
from school.sheets.table import Row


def refused_rows(
    kind: FileKind, rows: Sequence[Row], refusals: Sequence[Refusal]
) -> Iterator[list[str | int]]:
    """Yield the head, then number, reason and cells of each row that is refused.

    A row has the columns of its kind alone: nothing else of a file is kept.
    """
    by_number = {row.number: row for row in rows}
    refused = [(each, by_number[each.row]) for each in refusals]
    said = {name for _refusal, row in refused for name, text in row.cells.items() if text}
    columns = [name for name in {**kind.labels, **kind.heads.names} if name in said]
    labels = [str(kind.labels.get(name, kind.heads.names[name][0])) for name in columns]
    yield [_("Row"), _("What to do"), *labels]
    for refusal, row in refused:
        yield [refusal.row, refusal.why, *(row[name] for name in columns)]

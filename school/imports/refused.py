"""The rows of a file that are refused, as a table to correct and to choose again."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from school.imports.kinds import FileKind
from school.imports.plan import Refusal


def refused_rows(kind: FileKind, refusals: Sequence[Refusal]) -> Iterator[list[str | int]]:
    """Yield the head, then number, reason and cells of each row that is refused.

    A row has the columns of its kind alone: nothing else of a file is kept.
    """
    said = {name for each in refusals for name, text in each.cells.items() if text}
    columns = [name for name in {**kind.labels, **kind.heads.names} if name in said]
    labels = [str(kind.labels.get(name, kind.heads.names[name][0])) for name in columns]
    yield [_("Row"), _("What to do"), *labels]
    for each in refusals:
        yield [each.row, each.why, *(each.cells.get(name, "") for name in columns)]

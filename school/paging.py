"""Pages of a list whose length is known before it is read."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet


class Counted(Paginator):  # type: ignore[type-arg]  # takes none when it runs
    """A paginator that is told how many rows there are, where a page has counted them already."""

    def __init__(self, rows: Sequence[object] | QuerySet[Model], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count

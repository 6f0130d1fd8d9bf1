"""Pages of a list with a known length."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet


class Counted(Paginator):  # type: ignore[type-arg]  # takes none when it runs
    """A paginator that is given the number of rows, since the page has counted them already."""

    def __init__(self, rows: Sequence[object] | QuerySet[Model], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count

"""The row that a query by a key finds."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def one_of(rows: "QuerySet[Row]") -> Row | None:
    """Return the row that is found, or None.

    `first` sorts it, and to sort a row with its related ones Django takes longer than to ask.
    """
    return next(iter(rows.order_by()[:1]), None)

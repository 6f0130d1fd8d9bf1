"""A single row of a query by key."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def one_of(rows: "QuerySet[Row]") -> Row | None:
    """Return the row that the query finds, or None.

    `first` would sort the rows, which takes Django longer than the query if there are related rows.
    """
    return next(iter(rows.order_by()[:1]), None)

"""Rows of a query by key."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def one_of(rows: "QuerySet[Row]") -> Row | None:
    """Return the row that the query finds, or None.

    `first` would sort the rows, which takes Django longer than the query if there are related rows.
    """
    return next(iter(rows.order_by()[:1]), None)


def each_of(rows: "QuerySet[Row]", pks: Iterable[int]) -> list[Row]:
    """Return those of the rows that have these keys, each fetched by itself.

    Each is acted on alone: what an act asks of one is not fetched for the others.
    """
    found = (one_of(rows.filter(pk=pk)) for pk in pks)
    return [row for row in found if row is not None]

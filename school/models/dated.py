"""Rows that hold from a day to a day, or without end: enrolments, assignments, offices."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from workflow import clock

Day = date | Combinable
"""A day, or an expression of one such as OuterRef("semester__starts_on")."""
Row = TypeVar("Row", bound=models.Model)


def overlaps(first: Day, last: Day, at: str = "") -> Q:
    """Return the filter for dated rows that hold on at least one day from `first` to `last`.

    `at` is the path that leads to the dated row, e.g. "enrolments__".
    """
    has_begun = Q(**{f"{at}starts_on__lte": last})
    return has_begun & (Q(**{f"{at}ends_on": None}) | Q(**{f"{at}ends_on__gte": first}))


def holds_on(day: Day, at: str = "") -> Q:
    """Return the filter for dated rows that hold on `day`."""
    return overlaps(day, day, at)


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: Day) -> Self:
        return self.filter(holds_on(day))

    def today(self) -> Self:
        return self.on(clock.today())

    def from_today(self) -> Self:
        """Return the rows that hold today or on a later day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()))

    def between(self, first: Day, last: Day) -> Self:
        """Return the rows that hold on at least one day from `first` to `last`."""
        return self.filter(overlaps(first, last))


class Dated(models.Model):
    """A row with a first day and a last day, which is None until it ends."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether the row holds on at least one day from `first` to `last`."""
        return self.starts_on <= last and (self.ends_on is None or self.ends_on >= first)

    def holds_on(self, day: date) -> bool:
        return self.overlaps(day, day)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Return the constraint that no row of a dated model ends before it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name=name
    )

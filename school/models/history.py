"""Histories of models, with a manager class that is made once, not at each access."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords


class MadeOnce(HistoryManager.from_queryset(HistoricalQuerySet)):  # type: ignore[misc]
    """Gives itself where simple_history would make a new class at each access."""

    @classmethod
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> "type[MadeOnce]":
        if queryset_class is not HistoricalQuerySet:
            raise TypeError(f"MadeOnce is made of HistoricalQuerySet, not of {queryset_class}.")
        return cls


class Kept(HistoricalRecords):
    """A history that gets no row for a save of fields that it leaves out, e.g. the last sign-in."""

    def post_save(self, instance: Model, created: bool, using: Any = None, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if created or fields is None or set(fields) - set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)


def kept_history(*, but: Collection[str] = ()) -> HistoricalRecords:
    """Return a history without reasons for a change, and without the fields `but`."""
    return Kept(
        history_change_reason_field=None, history_manager=MadeOnce, excluded_fields=list(but)
    )

"""Histories of models, with a manager class that is made once, not at each access."""

from typing import Any

from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords


class MadeOnce(HistoryManager.from_queryset(HistoricalQuerySet)):  # type: ignore[misc]
    """Gives itself where simple_history would make a new class at each access."""

    @classmethod
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> "type[MadeOnce]":
        if queryset_class is not HistoricalQuerySet:
            raise TypeError(f"MadeOnce is made of HistoricalQuerySet, not of {queryset_class}.")
        return cls


def kept_history() -> HistoricalRecords:
    """Return a history without reasons for a change."""
    return HistoricalRecords(history_change_reason_field=None, history_manager=MadeOnce)

"""Versions of records that are edited in place, so that two editors lose no text."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models

from workflow.errors import EditConflict


class Versioned(models.Model):
    """A record that is edited in place. Its version grows with each save that changes something."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


M = TypeVar("M", bound=Versioned)


def held(obj: M) -> M:
    """Return the present row of `obj`, locked until the transaction ends."""
    return type(obj)._default_manager.select_for_update().get(pk=obj.pk)


def save_versioned(current: M, values: Mapping[str, object], *, read_at: int) -> M:
    """Set `values` on the locked row `current` if it still has the version that was read.

    Its version grows by one. If the row has these values already, nothing changes. Returns the row.
    Raises EditConflict, with both texts, if somebody else saved first.
    """
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    if current.version != read_at:
        raise EditConflict(current, values)
    for name, value in values.items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*values, "version"])
    return current

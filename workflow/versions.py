"""Two editors lose nothing: a record edited in place carries a version."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models, transaction

from workflow.errors import EditConflict


class Versioned(models.Model):
    """A record edited in place. Its version grows with each save that changes something."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


M = TypeVar("M", bound=Versioned)


def save_versioned(obj: M, values: Mapping[str, object], *, read_at: int) -> M:
    """Set `values` on `obj` if it still has the version it was read at; its version grows by one.

    What stands already is a success and changes nothing. Returns the saved row.
    Raises EditConflict, with both texts, if somebody else saved first.
    """
    with transaction.atomic():
        current = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        if current.version != read_at:
            raise EditConflict(current, values)
        for name, value in values.items():
            setattr(current, name, value)
        current.version += 1
        current.save(update_fields=[*values, "version"])
    return current

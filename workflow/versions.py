"""Versions of records that are edited in place, so that two editors lose no text."""

from collections.abc import Mapping
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from workflow.errors import EditConflict, NotAllowed
from workflow.lifecycle import lifecycle_of
from workflow.run import run, transaction_of


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


def run_versioned(
    obj: M, name: str, *, by: AbstractBaseUser, values: Mapping[str, object], read_at: int
) -> M:
    """Do the act `name`, which sets `values`, if `obj` still has the version that was read.

    If it has these values already, nothing changes, whatever its state. Returns `obj`, read again.
    Raises NotAllowed, and if something would change WrongState, NotNow, and EditConflict, with both
    texts, if somebody else was faster.
    """
    lifecycle = lifecycle_of(obj)
    if not lifecycle[name].who(by, obj):
        raise NotAllowed
    with transaction_of(lifecycle, obj):
        if all(getattr(obj, field) == value for field, value in values.items()):
            return obj
        if obj.version != read_at:
            raise EditConflict(obj, values)
        run(obj, name, by=by, values={**values, "version": obj.version + 1})
    return obj

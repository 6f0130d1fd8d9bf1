"""Rows as JSON, and what refers to them: what a change needs to be undone."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter, methodcaller
from typing import Any, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from simple_history.models import HistoricalChanges

from school.models.change import ChangedRow
from school.models.users import User
from workflow.versions import Versioned

Row = TypeVar("Row", bound=models.Model)
PLAIN = (str, int, float, bool, Decimal, date, type(None))
"""What JSON keeps as it is, or as a field's `to_python` reads it back."""
DAYS = ("starts_on", "ends_on", "day")
"""Columns of the days on which a row counts."""


def snapshot(row: models.Model, names: Iterable[str] | None = None) -> dict[str, object]:
    """Return column → value of these fields of a row, by default of all but its id."""
    fields = [_field(type(row), name) for name in names] if names is not None else _columns(row)
    return {field.attname: _value(field, row) for field in fields}


def locked_rows(model: type[Row], pks: Collection[int]) -> dict[int, Row]:
    """Return the rows that exist of these ids, locked in one order so that no two wait in turn."""
    return model._default_manager.order_by("pk").select_for_update().in_bulk(pks)


def whole(row: models.Model) -> dict[str, object]:
    """Return the snapshot of a row that is deleted: if people edit it, with its version."""
    version = {"version": row.version} if isinstance(row, Versioned) else {}
    return snapshot(row) | version


def copied(given: models.Model, row: Row, names: Iterable[str]) -> Row:
    """Set these fields of a row to what another copy of it has; return the row."""
    for name in names:
        column = _field(type(row), name).attname
        setattr(row, column, getattr(given, column))
    return row


def first_day(rows: Iterable[ChangedRow]) -> date | None:
    """Return the first of the days that rows had before a change or have after it."""
    sides = (side for row in rows for side in (row.before, row.after) if side)
    return min(
        (date.fromisoformat(side[at]) for side in sides for at in DAYS if side.get(at)),
        default=None,
    )


def written(values: Mapping[str, object]) -> dict[str, object]:
    """Return values as the database gives them back from JSON."""
    read: dict[str, object] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return read


def restored(row: Row, values: Mapping[str, object]) -> Row:
    """Set the values of a snapshot that came back from JSON; return the row."""
    for name, value in values.items():
        setattr(row, name, _field(type(row), name).to_python(value))
    return row


def model_of(table: str) -> type[Any]:
    return apps.get_model(table)


def has_history(model: type[models.Model]) -> bool:
    return hasattr(model, "history")


def is_referred_to(
    model: type[models.Model], pks: Collection[int], but: Mapping[str, Collection[int]]
) -> bool:
    """Return whether a foreign key leads to one of the rows, from a row that is not in `but`.

    `but` has ids by table. One query for each foreign key to the model.
    """
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        other = relation.related_model
        if isinstance(other, str) or issubclass(other, HistoricalChanges):
            continue
        rows = other._base_manager.filter(**{f"{relation.field.name}__in": pks})
        if rows.exclude(pk__in=but.get(other._meta.label_lower, ())).exists():
            return True
    return False


def delete_rows(model: type[models.Model], pks: Collection[int], *, by: User) -> None:
    """Delete rows to which nothing refers, with one entry each in their history; no query a row."""
    rows = model._default_manager.filter(pk__in=pks)
    if has_history(model):
        history = methodcaller("bulk_history_create", list(rows), update=True, default_user=by)
        kept = history(attrgetter("history")(model))
        ids = [entry.pk for entry in kept]
        attrgetter("history")(model).filter(pk__in=ids).update(history_type="-")
    rows._raw_delete(rows.db)


def _columns(row: models.Model) -> list[models.Field]:
    return [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name != "version"
    ]


def _field(model: type[models.Model], name: str) -> models.Field:
    """Return the field of a name or of a column: `counselor` or `counselor_id`."""
    return next(f for f in model._meta.concrete_fields if name in (f.name, f.attname))


def _value(field: models.Field, row: models.Model) -> object:
    value = field.value_from_object(row)
    return value if isinstance(value, PLAIN) else field.value_to_string(row)

"""What many tests begin with: made once in each process, then written as the rows that it was."""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

from workflow import clock

Made = TypeVar("Made")
INSERT = 'INSERT INTO "'


@dataclass(frozen=True)
class Kept:
    """What was made, in tables that were empty before."""

    made_at: datetime
    objects: bytes
    inserts: list[tuple[str, list[Any]]]
    """A statement for each table, with the values of all its rows."""
    tables: list[str]


_kept: dict[tuple[Any, ...], Kept] = {}


def once(make: Callable[[], Made], *about: Any) -> Made:
    """Return what `make` makes; `about` tells it from all else that is made once.

    Later its rows are written as they were, with their ids and moments. `make` runs again on
    another day, before the moment when it ran first, and beside other rows in its tables.
    """
    key = (connection.settings_dict["NAME"], clock.today(), *about)
    if key not in _kept:
        return _make(key, make)
    kept = _kept[key]
    if clock.now() < kept.made_at or _with_rows(kept.tables):
        return make()
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in kept.inserts:
            cursor.execute(statement, values)
    made: Made = pickle.loads(kept.objects)
    return made


def _make(key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    columns = _columns()
    before, made_at = _with_rows(columns), clock.now()
    tables: list[str] = []

    def note(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        if statement.startswith(INSERT):
            tables.append(statement.removeprefix(INSERT).split('"')[0])
        return execute(statement, params, many, context)

    with connection.execute_wrapper(note):
        made = make()
    if not before.intersection(tables):
        of_tables = list(dict.fromkeys(tables))
        inserts = [_insert(table, columns[table]) for table in of_tables]
        _kept[key] = Kept(made_at, pickle.dumps(made), inserts, of_tables)
    return made


def _columns() -> dict[str, list[str]]:
    """Return the columns of each table that are written, without those that the database fills."""
    return {
        model._meta.db_table: [
            field.column for field in model._meta.local_concrete_fields if not field.generated
        ]
        for model in apps.get_models(include_auto_created=True)
    }


def _with_rows(tables: Iterable[str]) -> set[str]:
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {name for (name,) in cursor.fetchall()}


def _insert(table: str, columns: list[str]) -> tuple[str, list[Any]]:
    """Return the statement that writes the rows which the table has now, and their values."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {named} FROM "{table}" ORDER BY 1')
        rows = cursor.fetchall()
    one = f"({', '.join(['%s'] * len(columns))})"
    statement = f'INSERT INTO "{table}" ({named}) VALUES {", ".join([one] * len(rows))}'
    return statement, [value for row in rows for value in row]

"""The rows of the school, to compare before and after, and the tables that an act writes."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from workflow.models import AccessEntry

WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)')

Rows = dict[str, list[tuple[Any, ...]]]


def own_models() -> Iterator[type[Model]]:
    """Yield every model of the project's rooms, including tables between two models."""
    for room in apps.get_app_configs():
        if Path(room.path).parent == settings.BASE_DIR:
            yield from room.get_models(include_auto_created=True)


KEYS = {
    model._meta.db_table: model._meta.pk.column
    for model in own_models()
    if model is not AccessEntry
}
"""Table → column of its key, for all but the access log, which grows with each request."""


def rows(tables: Iterable[str] = KEYS) -> Rows:
    """Return the rows of `tables`, in the order of their keys."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"SELECT * FROM {name} ORDER BY {KEYS[name]}")
            found[name] = cursor.fetchall()
    return found


def changed(before: Rows, after: Rows) -> dict[str, Any]:
    """Return table → rows that are gone and rows that are new."""
    return {
        table: (
            [row for row in before[table] if row not in after[table]],
            [row for row in after[table] if row not in before[table]],
        )
        for table in after
        if before[table] != after[table]
    }


class Writes:
    """Records the tables that statements write to, while it wraps the connection."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITE.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


class Reads:
    """Records the tables of `KEYS` that statements name, while it wraps the connection."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, *args: Any) -> Any:
        self.tables |= named(sql)
        return execute(sql, *args)


@cache
def named(sql: str) -> frozenset[str]:
    return KEYS.keys() & frozenset(re.findall(r"\w+", sql))

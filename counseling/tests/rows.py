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


UNDONE = (
    *("school_change", "school_changedrow", "school_newyear"),
    *("school_told", "workflow_actionentry"),
)
"""Tables in which a change that was undone is on record; the histories of records are too."""


def plain(found: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that undoing a change brings back: without versions, which only grow."""
    kept = (name for name in found if name not in UNDONE and "historical" not in name)
    return {name: [without(row, version_at(name)) for row in found[name]] for name in kept}


def without(row: tuple[Any, ...], at: int | None) -> tuple[Any, ...]:
    return row if at is None else (*row[:at], *row[at + 1 :])


@cache
def version_at(name: str) -> int | None:
    """Return the place of the column `version` of a table; None if it has none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name} LIMIT 0")
        columns = [column[0] for column in cursor.description or ()]
    return columns.index("version") if "version" in columns else None


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

"""Copies of rows of the demo school, written in bulk with everything that refers to them.

Each row that refers to a copied row is copied too, and refers to the copy. So the copies keep what
the rows keep: constraints, the log's entries for each status, and rungs that equal their steps.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model, QuerySet, UUIDField

from homevisits.models import Photo
from reports.models import FeedbackLink
from school.models import LetterNumber, User
from workflow.models import ActionEntry

Kind = type[Model]
Row = dict[str, Any]
StandsFor = dict[Kind, dict[int, int | None]]
"""Rows that are not copied: old key → the key to refer to instead, or None."""
Changed = Callable[[Kind, Row], Row]
"""Takes a model and a copy with its new keys; returns the values that differ from the original."""

AT_ONCE = 2000
NAMED = {"object_id": "kind", "root_id": "root_kind"}
"""Columns of the log that hold a key → the columns that name its model."""
MAY_STAY = {User}
"""Models of which copies may refer to a row that was not chosen."""


class Copies:
    """The rows of `seeds` and all rows that refer to them, ready to be copied many times."""

    def __init__(self, seeds: Mapping[Kind, QuerySet[Any]]) -> None:
        self.rows: dict[Kind, list[Row]] = {}
        self.keys: dict[Kind, set[int]] = {}
        for model in _in_order():
            rows = seeds.get(model, model._base_manager.all()).order_by("pk").values()
            self._choose(model, rows if model in seeds else filter(self._hangs_on(model), rows))
        taken = set(self._letter_numbers())
        numbers = LetterNumber.objects.filter(pk__in=taken).order_by("pk")
        self._choose(LetterNumber, map(dict, numbers.values()))
        self.stride = {model: _last_key(model) for model in self.rows}

    def write(self, number: int, changed: Changed, stands_for: StandsFor) -> None:
        """Write the copy `number` (1, 2, …)."""
        for model, rows in self.rows.items():
            copies = (
                model(**self._copy(model, row, number, changed, stands_for))
                for row in rows
                if not _is_there(model, row, stands_for)
            )
            model._base_manager.bulk_create(copies, batch_size=AT_ONCE)
        connection.check_constraints()

    def count_on(self) -> None:
        """Set the key sequences so that the next rows get keys after those of the copies."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
                cursor.execute(statement)

    def key_of(self, model: Kind, key: int, number: int) -> int:
        """Return the key that a chosen row has in the copy `number`."""
        return key + number * self.stride[model]

    def _choose(self, model: Kind, rows: Iterable[Row]) -> None:
        if found := list(rows):
            self.rows[model] = found
            self.keys[model] = {row[_key(model)] for row in found}

    def _hangs_on(self, model: Kind) -> Callable[[Row], bool]:
        def hangs_on(row: Row) -> bool:
            """Return whether a row refers to a chosen row, and to no row that was passed over."""
            links = [(of, key) for _name, of, key in _references(model, row) if of in self.keys]
            chosen = [of for of, key in links if key in self.keys[of]]
            return bool(chosen) and all(of in chosen or of in MAY_STAY for of, _key in links)

        return hangs_on

    def _letter_numbers(self) -> Iterator[int]:
        for model, rows in self.rows.items():
            for row in rows:
                yield from (key for _n, of, key in _references(model, row) if of is LetterNumber)

    def _copy(
        self, model: Kind, row: Row, number: int, changed: Changed, stands_for: StandsFor
    ) -> Row:
        copy = row | {_key(model): self.key_of(model, row[_key(model)], number)}
        for name, of, key in _references(model, row):
            if key in stands_for.get(of, ()):
                copy[name] = stands_for[of][key]
            elif key in self.keys.get(of, ()):
                copy[name] = self.key_of(of, key, number)
        copy |= {name: uuid4() for name in _random_keys(model)}
        return copy | changed(model, copy)


@cache
def _random_keys(model: Kind) -> list[str]:
    """Return the columns by which addresses name a row, drawn anew for each."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if isinstance(field, UUIDField) and field.unique]


def numbered_on(letter: Row, by: int) -> Row:
    """Return a letter's number raised by `by`; a number typed by hand gets a suffix."""
    running, parts = letter["running"], letter["text"].split("/")
    if running is None:
        return {"text": f"{letter['text']}.{by}"}
    parts[parts.index(f"{running:03d}")] = f"{running + by:03d}"
    return {"text": "/".join(parts), "running": running + by}


def last_letter() -> int:
    return LetterNumber.objects.aggregate(last=Max("running"))["last"] or 0


def _in_order() -> list[Kind]:
    """Return the project's models, each after those it refers to.

    Left out are letter numbers; photos, each row of which has a file of its own; and links for
    feedback, each of which has a key of its own.
    """
    rooms = [room for room in apps.get_app_configs() if Path(room.path).parent == settings.BASE_DIR]
    found = {model for room in rooms for model in room.get_models(include_auto_created=True)}
    graph = {model: {of for _name, of in _columns(model)} & found - {model} for model in found}
    graph[ActionEntry] |= {model for model in found if model._meta.app_label != "workflow"}
    names = sorted(graph, key=lambda model: model._meta.label)
    ordered = TopologicalSorter({model: graph[model] for model in names}).static_order()
    return [model for model in ordered if model not in {LetterNumber, Photo, FeedbackLink}]


@cache
def _columns(model: Kind) -> list[tuple[str, Kind]]:
    """Return the columns that hold keys of other rows, with their models; not those of the log."""
    found = [(f.attname, f.related_model) for f in model._meta.concrete_fields if f.related_model]
    if of := _remembered(model):
        found.append((_key(of), of))
    return found


def _references(model: Kind, row: Row) -> Iterator[tuple[str, Kind, int]]:
    """Yield column, model and key of each row that this row refers to."""
    for name, of in _columns(model):
        if row[name] is not None:
            yield name, of, row[name]
    if model is ActionEntry:
        for name, kind in NAMED.items():
            yield name, apps.get_model(row[kind]), row[name]


def _is_there(model: Kind, row: Row, stands_for: StandsFor) -> bool:
    """Return whether another row stands for this one, or for the row whose history it is."""
    of = _remembered(model)
    return row[_key(model)] in stands_for.get(model, ()) or (
        of is not None and row[_key(of)] in stands_for.get(of, ())
    )


def _remembered(model: Kind) -> Kind | None:
    """Return the model whose history a table holds; None for a table that holds no history."""
    return getattr(model, "instance_type", None)


def _key(model: Kind) -> str:
    return model._meta.pk.attname


def _last_key(model: Kind) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"]

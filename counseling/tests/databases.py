"""Databases beside the one of the tests: a school is made in each once, and tests run in it."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from workflow import clock


@dataclass(frozen=True)
class Kept:
    """A school in a database of its own, kept while tests run in it."""

    database: str
    school: Any
    """What its maker returned. A test gets a copy, which it may change."""
    made_at: datetime


@contextmanager
def keeping(label: str, make: Callable[[], Any]) -> Iterator[Kept]:
    """Let `make` fill a copy of the empty database; yield it, and drop it after the block."""
    name = beside(label)
    copy(current(), name)
    with living_in(name):
        school = make()
        made_at = clock.now()
    try:
        yield Kept(name, school, made_at)
    finally:
        drop(name)


def made_once(label: str, make: Callable[[], float]) -> float:
    """Let `make` fill a copy of the empty database called `label`; return what it returned.

    Stages of tests that run side by side on SQLite share a folder (`SHARED`, set by
    `scripts/test.py`): the first that comes leaves a copy there, the others take it.
    """
    name, shared = beside(label), os.environ.get("SHARED")
    if shared is None:
        return _made(name, make)
    finished = Path(shared) / f"{label}.sqlite3"
    with finished.with_suffix(".lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if finished.exists():
            copy(str(finished), name)
            lock.seek(0)
            return float(lock.read())
        result = _made(name, make)
        copy(name, str(finished))
        lock.write(str(result))
    return result


def _made(name: str, make: Callable[[], float]) -> float:
    copy(current(), name)
    with living_in(name):
        return make()


def current() -> str:
    return str(connection.settings_dict["NAME"])


def beside(label: str) -> str:
    """Return the full name of this process's database called `label`."""
    name = current()
    if connection.vendor == "postgresql":
        return f"{name}_{label}"
    path = Path(name)
    return str(path.with_name(f"{path.stem}_{label}{path.suffix}"))


def copy(source: str, target: str) -> None:
    """Make `target` a copy of `source`; nobody may be connected to either."""
    connection.close()
    drop(target)
    if connection.vendor == "postgresql":
        _admin(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        return
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def drop(name: str) -> None:
    if connection.vendor == "postgresql":
        _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        return
    for suffix in ("", "-wal", "-shm"):
        Path(name + suffix).unlink(missing_ok=True)


@contextmanager
def living_in(name: str) -> Iterator[None]:
    """Use the database `name` for every connection of this process that the block opens."""
    before = current()
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    clock.forget()


def _admin(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)

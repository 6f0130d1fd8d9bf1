"""The schools that are measured: made again when the code changes, copied for each run."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from bench.pages import School
from bench.servers import ROOT, environment, manage, serving, told

VAR = ROOT / "var" / "bench"
PREFIX = "sambang_bench_"
DEMO, YEARS, LARGE, TIMES = "demo", "years", "large", "times"
KINDS: dict[str, tuple[str, ...]] = {
    DEMO: (),
    YEARS: ("--years", "20"),
    LARGE: ("--years", "20", "--scale", "8"),
    TIMES: ("--scale", "100"),
}
SOURCES = ("*/migrations/*.py", "counseling/demo/*.py")


@dataclass(frozen=True)
class Database:
    """A kind of database, and where its server answers."""

    vendor: str
    server: str = ""

    def url(self, name: str) -> str:
        if self.vendor == "SQLite":
            return f"sqlite:///{VAR}/{name}.sqlite3"
        return urlsplit(self.server)._replace(path=f"/{PREFIX}{name}").geturl()

    def names(self) -> list[str]:
        """Return the names of the bench's databases that exist."""
        if self.vendor == "SQLite":
            return [path.stem for path in VAR.glob("*.sqlite3")]
        return [
            str(name).removeprefix(PREFIX)
            for (name,) in self._told("SELECT datname FROM pg_database")
            if str(name).startswith(PREFIX)
        ]

    def drop(self, name: str) -> None:
        if self.vendor == "PostgreSQL":
            self._told(f"DROP DATABASE IF EXISTS {_known(name)} WITH (FORCE)")
            return
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path(name)}{suffix}").unlink(missing_ok=True)

    def copy(self, source: str, target: str) -> None:
        """Make `target` a copy of `source`, or an empty database if `source` is empty."""
        self.drop(target)
        if self.vendor == "PostgreSQL":
            template = _known(source) if source else "template0"
            more = "" if source else " ENCODING 'UTF8'"
            self._told(f"CREATE DATABASE {_known(target)} TEMPLATE {template}{more}")
        elif source:
            old, new = sqlite3.connect(self._path(source)), sqlite3.connect(self._path(target))
            with closing(old), closing(new):
                old.backup(new)

    @contextmanager
    def copied(self, source: str, target: str) -> Iterator[str]:
        """Yield the address of a copy of `source`; drop the copy after the block."""
        self.copy(source, target)
        try:
            yield self.url(target)
        finally:
            self.drop(target)

    def know_its_rows(self, name: str) -> None:
        """Let PostgreSQL analyze its tables now; by itself it would do so a minute later."""
        if self.vendor == "PostgreSQL":
            self._told("ANALYZE", at=self.url(name))

    def _path(self, name: str) -> Path:
        return VAR / f"{name}.sqlite3"

    def _told(self, statement: str, *given: str, at: str = "") -> list[tuple[object, ...]]:
        with closing(psycopg2.connect(at or self.server)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, given)
                return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def bare(database: Database) -> Iterator[School]:
    """Serve the bare project."""
    with database.copied("", "bare") as url:
        env = environment(url, "bench.bare.settings")
        person = told(env, "bench.bare.prepare")
        with serving(env, "bench.bare.wsgi") as server:
            yield School("bare", server, {"somebody": {"id": 1, **person}}, {}, [])


@contextmanager
def school(database: Database, kind: str) -> Iterator[School]:
    """Serve a copy of the school of that kind; make the school first if it does not exist."""
    name = f"{kind}_{_fingerprint()}"
    if name not in database.names():
        for former in database.names():
            if former.startswith(f"{kind}_"):
                database.drop(former)
        _make(database, name, KINDS[kind])
    with database.copied(name, f"running_{name}") as url:
        env = environment(url)
        found = told(env, "bench.inside")
        with serving(env, "counseling.wsgi") as server:
            yield School(kind, server, **found)


def _make(database: Database, name: str, options: tuple[str, ...]) -> None:
    with database.copied("", f"making_{name}") as url:
        manage(environment(url), "migrate", "--verbosity", "0")
        manage(environment(url), "demo", *options)
        database.know_its_rows(f"making_{name}")
        database.copy(f"making_{name}", name)


def _fingerprint() -> str:
    """Return a hash of the code that decides what is in a school."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


def _known(name: str) -> str:
    """Return the full name of a database of the bench."""
    assert name.replace("_", "").isalnum(), name
    return f"{PREFIX}{name}"


def prepare() -> None:
    """Make the folder and the static files that the servers need."""
    VAR.mkdir(parents=True, exist_ok=True)
    manage(environment("sqlite://:memory:"), "collectstatic", "--no-input", "-v", "0")

"""Settings and fixtures for the tests of every room."""

import fcntl
import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _pytest import runner
from django.conf import settings as django_settings
from django.core.management.commands import flush
from django.core.servers.basehttp import WSGIServer
from django.db import connection, connections
from django.db.backends.sqlite3.creation import DatabaseCreation
from django.test import Client
from hypothesis import HealthCheck, settings
from playwright.sync_api import ConsoleMessage, Page, expect

from counseling.frames import roomy
from scripts.stages import WITH_WINDOWS, chromium
from workflow import clock, triggers

# Django's test server lets ten connections wait; a real server lets hundreds wait.
WSGIServer.request_queue_size = 256

# Playwright runs an event loop in the thread of the tests, and Django takes that for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 20_000
"""Milliseconds within which a page must show what a test expects."""
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

calm: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
settings.register_profile("brief", max_examples=5, **calm)
settings.register_profile("short", max_examples=10, **calm)
settings.register_profile("long", max_examples=2000, **calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


OBJECTS = 10_000
"""New objects before a garbage collection; with the usual 700 the tests take a tenth longer."""


def pytest_collection_finish() -> None:
    """Collect garbage less often, and leave imported objects out of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)


@pytest.hookimpl(tryfirst=True)
@roomy
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run the test with room for its frames, as the server runs a request."""
    return runner.pytest_runtest_protocol(item, nextitem)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests for the other database."""
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    foreign = [item for item in items if item.get_closest_marker(other)]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.fixture(scope="session")
def migrated_once() -> Iterator[None]:
    """Let the first of the stages on SQLite that share a folder migrate, and the others copy."""
    shared, original = os.environ.get("SHARED"), DatabaseCreation.create_test_db
    if shared is None:
        yield
        return
    finished = Path(shared) / "migrated.sqlite3"

    def create_test_db(self: DatabaseCreation, *args: Any, **options: Any) -> str:
        with finished.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if finished.exists():
                shutil.copy(finished, self.connection.settings_dict["TEST"]["NAME"])
                return str(original(self, *args, **options | {"keepdb": True}))
            name = original(self, *args, **options)
            with closing(sqlite3.connect(name)) as made, closing(sqlite3.connect(finished)) as kept:
                made.backup(kept)
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseCreation, "create_test_db", create_test_db)
        yield


@pytest.fixture(scope="session")
def django_db_setup(migrated_once: None, django_db_setup: None) -> None:
    """Set up the database of the tests, by migrations or as a copy."""


@pytest.fixture(autouse=True, scope="session")
def flush_takes_the_log_triggers_off() -> Iterator[None]:
    """Let Django empty the database after a test with `transaction=True`; the logs refuse it."""
    original: Callable[..., Any] = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        database = connections[options["database"]]
        triggers.remove(database)
        try:
            original(self, **options)
        finally:
            triggers.install(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(autouse=True, scope="session")
def the_offset_is_read_once() -> Iterator[None]:
    """Let no test that counts queries meet the moment at which the clock's offset is read again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "REMEMBER_SECONDS", float("inf"))
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Make Playwright start the system's Chromium."""
    is_headed = not browser_type_launch_args.get("headless", True)
    found = chromium(WITH_WINDOWS) if is_headed else chromium()
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM_ARGS}


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Yield the list of errors in watched pages, and fail the test if there is one."""
    heard: list[str] = []
    yield heard
    assert heard == []


def watch(page: Page, complaints: list[str]) -> Page:
    """Collect what the content security policy refuses and what scripts throw."""

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.fixture
def page(page: Page, complaints: list[str]) -> Page:
    return watch(page, complaints)


@pytest.fixture
def page_of(
    new_context: Any, live_server: Any, complaints: list[str], request: pytest.FixtureRequest
) -> Callable[..., Page]:
    """Return `page_of(user)`, which opens a new browser at phone size, signed in as `user`.

    With `None` nobody is signed in; with a `client` its session goes on. `goto` takes paths. The
    service worker, which fetches all assets in each new browser, is left out unless the test is
    marked `service_worker`.
    """
    has_worker = request.node.get_closest_marker("service_worker") is not None

    def open_for(
        user: Any,
        *,
        width: int = 360,
        height: int = 740,
        client: Client | None = None,
        **options: Any,
    ) -> Page:
        context = new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            service_workers="allow" if has_worker else "block",
            **options,
        )
        if user is not None:
            if client is None:
                client = Client()
                client.force_login(user)
            name = django_settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        return watch(context.new_page(), complaints)

    # Service workers, returning networks and busy machines need time.
    expect.set_options(timeout=PATIENCE)
    return open_for

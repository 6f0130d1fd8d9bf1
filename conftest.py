"""What the tests of every room stand on."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection, connections
from hypothesis import HealthCheck, settings

from workflow import triggers

# Playwright runs an event loop in the thread of the tests, which Django takes for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

calm = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
settings.register_profile("short", max_examples=300, **calm)
settings.register_profile("long", max_examples=2000, **calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what can be asked of the other database only."""
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    foreign = [item for item in items if item.get_closest_marker(other)]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.fixture(autouse=True, scope="session")
def flush_takes_the_log_triggers_off() -> Iterator[None]:
    """Lets the database be emptied after a test with `transaction=True`; the logs refuse it."""
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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Has Playwright start the system's Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM_ARGS}

"""Helpers for the tests of views: sign in, send a form with its UUID, count queries."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from workflow import clock
from workflow.submits import FIELD


def signed_in(user: Any) -> Client:
    """Return a test client in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Send a form as the app's pages do, with a new UUID."""
    return client.post(url, {FIELD: str(uuid4()), **(data or {})}, **extra)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Roll back what the block writes, so that a module can share a school."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def eventually(ask: Callable[[], Any], wanted: Any, *, seconds: float = 10) -> None:
    """Check that `ask()` returns `wanted` within `seconds`, since a browser saves later."""
    until = time.monotonic() + seconds
    while ask() != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert ask() == wanted


def queries_of(client: Client, url: str) -> int:
    """Return how many queries the page at `url` needs once sessions and caches are warm."""
    client.get(url)
    return queries_of_warm(client, url)


def queries_of_warm(client: Client, url: str) -> int:
    """Return how many queries the page at `url` needs for a client that has opened it before."""
    clock.forget()
    clock.now()  # reads the offset now, so that it is not counted below
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len(asked)

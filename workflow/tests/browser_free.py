"""What the tests of views share: a form's UUID, and how many queries a page asks."""

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
    """A browser without scripts in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """Send a form as a page of ours does, with a UUID of its own."""
    return client.post(url, {FIELD: str(uuid4()), **(data or {})}, **extra)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Take back what the block and the tests in it write: for a school that a module shares."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def eventually(ask: Callable[[], Any], wanted: Any, *, seconds: float = 10) -> None:
    """Hold that `ask()` gives `wanted` within `seconds`: a browser saves in its own time."""
    until = time.monotonic() + seconds
    while ask() != wanted and time.monotonic() < until:
        time.sleep(0.1)
    assert ask() == wanted


def queries_of(client: Client, url: str) -> int:
    """Return how many queries the page at `url` asks, once sessions and caches are warm."""
    client.get(url)
    return queries_of_warm(client, url)


def queries_of_warm(client: Client, url: str) -> int:
    """Return how many queries the page at `url` asks of a client that has been there before."""
    clock.forget()
    clock.now()  # asked now, so not in the middle of what is counted
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len(asked)

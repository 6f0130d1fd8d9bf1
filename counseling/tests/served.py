"""The server that a school runs, in processes of its own, before the database of the tests."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db import connection

SERVER = ("-m", "gunicorn", "counseling.wsgi")
OK = 200
STARTS_WITHIN = 60
STOPS_WITHIN = 40


def database_url() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    account = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    return f"postgres://{account}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"


class Served(NamedTuple):
    name: str
    port: int
    pid: int

    @property
    def place(self) -> tuple[str, int]:
        return self.name, self.port


@cache
def collect_assets() -> None:
    """Collect the assets for the server, once for all tests of a process."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "counseling.settings", "SECURE": "0"}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    env |= {"DATABASE_URL": "sqlite://:memory:", "SECRET_KEY": settings.SECRET_KEY}
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True)


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """Yield a server that was started for the block; its log goes to `folder`."""
    port = free_port()
    env = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "counseling.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "SECURE": "0",
        "MEDIA_ROOT": str(folder / "media"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **environment,
    }
    collect_assets()
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *SERVER], cwd=settings.BASE_DIR, env=env, stdout=log, stderr=log
        )
    try:
        wait_for(port)
        yield Served("127.0.0.1", port, server.pid)
    finally:
        server.terminate()
        server.wait(STOPS_WITHIN)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            ask(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def ask(place: tuple[str, int], *, timeout: float = 60) -> float:
    """Ask for the page to sign in, and return the seconds until it came."""
    began = time.monotonic()
    client = http.client.HTTPConnection(*place, timeout=timeout)
    try:
        client.request("GET", "/masuk/")
        answer = client.getresponse()
        answer.read()
        assert answer.status == OK
    finally:
        client.close()
    return time.monotonic() - began

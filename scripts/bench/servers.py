"""Servers as `make demo` starts them, each with its own database, open to this machine only."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.client import HOST, Client

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN = 30
ENDS_WITHIN = 20
KEY = "known to everyone, so it is for measuring only"
# Settings of the person's shell that must not influence what is measured.
OURS = {"DATABASE_URL", "DEBUG", "SECURE", "SECRET_KEY", "MEDIA_ROOT", "ALLOWED_HOSTS"}


def environment(database: str, settings: str = "counseling.settings") -> dict[str, str]:
    """Return the environment of a process of Sambang or of the bare project."""
    clean = {key: value for key, value in os.environ.items() if key not in OURS}
    return clean | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": KEY,
        "SECURE": "0",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'scripts'}",
    }


def manage(env: dict[str, str], *command: str) -> bytes:
    """Run a command of Django, and return what it printed."""
    python = [sys.executable, "-m", "django", *command]
    done = subprocess.run(python, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    return done.stdout


def told(env: dict[str, str], module: str) -> Any:
    """Return the JSON that `tell()` of a module prints, run in a process with this environment."""
    telling = f"import {module}; {module}.tell()"
    return json.loads(manage(env, "shell", "--no-imports", "-c", telling))


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return the processor time of its processes so far; 0 if the system does not tell it."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        if not children.exists():
            return 0
        threads = [
            thread
            for child in children.read_text().split()
            for thread in Path(f"/proc/{child}/task").glob("*/schedstat")
        ]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


@contextmanager
def serving(env: dict[str, str], application: str) -> Iterator[Server]:
    """Serve the application with gunicorn until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), application]
    log = (ROOT / "var" / "bench" / f"gunicorn-{port}.log").open("w")
    with (
        log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=env | {"HOST": HOST, "PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_for(port, process)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
    Path(log.name).unlink()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            Client(port).ask("GET", "/")
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server at port {port} does not answer: see var/bench.")

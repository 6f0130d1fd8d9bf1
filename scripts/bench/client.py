"""A browser that keeps its connection, and measures how long each of its requests takes."""

import http.client
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

HOST = "127.0.0.1"
TOKEN = "b" * 32
READ_AT = re.compile(rb'name="read_at" value="(\d+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SCRIPT = {"Accept": "application/json"}


class WrongAnswerError(Exception):
    """An answer that a page or a form should not give."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes
    seconds: float


@dataclass
class Client:
    """A person signed in by `session`; without it, nobody is signed in."""

    port: int
    session: str = ""
    user_id: int = 0
    timeout: float = 60

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=self.timeout)
        cookies = f"csrftoken={TOKEN}" + (f"; sessionid={self.session}" if self.session else "")
        self.headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}

    def ask(self, method: str, path: str, fields: Any = None, **headers: str) -> Answer:
        """Return the answer with its whole body; a connection that has ended is opened again."""
        body = urlencode(fields) if fields is not None else None
        sent = self.headers | (FORM if body is not None else {}) | headers
        for is_last in (False, True):
            began = time.perf_counter()
            try:
                self.connection.request(method, path, body, sent)
                answer = self.connection.getresponse()
                content = answer.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                self.connection.close()
                if is_last:
                    raise
                continue
            seconds = time.perf_counter() - began
            return Answer(answer.status, answer.headers.get("Location", ""), content, seconds)
        raise AssertionError

    def page(self, path: str) -> float:
        """Return the seconds that a page took. Raises WrongAnswerError unless it answers 200."""
        answer = self.ask("GET", path)
        _expect(answer, path, 200)
        return answer.seconds

    def post(self, path: str, **fields: Any) -> float:
        """Send a form and return the seconds it took, without following its redirect."""
        answer = self.ask("POST", path, {"submit_id": uuid4(), **fields})
        _expect(answer, path, 302)
        return answer.seconds

    def save(self, path: str, **fields: Any) -> tuple[float, int]:
        """Save a row as the sheet's script does; return the seconds and the row's new version."""
        sent = {"submit_id": uuid4(), **fields}
        headers = SCRIPT | {"X-For-User": str(self.user_id)}
        answer = self.ask("POST", path, sent, **headers)
        _expect(answer, path, 200)
        return answer.seconds, int(json.loads(answer.body)["version"])

    def version_of(self, path: str) -> int:
        """Return the current version of a row."""
        answer = self.ask("GET", path)
        _expect(answer, path, 200)
        found = READ_AT.search(answer.body)
        if found is None:
            raise WrongAnswerError(f"{path}: no version")
        return int(found[1])


def _expect(answer: Answer, path: str, status: int) -> None:
    if answer.status != status:
        said = answer.body[:300].decode(errors="replace")
        raise WrongAnswerError(f"{path}: {answer.status} {answer.location}, not {status}: {said}")

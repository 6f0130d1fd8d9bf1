"""The server that a school runs: browsers that stop halfway, and bodies that are too long."""

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from counseling.tests.served import ask, served
from counseling.tests.test_sign_in_load import SignIn
from workflow.bodies import LONGEST_FORM, LONGEST_UPLOAD, longest_body, takes_files

pytestmark = pytest.mark.once

STALLED, ASKING, PAUSE = 70, 4, 0.05
LENGTH = 60 * 2**20
SOON = 3.0

over_http = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("threads"),
]


@pytest.fixture(scope="module")
def host(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[tuple[str, int]]:
    with served(tmp_path_factory.mktemp("server")) as at:
        yield at.place


def slow_ones(host: tuple[str, int], seconds: float) -> float:
    """Return within how many seconds 95% of the pages come to a few who go on asking."""
    took: list[float] = []
    until = time.monotonic() + seconds

    def go_on() -> None:
        while time.monotonic() < until:
            took.append(ask(host))
            time.sleep(PAUSE)

    threads = [threading.Thread(target=go_on) for _ in range(ASKING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) >= ASKING
    return sorted(took)[int(0.95 * len(took))]


def stall(host: tuple[str, int], number: int) -> socket.socket:
    """Send half a head, or a head and half a body."""
    half = socket.create_connection(host)
    if number % 2:
        half.sendall(b"GET /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: a")
    else:
        half.sendall(head(5000) + b"login=a")
    return half


def head(length: int | str) -> bytes:
    body = f"Content-Length: {length}" if length != "chunked" else "Transfer-Encoding: chunked"
    form = "Content-Type: application/x-www-form-urlencoded"
    return f"POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{form}\r\n{body}\r\n\r\n".encode()


def measured_stall(host: tuple[str, int], seconds: float) -> tuple[float, float]:
    slow_ones(host, 1)
    usual = slow_ones(host, seconds)
    held = [stall(host, number) for number in range(STALLED)]
    time.sleep(0.5)
    beside = slow_ones(host, seconds)
    for each in held:
        each.close()
    return usual, beside


@pytest.mark.parametrize("seconds", [1, pytest.param(10, marks=pytest.mark.trust)])
class TestStalled:
    pytestmark = over_http

    def test_70_browsers_that_stop_halfway_hold_nobody_up(
        self, host: tuple[str, int], seconds: int, record_property: Any
    ) -> None:
        usual, beside = measured_stall(host, seconds)
        if seconds == 1:
            assert beside < max(2 * usual, 0.5)
            return
        record_property("stalled connections", STALLED)
        record_property("95% of pages within, ms", round(1000 * usual))
        record_property("the same beside the stalled ones, ms", round(1000 * beside))
        assert beside < max(2 * usual, 0.1)


class TestBodies:
    pytestmark = over_http

    @pytest.mark.parametrize("length", [LENGTH, "chunked"])
    def test_60_mb_from_nobody_are_refused_with_a_page_before_they_are_read(
        self, host: tuple[str, int], length: int | str
    ) -> None:
        sender = socket.create_connection(host, timeout=SOON)
        began = time.monotonic()
        sender.sendall(head(length))
        part = b"x" * 2**16
        if length == "chunked":
            part = f"{len(part):x}\r\n".encode() + part + b"\r\n"
        for _ in range(20):
            sender.sendall(part)
        answer = http.client.HTTPResponse(sender)
        answer.begin()
        page = answer.read().decode()
        assert time.monotonic() - began < SOON
        assert (answer.status, answer.headers["Connection"]) == (413, "close")
        assert "Terlalu banyak sekaligus" in page
        # The sender is heard out, so that a browser shows the page and not a broken connection.
        for _ in range(20):
            sender.sendall(part)

    def test_what_follows_a_body_that_was_refused_is_no_request(
        self, host: tuple[str, int]
    ) -> None:
        sender = socket.create_connection(host, timeout=SOON)
        sender.sendall(head(LENGTH) + b"GET /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        heard = b""
        while more := sender.recv(2**16):
            heard += more
        assert heard.count(b"HTTP/1.1") == 1
        assert heard.startswith(b"HTTP/1.1 413")

    def test_a_connection_is_kept_for_further_requests(self, host: tuple[str, int]) -> None:
        client = http.client.HTTPConnection(*host, timeout=SOON)
        socks = []
        for _ in range(3):
            client.request("GET", "/masuk/")
            client.getresponse().read()
            socks.append(client.sock)
        assert socks[0] is not None
        assert len(set(map(id, socks))) == 1

    def test_what_has_come_before_the_server_is_told_to_stop_is_answered(
        self, tmp_path: Path, transactional_db: None
    ) -> None:
        with served(tmp_path) as at:
            tried = [SignIn(at.place, f"tebak{n}", "tebakan yang salah") for n in range(24)]
            for each in tried:
                each.start()
            time.sleep(0.5)
            os.kill(at.pid, signal.SIGTERM)
            for each in tried:
                each.join()
        assert [each.status for each in tried] == [200] * 24


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "status"), [(LONGEST_FORM, 200), (LONGEST_FORM + 1, 413)])
def test_a_form_is_refused_by_its_length_alone(length: int, status: int) -> None:
    request = {"path": reverse("account_login"), "CONTENT_LENGTH": str(length)}
    answer = Client().post(**request, data=b"", content_type="text/plain")
    assert answer.status_code == status


def test_nobody_sends_files_before_signing_in_nor_where_none_are_taken(monkeypatch: Any) -> None:
    assert longest_body("/masuk/", has_session=True) == LONGEST_FORM
    assert longest_body("/nowhere/", has_session=True) == LONGEST_FORM

    @takes_files
    def photos(request: Any) -> None: ...

    class Found:
        func = photos

    monkeypatch.setattr("workflow.bodies.resolve", lambda path: Found)
    assert longest_body("/photos/", has_session=True) == LONGEST_UPLOAD
    assert longest_body("/photos/", has_session=False) == LONGEST_FORM

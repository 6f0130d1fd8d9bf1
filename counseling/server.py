"""gunicorn's processes, in which waitress reads requests and sends answers (decision 0023).

One thread reads from all browsers at once. A request goes to one of a few working threads when all
of it has come, so a browser that stops halfway holds nobody up, however many do so.
"""

import os
import socket
import time
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import RequestEntityTooLarge

from counseling.frames import roomy
from workflow.bodies import LONGEST_UPLOAD, longest_body

CONNECTIONS = 1000
IN_MEMORY = 64 * 1024
"""Bytes of a body beyond which it waits in a temporary file."""
IDLE = 60
"""Seconds without a byte after which a connection is closed."""
LONGEST_REQUEST = 900
"""Seconds within which all of a request must have come: 16 MB over a slow phone."""
LINGERS = 5
"""Seconds in which what is still sent after a refusal is read and dropped."""
GLANCE = 1.0


class Parser(HTTPRequestParser):
    """Ends a request whose body is too long for its address, without reading the body.

    `BodyLimitMiddleware` refuses such a request by its length, which stays in the head.
    """

    is_cut = False
    longest = LONGEST_UPLOAD

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        self.longest = longest_body(self.path, has_session=has_session(self.headers))
        if self.content_length > self.longest:
            self._cut(self.content_length)

    def received(self, data: bytes) -> int:
        """Take as much of the data as belongs to this request; all of it if that was cut."""
        consumed = int(super().received(data))
        is_too_long = self.headers_finished and self.body_bytes_received > self.longest
        if is_too_long or isinstance(self.error, RequestEntityTooLarge):
            self._cut(self.body_bytes_received)
        return len(data) if self.is_cut else consumed

    def _cut(self, length: int) -> None:
        self.headers["CONTENT_LENGTH"] = str(length)
        self.error = None
        self.body_rcv = None
        self.content_length = 0
        self.expect_continue = False
        self.chunked = False
        self.headers["CONNECTION"] = "close"
        self.completed = self.is_cut = True


class Channel(HTTPChannel):
    """A connection that hears a refused sender out, so that the refusal is read.

    A connection that is closed while data still comes is reset, and the browser shows that instead
    of the page.
    """

    parser_class = Parser
    began = 0.0
    hears_out = False
    ends_at = 0.0

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.began = time.time()
        done = bool(super().received(data))
        self.hears_out = any(request.is_cut for request in self.requests)
        return done

    def readable(self) -> bool:
        return bool(self.ends_at or super().readable())

    def handle_read(self) -> None:
        if self.ends_at:
            self.recv(self.adj.recv_bytes)
        else:
            super().handle_read()

    def handle_close(self) -> None:
        if not self.hears_out or self.ends_at or not self.connected:
            super().handle_close()
            return
        self.will_close = False
        self.ends_at = time.time() + LINGERS
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            super().handle_close()

    def is_late(self, now: float) -> bool:
        if self.ends_at:
            return now > self.ends_at
        return self.request is not None and now - self.began > LONGEST_REQUEST


class Server(TcpWSGIServer):
    channel_class = Channel

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.is_late(now):
                channel.will_close = True

    def has_work(self) -> bool:
        return any(
            each.requests or each.total_outbufs_len for each in self.active_channels.values()
        )


class Dispatcher(ThreadedTaskDispatcher):
    """Starts the working threads, in each of which a request has room for its frames."""

    @roomy
    def handler_thread(self, thread_no: int) -> None:
        super().handler_thread(thread_no)


class BufferingWorker(Worker):
    """A process of gunicorn that serves with waitress."""

    def run(self) -> None:
        dispatcher = Dispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        channels: dict[int, Any] = {}
        servers = [self._server(each.sock, channels, dispatcher) for each in self.sockets]
        while self.alive and self.ppid == os.getppid():
            self._serve(channels)
        for server in servers:
            server.accepting = False
            server.del_channel(channels)
        until = time.monotonic() + self.cfg.graceful_timeout
        while any(server.has_work() for server in servers) and time.monotonic() < until:
            self._serve(channels)
        dispatcher.shutdown()

    def _server(
        self, sock: socket.socket, channels: dict[int, Any], dispatcher: Dispatcher
    ) -> Server:
        adjustments = Adjustments(
            ident="sambang",
            connection_limit=CONNECTIONS,
            inbuf_overflow=IN_MEMORY,
            channel_timeout=IDLE,
            cleanup_interval=LINGERS,
            max_request_body_size=LONGEST_UPLOAD + 1,
            # TRUSTED_PROXY_COUNT says which of them are believed.
            clear_untrusted_proxy_headers=False,
        )
        info = (sock.family, sock.type, sock.proto, sock.getsockname())
        return Server(
            self.wsgi,
            channels,
            _sock=sock,
            dispatcher=dispatcher,
            adj=adjustments,
            sockinfo=info,
            bind_socket=False,
        )

    def _serve(self, channels: dict[int, Any]) -> None:
        """Read and write what is there, and tell gunicorn that the process lives."""
        self.notify()
        wasyncore.loop(timeout=GLANCE, use_poll=True, map=channels, count=1)


def has_session(headers: dict[str, str]) -> bool:
    """Return whether the browser sends a session, whichever it is."""
    try:
        return settings.SESSION_COOKIE_NAME in SimpleCookie(headers.get("COOKIE", ""))
    except CookieError:
        return False

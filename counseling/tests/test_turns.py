"""A process handles a few requests at once, in the order in which they arrived."""

import threading
import time
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from counseling.middleware import TurnMiddleware
from counseling.turns import Turns

SOON = 5


class Work:
    """A view that records its requests, and waits until it may end."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.order: list[str] = []
        self.at_once = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.order.append(request.path)
        self.may_end.wait(SOON)
        with self.lock:
            self.at_once -= 1
        return HttpResponse()


@pytest.fixture(params=[1, 2])
def at_once(request: Any, settings: Any) -> int:
    settings.REQUESTS_AT_ONCE = request.param
    return request.param


def come(middleware: TurnMiddleware, numbers: range) -> list[threading.Thread]:
    """Send requests one after the other, so that their order is certain."""
    threads = []
    for number in numbers:
        request = RequestFactory().get(f"/{number}")
        threads.append(threading.Thread(target=middleware, args=(request,)))
        before = waiting(middleware)
        threads[-1].start()
        until = time.monotonic() + SOON
        while waiting(middleware) == before and time.monotonic() < until:
            time.sleep(0.001)
    return threads


def waiting(middleware: TurnMiddleware) -> tuple[int, int]:
    return middleware.turns.free, len(middleware.turns.waiting)


def test_as_many_work_at_once_as_the_settings_say_and_the_first_comes_first(at_once: int) -> None:
    work = Work()
    middleware = TurnMiddleware(work)
    threads = come(middleware, range(8))
    assert waiting(middleware) == (0, 8 - at_once)
    work.may_end.set()
    for thread in threads:
        thread.join(SOON)
    assert work.most == at_once
    came = [f"/{number}" for number in range(8)]
    assert work.order == came if at_once == 1 else sorted(work.order) == came
    assert waiting(middleware) == (at_once, 0)


def test_a_view_that_fails_gives_its_turn_back(settings: Any) -> None:
    settings.REQUESTS_AT_ONCE = 1

    def failing(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    middleware = TurnMiddleware(failing)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            middleware(RequestFactory().get("/"))
    assert waiting(middleware) == (1, 0)


def test_a_body_that_is_still_on_its_way_keeps_nobody_waiting(settings: Any) -> None:
    settings.REQUESTS_AT_ONCE = 1
    work, has_come = Work(), threading.Event()
    work.may_end.set()
    middleware = TurnMiddleware(work)
    sent = RequestFactory().post("/slow", {"field": "value"}).environ
    body = sent["wsgi.input"]

    class OnItsWay:
        def read(self, *args: int) -> bytes:
            has_come.wait(SOON)
            return body.read(*args)

        readline = read

    slow = WSGIRequest(sent | {"wsgi.input": OnItsWay()})
    thread = threading.Thread(target=middleware, args=(slow,))
    thread.start()
    middleware(RequestFactory().get("/quick"))
    has_come.set()
    thread.join(SOON)
    assert work.order == ["/quick", "/slow"]
    assert slow.POST["field"] == "value"


def test_without_a_number_nobody_waits(settings: Any) -> None:
    assert settings.REQUESTS_AT_ONCE == 0
    with pytest.raises(MiddlewareNotUsed):
        TurnMiddleware(lambda request: HttpResponse())


def test_turns_are_given_again_after_many_came_and_went() -> None:
    turns = Turns(3)

    def use() -> None:
        for _ in range(200):
            with turns.one():
                pass

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert (turns.free, list(turns.waiting)) == (3, [])

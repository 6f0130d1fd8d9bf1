"""Calls below a roomy frame take no memory from the system, at whatever depth they are made."""

import resource
import sys
import threading
from collections.abc import Callable
from types import FrameType

import pytest

from counseling.frames import SLOTS, roomy
from counseling.server import Dispatcher

pytestmark = pytest.mark.sqlite

DEPTHS, CALLS, SOON = range(400), 50, 10


def leaf() -> None:
    pass


def calls_at(depth: int) -> None:
    if depth:
        calls_at(depth - 1)
        return
    for _ in range(CALLS):
        leaf()


def faults(function: Callable[[], None]) -> int:
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    function()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def at_all_depths() -> None:
    for depth in DEPTHS:
        calls_at(depth)


def in_a_thread(function: Callable[[], None]) -> int:
    """Return how often the function touched memory that its new thread did not have yet."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(faults(function)))
    thread.start()
    thread.join()
    return found[0]


def test_calls_below_a_roomy_frame_take_no_memory():
    @roomy
    def with_room() -> None:
        at_all_depths()

    assert in_a_thread(at_all_depths) > CALLS
    assert in_a_thread(with_room) < CALLS


def test_the_server_works_on_a_request_with_room_for_its_frames():
    class Request:
        """What waitress hands to a working thread."""

        def __init__(self) -> None:
            self.slots: list[int] = []
            self.is_done = threading.Event()

        def service(self) -> None:
            frame: FrameType | None = sys._getframe()
            while frame:
                self.slots.append(frame.f_code.co_stacksize)
                frame = frame.f_back
            self.is_done.set()

    dispatcher, request = Dispatcher(), Request()
    dispatcher.set_thread_count(1)
    dispatcher.add_task(request)
    assert request.is_done.wait(SOON)
    dispatcher.shutdown()
    assert SLOTS in request.slots


def test_a_roomy_function_takes_and_returns_what_it_did():
    @roomy
    def added(one: int, *, other: int) -> int:
        return one + other

    assert added(1, other=2) == 3

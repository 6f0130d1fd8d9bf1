"""Calls below a roomy frame take no memory from the system, at whatever depth they are made."""

import resource
import threading
from collections.abc import Callable

from counseling.frames import roomy

DEPTHS, CALLS = range(400), 50


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


def test_a_roomy_function_takes_and_returns_what_it_did():
    @roomy
    def added(one: int, *, other: int) -> int:
        return one + other

    assert added(1, other=2) == 3

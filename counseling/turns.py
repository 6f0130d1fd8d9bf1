"""Turns: a few at once, the others wait in the order in which they came."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """Lets a number of threads in at once; the others wait, first come, first served."""

    def __init__(self, at_once: int) -> None:
        self.free = at_once
        self.waiting: deque[Lock] = deque()
        self.mine = Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        self._take()
        try:
            yield
        finally:
            self._give()

    def _take(self) -> None:
        with self.mine:
            if self.free:
                self.free -= 1
                return
            called = Lock()
            called.acquire()
            self.waiting.append(called)
        called.acquire()

    def _give(self) -> None:
        """Let in the thread that waits longest, before any that comes now."""
        with self.mine:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.free += 1

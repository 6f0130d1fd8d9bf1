"""Requests each page of each school in rounds that take turns, and keeps the times."""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.many import Crowd
from bench.pages import Page, School

WARM = 2
"""Requests before each round that do not count; they open the connection and fill caches."""
FEW, LONG = 4, 4.0
"""A round of a slow page ends after LONG seconds, but not before FEW requests."""


@dataclass
class Asked:
    """A page of a school with the seconds of each request."""

    school: School
    page: Page
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: float = 0

    def __post_init__(self) -> None:
        client = self.school.client(self.page.username)
        self.answers: Iterator[float] = self.page.ask(client, self.school.addresses)

    def go_on(self, times: int) -> None:
        for _ in range(WARM):
            next(self.answers)
        before, began = self.school.server.cpu_seconds(), time.monotonic()
        for number in range(times):
            if number >= FEW and time.monotonic() - began > LONG:
                break
            self.seconds.append(next(self.answers))
        self.cpu_seconds += self.school.server.cpu_seconds() - before

    @property
    def p50(self) -> float:
        """Return the median, in ms."""
        return statistics.median(self.seconds) * 1000

    @property
    def cpu(self) -> float:
        """Return the processor time of a request, in ms, which a busy machine hardly changes.

        It includes what the page does between requests, such as withdrawing a recap again.
        """
        return self.cpu_seconds / len(self.seconds) * 1000


@dataclass
class Found:
    """The measurements on one database: the bare pages first, then each page of each school."""

    vendor: str
    pages: list[Asked] = field(default_factory=list)
    crowds: dict[str, Crowd] = field(default_factory=dict)

    def of(self, school: str) -> list[Asked]:
        return [one for one in self.pages if one.school.name == school]

    def p50(self, school: str, page: str) -> float | None:
        """Return the median, in ms; None if the page was not measured."""
        return next((one.p50 for one in self.of(school) if one.page.name == page), None)


def in_rounds(asked: Sequence[Asked], rounds: int, times: int) -> None:
    """Send `times` requests to each page in each round, so that a busy moment affects all pages."""
    for _ in range(rounds):
        for one in asked:
            one.go_on(times)

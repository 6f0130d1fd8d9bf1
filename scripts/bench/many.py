"""Many people at once: teachers who all save on the last evening, and people on a school day."""

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.pages import School

ROWS = 2
"""Rows of each teacher's sheet that are saved, then corrected."""
PERCENT = 100
PACE = (2.0, 6.0)
"""Seconds between two requests of one person."""
ONE_SAVE_IN, MOST = 5, 9
PLACES = {
    "wali": ("/", "/rekap/", "/kelas/", "{list}", "/siswa/?q=siti", "{student}"),
    "guru": ("/", "/rekap/", "/siswa/?q=siti", "/akun/"),
    "bk": ("/", "/kasus/", "/kunjungan/", "/siswa/?q=siti", "{case}", "{student}"),
    "koordinator": ("/", "/kasus/", "{case}", "/laporan/", "/kunjungan/"),
    "kepsek": ("/", "/laporan/?by=class", "/laporan/progres/", "/kunjungan/usulan/"),
    "waka": ("/", "/laporan/?by=grade", "/siswa/"),
    "operator": ("/", "/siswa/", "/akun/"),
}
OWN = {"{list}": "wali1", "{case}": "bk1", "{student}": "wali1 bk1"}
"""User names that open these addresses; nobody else does."""


@dataclass
class Person(threading.Thread):
    """A person with a browser, who sends the requests of `way` and keeps the time of each."""

    way: Callable[[], Iterator[float]]
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    # Two threads with equal fields are still two threads.
    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        try:
            self.seconds.extend(self.way())
        except Exception as error:
            self.wrong.append(repr(error))


@dataclass(frozen=True)
class Crowd:
    """The seconds of the answers to many people, and what went wrong."""

    seconds: list[float]
    wrong: list[str]
    took: float

    def percentile(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=PERCENT)[percent - 1] * 1000

    @property
    def longest(self) -> float:
        return max(self.seconds) * 1000

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.took


def all_save(school: School, pause: float) -> Crowd:
    """Let every teacher save rows of their own sheet, with a pause of `pause` seconds."""
    return _together([_saving(school, sheet, pause) for sheet in school.sheets])


def all_visit(school: School, people: int, seconds: float) -> Crowd:
    """Let so many people open usual pages or save a row, with a request every few seconds."""
    names = sorted(school.people)
    sheets = {sheet["username"]: sheet for sheet in school.sheets}
    ways = []
    for number in range(people):
        username = names[number % len(names)]
        sheet = sheets.get(username)
        ways.append(_visiting(school, username, sheet, number // len(names), seconds))
    return _together(ways)


def _together(ways: Sequence[Callable[[], Iterator[float]]]) -> Crowd:
    people = [Person(way) for way in ways]
    began = time.perf_counter()
    for person in people:
        person.start()
    for person in people:
        person.join()
    took = time.perf_counter() - began
    seconds = [one for person in people for one in person.seconds]
    return Crowd(seconds, [wrong for person in people for wrong in person.wrong], took)


def _saving(school: School, sheet: dict[str, Any], pause: float) -> Callable[[], Iterator[float]]:
    def way() -> Iterator[float]:
        client = school.client(sheet["username"])
        client.page(sheet["url"])
        time.sleep(random.uniform(0, pause))  # noqa: S311
        for student in sheet["students"][:ROWS]:
            version = 0
            for absent in (2, 3):
                row = f"{sheet['url']}siswa/{student}/"
                seconds, version = client.save(row, read_at=version, absent=absent)
                yield seconds
                time.sleep(pause)

    return way


def _visiting(
    school: School, username: str, sheet: dict[str, Any] | None, number: int, lasts: float
) -> Callable[[], Iterator[float]]:
    """Return what one person does in `lasts` seconds, as an iterator of the seconds of each answer.

    People with the same user name have different numbers, and save different rows of the sheet.
    """
    rng = random.Random(f"{username} {number}")  # noqa: S311
    kind = username.rstrip("0123456789")
    places = [at for at in PLACES[kind] if username in OWN.get(at, username).split()]
    addresses = [at.format(**school.addresses) for at in places]
    row = f"{sheet['url']}siswa/{sheet['students'][ROWS + number]}/" if sheet else ""

    def way() -> Iterator[float]:
        until, version = time.perf_counter() + lasts, 0
        client = school.client(username)
        time.sleep(rng.uniform(0, PACE[1]))
        while time.perf_counter() < until:
            if row and rng.randrange(ONE_SAVE_IN) == 0:
                seconds, version = client.save(row, read_at=version, sick=rng.randrange(MOST))
                yield seconds
            else:
                yield client.page(rng.choice(addresses))
            time.sleep(rng.uniform(*PACE))

    return way

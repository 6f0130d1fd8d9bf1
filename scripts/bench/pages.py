"""The pages and submits that are measured, each for a person who uses it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from bench.client import Client
from bench.servers import Server

BARE_MS = 1.9
"""Time of the bare page on the machine on which the goals were set."""


@dataclass
class School:
    """A served school, with its signed-in people and its addresses."""

    name: str
    server: Server
    people: dict[str, dict[str, Any]]
    addresses: dict[str, Any]
    sheets: list[dict[str, Any]]

    def client(self, username: str) -> Client:
        if not username:
            return Client(self.server.port)
        person = self.people[username]
        return Client(self.server.port, person["session"], person["id"])


Ask = Callable[[Client, dict[str, Any]], Iterator[float]]
"""Sends one request after the other without end, and yields the seconds of each."""


@dataclass(frozen=True)
class Page:
    name: str
    username: str
    ask: Ask
    goal_ms: float = 0
    """On the machine of the goals; 0 if the page has no goal."""

    @property
    def goal(self) -> float:
        """Return the goal in bare pages."""
        return self.goal_ms / BARE_MS


def at(path: str) -> Ask:
    """Return what opens a page again and again, e.g. `at("{case}")`."""

    def ask(client: Client, addresses: dict[str, Any]) -> Iterator[float]:
        address = path.format(**addresses)
        while True:
            yield client.page(address)

    return ask


def saved(client: Client, addresses: dict[str, Any]) -> Iterator[float]:
    """Save a row of the sheet, each time with another number."""
    row = f"{addresses['sheet']}siswa/{addresses['pupil']}/"
    version = client.version_of(row)
    for number in count(1):
        seconds, version = client.save(row, read_at=version, sick=number % 5)
        yield seconds


def handed_over(client: Client, addresses: dict[str, Any]) -> Iterator[float]:
    """Hand the sheet over, and withdraw it at once; only handing over is timed."""
    row = f"{addresses['sheet']}siswa/{addresses['other_pupil']}/"
    client.save(row, read_at=client.version_of(row), sick=1)
    while True:
        seconds = client.post(f"{addresses['sheet']}serahkan/")
        client.post(f"/rekap/{addresses['recap']}/tarik/")
        yield seconds


def added(client: Client, addresses: dict[str, Any]) -> Iterator[float]:
    while True:
        yield client.post("/rows/add/", name="Row", text="Nothing to see here. " * 3)


BARE = (
    Page("bare: empty signed-in page", "somebody", at("/")),
    Page("bare: list of 50 rows", "somebody", at("/rows/")),
    Page("bare: one insert", "somebody", added),
)
PAGES = (
    Page("sign-in page", "", at("/masuk/"), 2.5),
    Page("account", "guru1", at("/akun/"), 3.8),
    Page("recap sheet of 34", "guru1", at("{sheet}"), 9),
    Page("my recaps", "guru1", at("/rekap/"), 9),
    Page("class list", "wali1", at("{list}"), 14),
    Page("cases, 50 rows", "koordinator", at("/kasus/?semester={past}&status=all"), 12),
    Page("cases, default", "koordinator", at("/kasus/"), 12),
    Page("cases, search", "koordinator", at("/kasus/?semester=all&status=all&q=siti"), 8),
    Page("case", "bk1", at("{case}"), 14),
    Page("dashboard by grade", "kepsek", at("/laporan/?by=grade"), 10),
    Page("dashboard by class", "kepsek", at("/laporan/?by=class"), 14),
    Page("progress", "kepsek", at("/laporan/progres/"), 12),
    Page("visits", "bk1", at("/kunjungan/"), 12),
    Page("students, 50 rows", "guru1", at("/siswa/"), 9),
    Page("students, search", "guru1", at("/siswa/?q=siti")),
    Page("one student", "guru1", at("{student}"), 9),
    Page("one student, for the homeroom", "wali1", at("{student}")),
    Page("one student, for the counselor", "bk1", at("{student}")),
    Page("home of a teacher", "guru1", at("/"), 9),
    Page("home of a homeroom teacher", "wali1", at("/"), 10),
    Page("home of the principal", "kepsek", at("/"), 9),
    Page("home of a counselor", "bk1", at("/"), 14),
    Page("save one row", "guru1", saved, 8),
    Page("hand over", "guru1", handed_over, 12),
)

"""Files as Google gives them, of the students of the small school."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

Table = list[list[str]]


def written(rows: Iterable[Sequence[object]], separator: str = ",") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def address(name: str) -> str:
    return f"{name.replace(' ', '').lower()}@siswa.sch.id"


def classroom(days: dict[str, date | str], marks: dict[str, Sequence[str]]) -> Table:
    """Return grades: title → day of assignments, name → marks."""
    texts = [day if isinstance(day, str) else day.isoformat() for day in days.values()]
    return [
        ["Last Name", "First Name", "Email Address", *days],
        ["Date", "", "", *texts],
        ["Points", "", "", *["100"] * len(days)],
        *[
            [name.rpartition(" ")[2], name.rpartition(" ")[0], address(name), *given]
            for name, given in marks.items()
        ],
    ]


def meet(minutes: dict[str, str]) -> Table:
    """Return the participants of a meeting: name → how long."""
    return [
        ["First name", "Last name", "Email", "Duration", "Time joined", "Time exited"],
        *[
            [
                *(name.rpartition(" ")[0], name.rpartition(" ")[2], address(name), said),
                *("7:32 AM", "8:27 AM"),
            ]
            for name, said in minutes.items()
        ],
    ]


def form(answers: Iterable[tuple[date, str, str, str]]) -> Table:
    """Return answers: day, name, class, attendance."""
    return [
        ["Timestamp", "Email Address", "Nama Lengkap", "Kelas", "Kehadiran"],
        *[
            [f"{day.month}/{day.day}/{day.year} 7:{n % 60:02}:11", address(name), name, *more]
            for n, (day, name, *more) in enumerate(answers)
        ],
    ]

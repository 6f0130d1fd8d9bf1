"""The machine that measures and the versions of its programs, as one line for the document."""

import datetime
import os
import platform
import sqlite3

import django


def described() -> str:
    day = datetime.date.today().isoformat()  # noqa: DTZ011  (the day of the machine that measured)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"Measured by `make bench` on {day}: {os.cpu_count()} cores, load {load} before it began; "
        f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )

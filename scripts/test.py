"""Runs all tests: on SQLite, on PostgreSQL where it answers, in Chromium where it is found.

The last line says what was left out, and why. Exits non-zero where a test fails, and with
REQUIRE_ALL=1 also where something was left out.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test"
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
USUAL = "not bench and not trust"
# Each row of the lifecycle tables, in each state, by each person: no database decides that.
# `make trust` asks it of both all the same.
ONCE = "--ignore=counseling/tests/test_lifecycles.py"
# Settings of the person's own shell, which must not decide what the tests see.
OURS = {"DATABASE_URL", "DEBUG", "SECURE", "SECRET_KEY", "MEDIA_ROOT", "ALLOWED_HOSTS"}


def main() -> int:
    began = time.monotonic()
    left_out: list[str] = []
    ok = run("SQLite", f"{USUAL} and not browser", left_out)
    if refused := why_no_postgresql():
        left_out.append(f"PostgreSQL ({refused})")
    else:
        marks = f"{USUAL} and not browser"
        fewer = {"DATABASE_URL": POSTGRESQL, "HYPOTHESIS_PROFILE": "brief"}
        ok &= run("PostgreSQL", marks, left_out, ONCE, **fewer)
    if any(map(shutil.which, CHROMIUM_NAMES)):
        ok &= run("Chromium", f"{USUAL} and browser", left_out)
    else:
        left_out.append("browser tests (no Chromium found)")
    print(f"\nall tests: {'passed' if ok else 'FAILED'} in {time.monotonic() - began:.0f} s")
    print(f"left out: {'; '.join(left_out) or 'none'}")
    complete = not left_out or os.environ.get("REQUIRE_ALL") != "1"
    return 0 if ok and complete else 1


def run(name: str, marks: str, left_out: list[str], *more: str, **env: str) -> bool:
    """Whether every test with these marks passed; what pytest skipped is added to `left_out`."""
    print(f"\n== {name}", flush=True)
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name.lower()}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks, f"--junitxml={report}"]
    command += ["-n", os.environ.get("TEST_WORKERS", "2"), "--dist", "loadgroup", *more]
    clean = {key: value for key, value in os.environ.items() if key not in OURS}
    result = subprocess.run(command, cwd=ROOT, env=clean | env, check=False)
    if skipped := reasons_skipped(report):
        left_out.append(f"{len(skipped)} skipped on {name} ({', '.join(sorted(set(skipped)))})")
    return result.returncode == 0


def reasons_skipped(report: Path) -> list[str]:
    if not report.exists():
        return []
    skipped = ElementTree.parse(report).iter("skipped")  # noqa: S314  (pytest wrote it)
    return [element.get("message") or "no reason" for element in skipped]


def why_no_postgresql() -> str:
    """Why PostgreSQL cannot be tested; empty if it answers."""
    try:
        psycopg2.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


if __name__ == "__main__":
    sys.exit(main())

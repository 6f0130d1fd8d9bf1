"""Runs all tests: on SQLite, on PostgreSQL where it answers, in Chromium where it is found.

The stages run at the same time, each in processes of its own, and are printed one after the other.
The last line says what was left out, and why. Exits non-zero where a test fails, and with
REQUIRE_ALL=1 also where something was left out.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
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
# The databases share the cores; Chromium, which mostly waits, runs beside them.
WORKERS = int(os.environ.get("TEST_WORKERS") or max(1, (os.cpu_count() or 2) // 2))
GLANCE = 0.2


@dataclass
class Stage:
    """One run of pytest, which writes what it says into a file."""

    name: str
    marks: str
    more: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    workers: int = WORKERS
    seconds: float = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name.lower()}.xml"

    @property
    def log(self) -> Path:
        return self.report.with_suffix(".log")

    def start(self) -> None:
        self.report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "-m", f"{USUAL} and {self.marks}"]
        # Tests that are in the same process share what was loaded for one of them.
        command += ["-n", str(self.workers if self.workers > 1 else 0), "--dist", "loadgroup"]
        command += [f"--junitxml={self.report}", *self.more]
        clean = {key: value for key, value in os.environ.items() if key not in OURS}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=clean | self.env, stdout=self.log.open("w"), stderr=-2
        )

    def has_ended(self) -> bool:
        """Return whether it is over, and remember how long it took when it is."""
        assert self.process is not None
        if self.process.poll() is None:
            return False
        self.seconds = self.seconds or time.monotonic() - self.began
        return True

    def left_out(self) -> str:
        """Return how many tests pytest skipped, and why; empty if none."""
        skipped = list(reasons_skipped(self.report))
        reasons = ", ".join(sorted(set(skipped)))
        return f"{len(skipped)} skipped on {self.name} ({reasons})" if skipped else ""


def main() -> int:
    began = time.monotonic()
    stages, left_out = stages_to_run()
    REPORTS.mkdir(parents=True, exist_ok=True)
    try:
        for stage in stages:
            stage.start()
        for stage in stages:
            follow(stage, stages)
    finally:
        for stage in stages:
            if stage.process:
                stage.process.terminate()
    ok = all(stage.process and stage.process.returncode == 0 for stage in stages)
    left_out += filter(None, (stage.left_out() for stage in stages))
    took = "; ".join(f"{stage.name} {stage.seconds:.0f}" for stage in stages)
    passed = "passed" if ok else "FAILED"
    print(f"\nall tests: {passed} in {time.monotonic() - began:.0f} s ({took})")
    print(f"left out: {'; '.join(left_out) or 'none'}")
    complete = not left_out or os.environ.get("REQUIRE_ALL") != "1"
    return 0 if ok and complete else 1


def stages_to_run() -> tuple[list[Stage], list[str]]:
    """Return what can be run here, and what is left out."""
    stages, left_out = [Stage("SQLite", "not browser")], []
    if refused := why_no_postgresql():
        left_out.append(f"PostgreSQL ({refused})")
    else:
        fewer = {"DATABASE_URL": POSTGRESQL, "HYPOTHESIS_PROFILE": "brief"}
        stages.append(Stage("PostgreSQL", "not browser", (ONCE,), fewer))
    if any(map(shutil.which, CHROMIUM_NAMES)):
        stages.append(Stage("Chromium", "browser", workers=1))
    else:
        left_out.append("browser tests (no Chromium found)")
    return stages, left_out


def follow(stage: Stage, stages: list[Stage]) -> None:
    """Print what the stage has said and goes on saying, until it is over."""
    print(f"\n== {stage.name}", flush=True)
    with stage.log.open() as log:
        while True:
            ended = [each.has_ended() for each in stages][stages.index(stage)]
            print(log.read(), end="", flush=True)
            if ended:
                return
            time.sleep(GLANCE)


def reasons_skipped(report: Path) -> Iterator[str]:
    if report.exists():
        tree = ElementTree.parse(report)  # noqa: S314  (pytest wrote it)
        for element in tree.iter("skipped"):
            yield element.get("message") or "no reason"


def why_no_postgresql() -> str:
    """Return why PostgreSQL cannot be tested; empty if it answers."""
    try:
        psycopg2.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


if __name__ == "__main__":
    sys.exit(main())

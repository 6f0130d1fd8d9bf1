"""Stages of tests that run side by side, each in processes of its own."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test"
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome")
# The part of Chromium that draws pages takes a fifth less of the processor than the whole.
CHROMIUM_NAMES = ("chromium-headless-shell", *WITH_WINDOWS)
# Settings of the person's shell that must not influence the tests.
OURS = {"DATABASE_URL", "DEBUG", "SECURE", "SECRET_KEY", "MEDIA_ROOT", "ALLOWED_HOSTS"}
# The two databases share the cores; Chromium often waits, so it runs beside them.
WORKERS = int(os.environ.get("TEST_WORKERS") or max(1, (os.cpu_count() or 2) // 2))
GLANCE = 0.2


@dataclass
class Stage:
    """One run of pytest, whose output goes to a file."""

    name: str
    marks: str
    more: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    workers: int = WORKERS
    of: str = "test"
    seconds: float = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.of}-{self.name.lower()}.xml"

    def start(self) -> None:
        REPORTS.mkdir(parents=True, exist_ok=True)
        self.report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", "-m", self.marks, *self.more]
        # Tests in the same process share the school that was made for one of them.
        command += ["-n", str(self.workers if self.workers > 1 else 0), "--dist", "loadgroup"]
        command += [f"--junitxml={self.report}"]
        clean = {key: value for key, value in os.environ.items() if key not in OURS}
        self.began = time.monotonic()
        with self.report.with_suffix(".log").open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=clean | self.env, stdout=log, stderr=subprocess.STDOUT
            )

    def has_ended(self) -> bool:
        """Return whether it is over, and remember how long it took when it is."""
        if self.process is None or self.process.poll() is None:
            return False
        self.seconds = self.seconds or time.monotonic() - self.began
        return True

    def passed(self) -> bool:
        return self.process is not None and self.process.returncode == 0

    def left_out(self) -> str:
        """Return how many tests pytest skipped, and why; empty if none."""
        skipped = list(reasons_skipped(self.report))
        reasons = ", ".join(sorted(set(skipped)))
        return f"{len(skipped)} skipped on {self.name} ({reasons})" if skipped else ""


def run(stages: list[Stage]) -> bool:
    """Run the stages side by side, print one after the other; return whether all passed."""
    try:
        for stage in stages:
            stage.start()
        for stage in stages:
            follow(stage, stages)
    finally:
        for stage in stages:
            if stage.process:
                stage.process.terminate()
    return all(stage.passed() for stage in stages)


def follow(stage: Stage, stages: list[Stage]) -> None:
    """Print the stage's output until it is over."""
    print(f"\n== {stage.name}", flush=True)
    with stage.report.with_suffix(".log").open() as log:
        ended = False
        while not ended:
            time.sleep(GLANCE)
            ended = [each for each in stages if each.has_ended()].count(stage) > 0
            print(log.read(), end="", flush=True)


def modules_with(*words: str) -> tuple[str, ...]:
    """Return the modules of tests in which one of these words is."""
    return _modules(lambda text: any(word in text for word in words))


def modules_not_all(*marks: str) -> tuple[str, ...]:
    """Return the modules of tests that give none of these marks to all their tests in one line.

    What need not be read for a stage need not be imported for it either.
    """
    line = re.compile(rf"^pytestmark = .*\bmark\.({'|'.join(marks)})\b", re.MULTILINE)
    return _modules(lambda text: not line.search(text))


def _modules(is_wanted: Callable[[str], bool]) -> tuple[str, ...]:
    modules = sorted(ROOT.glob("*/tests/**/test_*.py"))
    found = [path for path in modules if is_wanted(path.read_text())]
    return tuple(str(path.relative_to(ROOT)) for path in found)


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


def chromium(names: Iterable[str] = CHROMIUM_NAMES) -> str | None:
    """Return where the first Chromium of these names is, if one is installed."""
    return next(filter(None, map(shutil.which, names)), None)


def why_no_chromium() -> str:
    return "" if chromium() else "no Chromium found"

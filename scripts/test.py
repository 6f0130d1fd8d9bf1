"""Runs all tests: on SQLite, on PostgreSQL if it answers, in Chromium if it is found.

The last line says what was left out, and why. Exits non-zero if a test fails, and with
REQUIRE_ALL=1 also if something was left out.
"""

import os
import sys
import time
from tempfile import TemporaryDirectory

from stages import (
    POSTGRESQL,
    Stage,
    modules_not_all,
    modules_with,
    run,
    why_no_chromium,
    why_no_postgresql,
)

USUAL = "not trust"
# The tests of the rooms, and threads, beside those that cross rooms: no core is idle at the end.
ROOMS = ("workflow", "school", "recaps", "cases", "homevisits", "support", "reports")
# What walks through all pages: PostgreSQL alone refuses what is too long for a column.
ON_POSTGRESQL = ("bad_input", "guides", "titles")


def main() -> int:
    began = time.monotonic()
    stages, left_out = stages_to_run()
    with TemporaryDirectory(prefix="sambang-") as shared:
        for stage in stages:
            stage.env["SHORT"] = "1"
            if "DATABASE_URL" not in stage.env:
                stage.env["SHARED"] = shared
        ok = run(stages)
    left_out += filter(None, (stage.left_out() for stage in stages))
    took = ", ".join(f"{stage.name} {stage.seconds:.0f}" for stage in stages)
    passed = "passed" if ok else "FAILED"
    print(f"\nall tests: {passed} in {time.monotonic() - began:.0f} s ({took})")
    print(f"left out: {'; '.join(left_out) or 'none'}")
    complete = not left_out or os.environ.get("REQUIRE_ALL") != "1"
    return 0 if ok and complete else 1


def stages_to_run() -> tuple[list[Stage], list[str]]:
    """Return what can be run here, and what is left out."""
    first = Stage("SQLite", f"{USUAL} and not browser and not concurrency", ("counseling",))
    threads = modules_with("mark.concurrency")
    rooms = Stage("SQLite-rooms", f"{USUAL} and not browser", (*ROOMS, *threads))
    stages, left_out = [first, rooms], []
    if refused := why_no_postgresql():
        left_out.append(f"PostgreSQL ({refused})")
    else:
        first.more += tuple(f"--ignore=counseling/tests/test_{name}.py" for name in ON_POSTGRESQL)
        fewer = {"DATABASE_URL": POSTGRESQL, "HYPOTHESIS_PROFILE": "brief"}
        marks = f"{USUAL} and not browser and not once"
        modules = modules_not_all("browser", "once", "sqlite", "trust")
        stages.append(Stage("PostgreSQL", marks, modules, env=fewer))
    if refused := why_no_chromium():
        left_out.append(f"browser tests ({refused})")
    else:
        modules = modules_with("mark.browser")
        stages.append(Stage("Chromium", f"{USUAL} and browser", modules, workers=1))
    return stages, left_out


if __name__ == "__main__":
    sys.exit(main())

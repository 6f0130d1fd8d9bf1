"""Runs the long trust tests on each database and writes their figures into docs/trust.md."""

import datetime
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "test"
DOCUMENT = ROOT / "docs" / "trust.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
HEAD = "| figure | SQLite | PostgreSQL |\n| --- | ---: | ---: |\n"
TESTS = (
    *("workflow", "counseling/tests/test_access.py", "counseling/tests/test_logs.py"),
    *("counseling/tests/test_lifecycles.py", "counseling/tests/test_histories.py"),
    "counseling/tests/test_submit_threads.py",
)


def main() -> int:
    """Zero where every test passed on every database that answers."""
    databases = {"SQLite": {}}
    if answers():
        databases["PostgreSQL"] = {"DATABASE_URL": POSTGRESQL}
    figures: dict[str, dict[str, str]] = {}
    ok = True
    for name, environment in databases.items():
        ok &= run(name, environment)
        figures[name] = figures_of(REPORTS / f"trust-{name.lower()}.xml")
    table = as_table(figures)
    print(table)
    if ok and len(databases) > 1:
        write(table)
    return 0 if ok else 1


def answers() -> bool:
    try:
        psycopg2.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        print(f"PostgreSQL is left out: {str(error).strip()}")
        return False
    return True


def run(name: str, environment: dict[str, str]) -> bool:
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"trust-{name.lower()}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", *TESTS]
    command += ["-m", "not bench and not browser", f"--junitxml={report}"]
    whole = {**os.environ, "HYPOTHESIS_PROFILE": "long", **environment}
    return subprocess.run(command, cwd=ROOT, env=whole, check=False).returncode == 0


def figures_of(report: Path) -> dict[str, str]:
    """What the tests recorded, summed over their parts; how many there were, how many failed."""
    found: dict[str, int] = {}
    tree = ElementTree.parse(report)  # noqa: S314  (pytest wrote it)
    for each in tree.iter("property"):
        name = each.get("name", "")
        found[name] = found.get(name, 0) + int(each.get("value", "0"))
    suite = next(tree.iter("testsuite"))
    found["tests"] = int(suite.get("tests", "0"))
    found["failed"] = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
    found["seconds"] = round(float(suite.get("time", "0")))
    return {name: f"{value:,}" for name, value in found.items()}


def as_table(figures: dict[str, dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for each in figures.values() for name in each))
    cells = [
        [figures.get(db, {}).get(name, "–") for db in ("SQLite", "PostgreSQL")] for name in names
    ]
    rows = [f"| {name} | {a} | {b} |" for name, (a, b) in zip(names, cells, strict=True)]
    return HEAD + "\n".join(rows) + "\n"


def write(table: str) -> None:
    """Between the marks, with the day."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    day = datetime.date.today().isoformat()  # noqa: DTZ011  (the day of the machine that measured)
    DOCUMENT.write_text(
        f"{before}{BEGIN}\nMeasured by `make trust` on {day}.\n\n{table}{END}{after}"
    )


if __name__ == "__main__":
    sys.exit(main())

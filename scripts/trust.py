"""Runs the long trust tests on each database and writes their figures into docs/trust.md.

To run a part of them: `scripts/trust.py -k threads` runs what matches, and writes nothing.
"""

import datetime
import sys
from xml.etree import ElementTree

from stages import POSTGRESQL, ROOT, Stage, modules_with, run, why_no_chromium, why_no_postgresql

DOCUMENT = ROOT / "docs" / "trust.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
ONCE = "pytest.mark.once"
LONG = {"HYPOTHESIS_PROFILE": "long"}
TESTS = (
    *("workflow", "counseling/tests/test_access.py", "counseling/tests/test_logs.py"),
    *("counseling/tests/test_bad_input.py", "counseling/tests/test_access_first_steps.py"),
    "counseling/tests/test_demo_queries.py",
    "counseling/tests/test_leaks.py",
    *("counseling/tests/test_lifecycles.py", "counseling/tests/test_histories.py"),
    *("counseling/tests/test_submit_threads.py", "counseling/tests/test_sign_in_load.py"),
    *("counseling/tests/test_demo_load.py", "counseling/tests/test_demo_scale.py"),
    *("counseling/tests/test_server.py", "counseling/tests/test_import_mutations.py"),
    "counseling/tests/test_google_mutations.py",
    "counseling/tests/test_photo_uploads.py",
    *("counseling/tests/test_numbers_open.py", "counseling/tests/test_numbers_of_demo.py"),
    *("counseling/tests/semesters", "counseling/tests/test_report_files.py"),
    "reports/tests/test_small_numbers.py",
)
IN_A_BROWSER = ("counseling/tests/test_axe.py", "counseling/tests/test_large_text.py")


def main(chosen: list[str]) -> int:
    """Return 0 if every test passed, else 1; write the figures if nothing was left out."""
    stages = [
        database("SQLite", {}, (*TESTS, *chosen)),
        database(
            "PostgreSQL", {"DATABASE_URL": POSTGRESQL}, (*TESTS, *modules_with(ONCE), *chosen)
        ),
    ]
    stages.append(
        Stage("Chromium", "trust and browser", (*IN_A_BROWSER, *chosen), workers=1, of="trust")
    )
    missing = {"PostgreSQL": why_no_postgresql(), "Chromium": why_no_chromium()}
    stages = [stage for stage in stages if not missing.get(stage.name)]
    ok = run(stages)
    table = as_table({stage.name: figures_of(stage) for stage in stages})
    print(f"\n{table}")
    for name, reason in missing.items():
        if reason:
            print(f"{name} is left out: {reason}")
    if ok and not chosen and not any(missing.values()):
        write(table)
    return 0 if ok else 1


def database(name: str, environment: dict[str, str], more: tuple[str, ...]) -> Stage:
    return Stage(name, "not browser", more, LONG | environment, of="trust")


def figures_of(stage: Stage) -> dict[str, str]:
    """Return the sums of what the tests recorded, the number of tests, and how many failed."""
    found: dict[str, int] = {}
    tree = ElementTree.parse(stage.report)  # noqa: S314  (pytest wrote it)
    for each in tree.iter("property"):
        name = each.get("name", "")
        found[name] = found.get(name, 0) + int(each.get("value", "0"))
    suite = next(tree.iter("testsuite"))
    found["tests"] = int(suite.get("tests", "0"))
    found["failed"] = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
    found["seconds, all at once"] = round(stage.seconds)
    return {name: f"{value:,}" for name, value in found.items()}


def as_table(figures: dict[str, dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for each in figures.values() for name in each))
    names.sort(key=lambda name: name in {"tests", "failed", "seconds, all at once"})
    lines = [row("figure", *figures), row("---", *["---:"] * len(figures))]
    lines += [row(name, *(found.get(name, "–") for found in figures.values())) for name in names]
    return "\n".join(lines) + "\n"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def write(table: str) -> None:
    """Write the table and the day between the marks of the document."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    day = datetime.date.today().isoformat()  # noqa: DTZ011  (the day of the machine that measured)
    DOCUMENT.write_text(
        f"{before}{BEGIN}\nMeasured by `make trust` on {day}.\n\n{table}{END}{after}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Finds faults in the layout of templates; `make check` fails on them.

See docs/decisions/0018-templates-laid-out-for-the-reader.md.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_LINE = 120
BROKEN_TAG = re.compile(r"\{(?:%(?:(?!%\}).)*\n|\{(?:(?!\}\}).)*\n|#(?:(?!#\}).)*\n)")


def faults(source: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line with a fault, and what it is."""
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield number, f"{len(line)} characters, at most {LONGEST_LINE}"
        if line != line.rstrip() or "\t" in line:
            yield number, "a tab, or white space at the end"
    for broken in BROKEN_TAG.finditer(source):
        yield source.count("\n", 0, broken.start()) + 1, "a tag of Django broken over lines"


def main() -> int:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {fault}"
        for pattern in ("templates/**/*.html", "*/templates/**/*.html")
        for path in sorted(ROOT.glob(pattern))
        for number, fault in faults(path.read_text())
    ]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

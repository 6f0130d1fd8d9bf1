"""Measures the pages, and many people at once, beside a bare Django in the same run.

make bench                                  everything, into docs/speed.md
python scripts/bench --quick                the pages of the demo school on SQLite, in a minute
python scripts/bench --quick --page case    those whose name has "case" in it
"""

import argparse
import sys
from contextlib import ExitStack

from measure import Asked, in_rounds, table
from pages import BARE, PAGES
from schools import KINDS, Database, bare, prepare, school


def main() -> int:
    options = parsed()
    prepare()
    for database in (Database("SQLite"),):
        print(f"\n== {database.vendor}", flush=True)
        pages(database, options)
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few requests, the demo school alone")
    parser.add_argument("--page", default="", help="only pages with this in their name")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    options.times = 8 if options.quick else 40
    options.schools = ["demo"] if options.quick else list(KINDS)
    return options


def pages(database: Database, options: argparse.Namespace) -> None:
    chosen = [page for page in PAGES if options.page in page.name]
    with ExitStack() as stack:
        plain = stack.enter_context(bare(database))
        schools = [stack.enter_context(school(database, kind)) for kind in options.schools]
        asked = [Asked(plain, page) for page in BARE]
        asked += [Asked(one, page) for page in chosen for one in schools]
        in_rounds(asked, options.rounds, options.times)
    print(table(asked))


if __name__ == "__main__":
    sys.exit(main())

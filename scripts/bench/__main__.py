"""Measures pages and many people at once on each database; a whole run writes docs/speed.md.

make bench                                everything: an hour
make bench ARGS="--quick"                 pages of the demo school on SQLite: a minute
make bench ARGS="--quick --page case"     those with "case" in their name
make bench ARGS="--school years"          the demo school and the one of 20 years
make bench ARGS="--only many --database PostgreSQL"
"""

import argparse
import signal
import sys
from contextlib import ExitStack

from stages import POSTGRESQL, why_no_postgresql

from bench import document, machine
from bench.many import all_save, all_visit
from bench.measure import Asked, Found, in_rounds
from bench.pages import BARE, PAGES
from bench.schools import DEMO, KINDS, Database, bare, prepare, school

HUMAN_PACE = 3.0
"""Seconds between two rows that a teacher types."""
PEOPLE, LASTS = 200, 60.0


def main() -> int:
    options = parsed()
    # SIGTERM must also end the servers that this process started.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    began = machine.described()
    prepare()
    found = []
    for database in databases(options.database):
        print(f"\n== {database.vendor}", flush=True)
        found.append(measured(database, options))
        print(document.for_terminal(found[-1]), flush=True)
    if len(sys.argv) == 1 and len(found) > 1:
        document.write(began, found)
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="bench"
    )
    parser.add_argument("--quick", action="store_true", help="few requests, one school, SQLite")
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), help="one of the two")
    parser.add_argument("--school", choices=KINDS, help="beside the demo school, this one alone")
    parser.add_argument("--page", default="", help="only pages with this in their name")
    parser.add_argument("--only", choices=("pages", "many"), help="one of the two")
    options = parser.parse_args()
    options.rounds, options.times = 5, 8 if options.quick else 40
    options.schools = list(KINDS)
    if options.quick or options.school:
        options.schools = list(dict.fromkeys((DEMO, options.school or DEMO)))
    if options.quick:
        options.database = options.database or "SQLite"
        options.only = options.only or "pages"
    return options


def databases(chosen: str | None) -> list[Database]:
    """Return the databases that answer, or only the chosen one."""
    reason = why_no_postgresql()
    if reason and chosen != "SQLite":
        print(f"PostgreSQL is left out: {reason}")
    found = [Database("SQLite"), *([] if reason else [Database("PostgreSQL", POSTGRESQL)])]
    return [database for database in found if chosen in (None, database.vendor)]


def measured(database: Database, options: argparse.Namespace) -> Found:
    found = Found(database.vendor)
    if options.only != "many":
        found.pages = pages(database, options)
    if options.only != "pages":
        many(database, found)
    return found


def pages(database: Database, options: argparse.Namespace) -> list[Asked]:
    chosen = [page for page in PAGES if options.page in page.name]
    with ExitStack() as stack:
        plain = stack.enter_context(bare(database))
        schools = [stack.enter_context(school(database, kind)) for kind in options.schools]
        asked = [Asked(plain, page) for page in BARE]
        asked += [Asked(one, page) for page in chosen for one in schools]
        in_rounds(asked, options.rounds, options.times)
    return asked


def many(database: Database, found: Found) -> None:
    """Measure each crowd on a fresh copy of the demo school."""
    with school(database, DEMO) as one:
        found.crowds["45 save, no pause"] = all_save(one, 0)
    with school(database, DEMO) as one:
        found.crowds["45 save, a row every 3 s"] = all_save(one, HUMAN_PACE)
    with school(database, DEMO) as one:
        found.crowds["200 people"] = all_visit(one, PEOPLE, LASTS)


if __name__ == "__main__":
    sys.exit(main())

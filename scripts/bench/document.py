"""The figures as tables: for the terminal, and between the marks of docs/speed.md."""

from collections.abc import Iterable

from bench.measure import Asked, Found
from bench.pages import BARE, PAGES, Page
from bench.schools import DEMO, LARGE, TIMES, YEARS
from bench.servers import ROOT

DOCUMENT = ROOT / "docs" / "speed.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
EMPTY = BARE[0].name
NO_GOAL = "–"
GROWN = {
    YEARS: ("20 years", 1.15),
    LARGE: ("20 years of 6,500 students", 1.5),
    TIMES: ("81,000 students", 1.5),
}
CROWD_GOALS = {
    "45 save, no pause": {"p95": 400, "longest": 600},
    "45 save, a row every 3 s": {"p95": 60},
    "200 people": {"p95": 100, "longest": 500},
}


def for_terminal(found: Found) -> str:
    return "\n".join([*_pages_as_lines(found), *_crowds_as_lines(found)])


def write(machine: str, found: list[Found]) -> None:
    """Write the tables between the marks of the document."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    tables = "\n\n".join([f"{machine}.", _pages(found), _growth(found), _crowds(found)])
    DOCUMENT.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}")


def _pages_as_lines(found: Found) -> Iterable[str]:
    if not found.pages:
        return
    empty = found.pages[0]
    heads = "".join(f"{head:>9}" for head in ("p50 ms", "of bare", "cpu ms", "of bare", "goal"))
    yield f"{'school':6} {'page':30}{heads}"
    for one in found.pages:
        figures = (one.p50, one.p50 / empty.p50, one.cpu, one.cpu / (empty.cpu or 1))
        goal = f"{one.page.goal:9.1f}" if one.page.goal else ""
        cells = "".join(f"{figure:9.1f}" for figure in figures)
        yield f"{one.school.name:6} {one.page.name:30}{cells}{goal}{_grown(found, one)}"


def _grown(found: Found, one: Asked) -> str:
    """Return the growth against the demo school, in time and in processor time, as text."""
    first = next((o for o in found.of(DEMO) if o.page == one.page), one)
    if first is one:
        return ""
    return f"  grew {one.p50 / first.p50:.2f}, cpu {one.cpu / (first.cpu or 1):.2f}"


def _crowds_as_lines(found: Found) -> Iterable[str]:
    for name, crowd in found.crowds.items():
        cells = " ".join(f"p{n} {crowd.percentile(n):.0f}" for n in (50, 95, 99))
        yield (
            f"{name:26} {len(crowd.seconds)} answers, {crowd.a_second:.0f} a second: "
            f"{cells} longest {crowd.longest:.0f} ms; {len(crowd.wrong)} wrong {crowd.wrong[:2]}"
        )


def _pages(found: list[Found]) -> str:
    """Return the table of the demo school's pages, in ms and in bare pages."""
    head = ["page"]
    for each in found:
        head += [f"{each.vendor}, ms", "of bare"]
    lines = [[page.name, *_page_cells(found, "bare", page)] for page in BARE]
    lines += [[page.name, *_page_cells(found, DEMO, page)] for page in PAGES]
    return _table([*head, "goal, of bare"], lines)


def _page_cells(found: list[Found], school: str, page: Page) -> list[str]:
    cells = []
    for each in found:
        p50, empty = each.p50(school, page.name), each.p50("bare", EMPTY)
        cells += [f"{p50:.1f}", f"{p50 / empty:.1f}"] if p50 and empty else [NO_GOAL, NO_GOAL]
    return [*cells, f"{page.goal:.1f}" if page.goal else NO_GOAL]


def _growth(found: list[Found]) -> str:
    """Return the table of the larger schools' pages, as multiples of the demo school's."""
    kinds = [(each, kind) for kind in GROWN for each in found]
    head = ["page", *(f"{GROWN[kind][0]}, {each.vendor}" for each, kind in kinds)]
    lines = []
    for page in PAGES:
        lines.append([page.name])
        for each, kind in kinds:
            grown, first = each.p50(kind, page.name), each.p50(DEMO, page.name)
            lines[-1].append(f"{grown / first:.2f}" if grown and first else NO_GOAL)
    lines.append(["goal", *(f"{GROWN[kind][1]}" for _each, kind in kinds)])
    return _table(head, lines)


def _crowds(found: list[Found]) -> str:
    """Return the table of many at once: percentiles in ms, requests a second, wrong answers."""
    head = ["many at once, ms", "database", "p50", "p95", "p99", "longest", "a second", "wrong"]
    lines = []
    for name, goals in CROWD_GOALS.items():
        for each in found:
            crowd = each.crowds[name]
            shares = [f"{crowd.percentile(n):.0f}" for n in (50, 95, 99)]
            ends = [f"{crowd.longest:.0f}", f"{crowd.a_second:.0f}", str(len(crowd.wrong))]
            lines.append([name, each.vendor, *shares, *ends])
        p95, longest = (str(goals.get(key, NO_GOAL)) for key in ("p95", "longest"))
        lines.append([name, "goal", NO_GOAL, p95, NO_GOAL, longest, NO_GOAL, "0"])
    return _table(head, lines)


def _table(head: list[str], lines: list[list[str]]) -> str:
    align = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, align, *lines])

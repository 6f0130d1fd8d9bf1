"""The lines of a person's home, in the words of `expected.md`."""

import re
from collections import Counter
from typing import Any

from django.utils import translation

from school import wording

STARTS = {
    "recap": ("Fill in the recap", "Finish the recap"),
    "returned recap": ("Recap returned",),
    "list": ("Hand over class list", "Hand over supplement"),
    "review": ("Review",),
    "approve visit": ("Decide on",),
    "acknowledge": ("Acknowledge",),
    "schedule visit": ("Schedule the visit",),
    "attempt": ("Contact again",),
    "outcome": ("Record the outcome",),
    "close": ("Close the case",),
}
"""Kind → how the titles of its lines begin."""


@translation.override("en")
def home_lines(pages: Any, who: str, kind: str) -> str:
    """Return the lines of a kind with the days that each is late, or "-"."""
    lines = [line for line in pages.home(who) if str(line.title).startswith(STARTS[kind])]
    if kind == "review":
        said = _reviews(lines)
    elif kind == "approve visit":
        said = _proposed(pages, who) if lines else []
    else:
        said = [_said(pages, line, kind) for line in lines]
    return "; ".join(sorted(said)) or "-"


def _said(pages: Any, line: Any, kind: str) -> str:
    about = str(line.title).partition(": ")[2]
    if kind in {"recap", "returned recap", "list"}:
        about = " ".join(reversed(about.split(", ")))
        about = f"{about} {_period(pages, str(line.sub))}"
    return f"{about} {_late(line)}".strip()


def _period(pages: Any, sub: str) -> str:
    """Return the name of the period whose words begin the sub line."""
    words = sub.split(" · ", maxsplit=1)[0]
    with translation.override("en"):
        return next(name for name, one in pages.school.periods.items() if str(one) == words)


def _late(line: Any) -> str:
    return "" if line.due_on is None else str(max(wording.days_late(line.due_on), 0))


def _reviews(lines: list[Any]) -> list[str]:
    """Return class and number of cases; a case opened directly stands by its student's name."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        number = re.search(r"Review (\d+)", str(line.title))
        is_of_list = str(line.more).startswith("from ")
        key = str(line.group if is_of_list else line.whom)
        counts[key, _late(line)] += int(number[1]) if number else 1
    return [f"{key} {count} {late}" for (key, late), count in counts.items()]


def _proposed(pages: Any, who: str) -> list[str]:
    """Return the students on the page behind the line."""
    groups = pages.of(who, "/kunjungan/usulan/").context["groups"]
    return [
        line.student for kind, lines, _picked in groups if kind.name == "visit" for line in lines
    ]

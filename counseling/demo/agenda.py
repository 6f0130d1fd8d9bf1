"""The paper's tables: when each step of a semester was done, and how many cases reached it."""

from dataclasses import dataclass
from datetime import date

Days = tuple[date, date]


@dataclass(frozen=True)
class Agenda:
    """The days of each step in one semester, from the paper's Table 1."""

    lists: tuple[Days, Days, Days]
    """When the lists of the three months go to BK."""
    review: Days
    contact: Days
    summons: Days
    meeting: Days
    proposal: Days
    approval: date
    visit: Days
    early: Days
    """Review and contact of what the first month's list brought."""
    resolved_by: date


@dataclass(frozen=True)
class Target:
    """The figures of a grade in Table 3, and how many false alarms there are besides."""

    contact: int
    summons: int
    home_visit: int
    false_alarms: int
    unresolved: int


AGENDAS = (
    Agenda(
        lists=(
            (date(2020, 8, 5), date(2020, 8, 7)),
            (date(2020, 9, 3), date(2020, 9, 4)),
            (date(2020, 10, 5), date(2020, 10, 7)),
        ),
        review=(date(2020, 9, 5), date(2020, 9, 7)),
        contact=(date(2020, 9, 8), date(2020, 9, 12)),
        summons=(date(2020, 9, 14), date(2020, 9, 18)),
        meeting=(date(2020, 9, 21), date(2020, 9, 26)),
        proposal=(date(2020, 9, 28), date(2020, 10, 1)),
        approval=date(2020, 10, 5),
        visit=(date(2020, 10, 6), date(2020, 10, 14)),
        early=(date(2020, 8, 10), date(2020, 8, 13)),
        resolved_by=date(2020, 10, 31),
    ),
    Agenda(
        lists=(
            (date(2021, 2, 4), date(2021, 2, 5)),
            (date(2021, 3, 3), date(2021, 3, 4)),
            (date(2021, 4, 5), date(2021, 4, 7)),
        ),
        review=(date(2021, 3, 5), date(2021, 3, 6)),
        contact=(date(2021, 3, 8), date(2021, 3, 13)),
        summons=(date(2021, 3, 15), date(2021, 3, 19)),
        meeting=(date(2021, 3, 22), date(2021, 3, 27)),
        proposal=(date(2021, 3, 29), date(2021, 4, 1)),
        approval=date(2021, 4, 5),
        visit=(date(2021, 4, 6), date(2021, 4, 14)),
        early=(date(2021, 2, 8), date(2021, 2, 11)),
        resolved_by=date(2021, 4, 30),
    ),
)
TARGETS = (
    {
        "X": Target(17, 13, 7, 3, 0),
        "XI": Target(12, 6, 5, 2, 0),
        "XII": Target(18, 9, 12, 2, 2),
    },
    {
        "X": Target(6, 2, 1, 1, 0),
        "XI": Target(10, 2, 1, 1, 1),
        "XII": Target(7, 4, 3, 1, 1),
    },
)
"""From `data/paper_tables.json`: 99 and 36 cases; 97 and 34 of them are resolved in time."""

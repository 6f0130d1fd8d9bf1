"""Two semesters give what was computed on paper: see `school.md`, `acts.md`, `paper.md`."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from counseling.tests.semesters.pages import ASKED, Reports, differences
from counseling.tests.year.doings import day_of, do
from counseling.tests.year.school import School, begin, changes, moment, school
from counseling.tests.year.tables import Row, tables
from workflow import clock

HERE = Path(__file__).parent
ASKED_ON = "2025-06-30"
FIRST_HOUR, EVENING = 9, 20

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_two_semesters_give_the_tables_computed_on_paper(
    record_property: Callable[[str, int], None],
) -> None:
    made = lived_through()
    count: Counter[str] = Counter()
    found: list[str] = []
    with clock.still_at(moment(ASKED_ON, EVENING)), override("en"):
        reports = Reports(made)
        for heading, rows in tables("paper.md", HERE).items():
            found += differences(reports, heading, rows, count)
    if found:
        pytest.fail(f"{len(found)} of {count.total()} figures differ:\n" + "\n".join(found))
    assert set(count) == ASKED
    record_property("figures of reports computed on paper", count.total())
    record_property("figures of reports that paper says otherwise", 0)


def lived_through() -> School:
    """Make the school and do all acts, each on its day."""
    acts = tables("acts.md", HERE)["Acts"]
    with clock.still_at(moment("2024-07-15")):
        made = school(tables("school.md", HERE))
    for day in sorted({*map(day_of, acts), *changes(made)}):
        with clock.still_at(moment(day, 1)):
            begin(made, day)
        for n, row in enumerate(of_day(acts, day)):
            with clock.still_at(moment(day, FIRST_HOUR) + timedelta(minutes=1 + n)):
                do(made, row)
    return made


def of_day(acts: list[Row], day: date) -> Iterator[Row]:
    return (row for row in acts if day_of(row) == day)

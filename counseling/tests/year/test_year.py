"""A school year gives what the documents say: see `school.md`, `acts.md`, `expected.md`."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction

from counseling.tests.year import answers
from counseling.tests.year.doings import day_of, do
from counseling.tests.year.school import School, begin, changes, moment, school
from counseling.tests.year.tables import Row, tables
from workflow import clock
from workflow.errors import WorkflowError

FIRST_HOUR = 9
EVENING = 20

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_year_gives_what_the_documents_say() -> None:
    acts = tables("acts.md")["Acts"]
    expected = answers.expected()
    with clock.still_at(moment("2025-07-14")):
        made = school()
    pages = answers.Pages(made)
    count: Counter[str] = Counter()
    found: list[str] = []
    days = {*map(day_of, acts), *map(date.fromisoformat, expected), *changes(made)}
    for day in sorted(days):
        found += _lived(made, day, [row for row in acts if day_of(row) == day], count)
        with clock.still_at(moment(day, EVENING)):
            pages.next_day()
            for heading, row in expected.get(day.isoformat(), []):
                found += answers.differences(pages, heading, row, count)
    if found:
        pytest.fail(f"{len(found)} of {count.total()} answers differ:\n" + "\n".join(found))
    assert set(count) == {"Acts", *answers.ASKED}


def _lived(made: School, day: date, acts: list[Row], count: Counter[str]) -> list[str]:
    """Do the acts of a day; return those with another answer than the table says."""
    with clock.still_at(moment(day, 1)):
        begin(made, day)
    found = []
    for n, row in enumerate(acts):
        with clock.still_at(moment(day, FIRST_HOUR) + timedelta(minutes=1 + n)):
            refusal = _tried(made, row)
        count["Acts"] += 1
        if bool(refusal) != bool(row["refused because"]):
            found.append(f"{row}: {refusal or 'was not refused'}")
    return found


def _tried(made: School, row: Row) -> str:
    """Do the act; return why it was refused, or nothing."""
    try:
        with transaction.atomic():
            do(made, row)
    except WorkflowError as error:
        return f"{type(error).__name__}: {error}"
    return ""

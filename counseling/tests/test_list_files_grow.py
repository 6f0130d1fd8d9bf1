"""The file of a list asks the database as often for thirty rows as for one."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.tests import factories as visits
from school.models import Student
from school.tests.cast import Cast, small_school
from support.tests import factories as support
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ASKED: dict[str, dict[str, str]] = {
    "school:students": {},
    "cases:cases": {"status": "all"},
    "homevisits:visits": {},
    "homevisits:progress_cases": {},
    "support:follow_ups": {},
    "support:assistances": {"state": "all"},
}
"""Lists → what is asked so that the rows of all students are in the file."""


def rows_of(cast: Cast, student: Student) -> None:
    """Make a row of the student for each list."""
    case = cases.direct_case(cast, student)
    cases.attempt(case, cast.bk)
    visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali])
    support.follow_up(case, cast.bk, doer=cast.wali)
    support.handed_over(case, cast.bk, cast.principal)


def test_a_file_asks_as_often_for_thirty_rows_as_for_one() -> None:
    cast, counts = small_school(30), []
    for students in (cast.students[:1], cast.students[1:]):
        for student in students:
            rows_of(cast, student)
        client = signed_in(cast.coordinator)
        asked = {f"{reverse(f'{name}_file')}?{urlencode(q)}" for name, q in ASKED.items()}
        counts.append({url: queries_of(client, url) for url in asked})
    assert counts[0] == counts[1]

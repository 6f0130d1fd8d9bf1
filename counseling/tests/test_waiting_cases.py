"""What open cases wait for, as the filters of their list."""

from datetime import timedelta

import pytest

from cases.models import Case
from cases.tests import factories as make
from cases.tests.test_case_list import LIST, names
from school.models import Enrolment
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory, days_ago
from support.tests.factories import late_follow_up
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """1 has a late follow-up and a call to repeat, 2 a meeting to come, 3 is new, 4 has left."""
    cast = small_school(size=5)
    for student in cast.students[:2]:
        make.attempt(make.direct_case(cast, student), cast.bk)
    late_follow_up(Case.objects.get(student=cast.students[0]), cast.bk)
    make.summons(Case.objects.get(student=cast.students[1]), cast.bk, is_over=False)
    for student in cast.students[2:4]:
        make.open_directly(student, cast.semester, by=cast.bk, reasons=["ECONOMY"])
    Enrolment.objects.filter(student=cast.students[3]).update(
        ends_on=days_ago(1), end_reason="LEFT"
    )
    return cast


FOUND = {
    "wait=again": ([1], [1]),
    "wait=meeting": ([2], [2]),
    "wait=review": ([3], [3]),
    "wait=close": ([4], [4]),
    "wait=follow_up": ([1], []),
    "due=late": ([1], [1]),
    "wait=follow_up&due=late": ([1], []),
    "wait=again&due=late": ([], []),
    "wait=again&status=all": ([1], [1]),
    "wait=again&status=RESOLVED": ([], []),
    "wait=nonsense": ([], []),
    "due=nonsense": ([], []),
}
"""The query → the students whose cases the counselor finds, and those that the principal finds,
who may know what the ladder shows but not what stands beside it."""


def test_a_case_is_found_by_all_that_it_waits_for_as_far_as_its_reader_may_know(cast: Cast) -> None:
    found = {
        query: tuple(sorted(names(who, query)) for who in (cast.bk, cast.principal))
        for query in FOUND
    }
    shown = {
        query: tuple([f"Siswa {number:03d}" for number in numbers] for numbers in of_each)
        for query, of_each in FOUND.items()
    }
    assert found == shown


def test_what_waits_is_late_from_the_day_after_it_is_due(cast: Cast) -> None:
    case = Case.objects.get(student=cast.students[2])
    due_on = case.semester.policy.due(clock.day_of(case.opened_at), 5)
    moved = (due_on - clock.today()).days
    for days, late in ((moved, False), (moved + 1, True)):
        with clock.shifted_to(clock.now() + timedelta(days=days)):
            assert ("Siswa 003" in names(cast.principal, "wait=review&due=late")) is late


@pytest.mark.sqlite
def test_thirty_cases_cost_no_more_queries_than_three(cast: Cast) -> None:
    client, url = signed_in(cast.bk), f"{LIST}?wait=review&due=late"
    few = queries_of(client, url)
    for _number in range(30):
        student = EnrolmentFactory(school_class=cast.own).student
        make.open_directly(student, cast.semester, by=cast.bk, reasons=["ECONOMY"])
    assert queries_of(client, url) == few
    assert queries_of(client, f"{LIST}?wait=review") <= 20

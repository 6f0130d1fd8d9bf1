"""What the page of a running semester counts as late is what stands late on the homes."""

from collections import Counter
from datetime import timedelta

import pytest

from cases.models import Case
from cases.tests import factories as of_cases
from counseling.tasks import tasks_of
from homevisits.tests.factories import approved_visit
from recaps.tasks.late import late_in
from reports.running.late import offices
from reports.running.stands import open_cases
from school.models import User
from school.tests.cast import Cast, small_school
from support.tests.factories import late_follow_up
from workflow import clock

pytestmark = pytest.mark.django_db


def late_on_homes(*people: User) -> Counter[str]:
    """Return the titles of the late tasks of these people, without the names of whom."""
    found: Counter[str] = Counter()
    for person in people:
        waiting = tasks_of(User.objects.get(pk=person.pk))
        tasks = [*waiting.today, *waiting.later, *(t for of in waiting.others.values() for t in of)]
        found.update(str(task.what) for task in tasks if task.is_late)
    return found


@pytest.fixture
def cast() -> Cast:
    """Make a case that waits for a call, one for a visit, one for its review, with a follow-up."""
    cast = small_school()
    one, two, three = (of_cases.direct_case(cast, each) for each in cast.students[:3])
    of_cases.attempt(one, cast.bk)
    of_cases.attempt(two, cast.bk)
    approved_visit(two, cast.bk, cast.principal)
    late_follow_up(three, cast.bk)
    of_cases.direct_case(cast, cast.students[3], confirmed=False)
    of_cases.handed_over_recap(cast.maths, cast.earlier_period)
    return cast


def test_what_is_late_stands_late_on_the_homes_of_those_who_are_waited_for(cast: Cast) -> None:
    with clock.shifted_to(clock.now() + timedelta(days=20)):
        cases = open_cases(cast.semester, cast.coordinator)
        found = offices(late_in(cast.semester), cases, cast.coordinator)
        counted = {str(office.label): office.total for office in found}
        teachers = late_on_homes(cast.guru, cast.guru2)
        homes = late_on_homes(cast.wali, cast.wali2)
        bk = late_on_homes(cast.coordinator)
    assert counted["Guru mata pelajaran"] == teachers["Isi rekap"] == 7
    assert counted["Wali kelas"] == homes["Serahkan rekap kelas"] == 4
    assert counted["Guru BK"] == bk.total() == 5
    assert Case.objects.count() == 4

"""The days of a semester keep what is recorded in it within them."""

import pytest

from cases.tests import factories as make
from recaps.models import Absence
from recaps.tests.factories import ABSENT, handed_over_recap
from school.in_semester import first_day_of
from school.models import AcademicYear, RecapPeriod
from school.school_years import Days, label_of, year_of
from school.tests.cast import small_school
from school.tests.factories import days_ago
from school.wording import full_day
from school.workflow.semesters import change_days
from workflow import clock
from workflow.errors import NotNow
from workflow.tests.browser_free import rolled_back

pytestmark = pytest.mark.django_db


def test_a_semester_without_cases_may_begin_on_any_day():
    assert first_day_of(small_school(1).semester) is None


def test_a_semester_cannot_begin_after_its_first_case():
    cast = small_school(2)
    case = make.direct_case(cast)
    assert first_day_of(cast.semester) == clock.day_of(case.opened_at)


def refusal(cast):
    """Return why the semester cannot begin tomorrow."""
    days = Days(days_ago(-1), days_ago(-30))
    AcademicYear.objects.update(label=label_of(year_of(days.first)))
    with pytest.raises(NotNow) as refused:
        change_days(cast.semester, days, by=cast.operator, read_at=1)
    return str(refused.value)


def test_a_case_and_an_absence_are_refused_in_the_same_words_without_their_day():
    cast = small_school(2)
    RecapPeriod.objects.all().delete()
    with rolled_back():
        make.direct_case(cast)
        of_case = refusal(cast)
    with rolled_back():
        Absence.objects.create(student=cast.students[0], day=days_ago(5), code="S", by=cast.wali)
        assert refusal(cast) == of_case
    assert full_day(clock.today()) not in of_case
    assert full_day(days_ago(-1)) in of_case


def test_a_recap_and_an_absence_keep_the_first_day_of_a_semester():
    cast = small_school(2)
    handed_over_recap(cast.maths, cast.period, {cast.students[0]: ABSENT})
    assert first_day_of(cast.semester) == cast.period.starts_on
    day = cast.semester.starts_on
    Absence.objects.create(student=cast.students[0], day=day, code="S", by=cast.wali)
    assert first_day_of(cast.semester) == day

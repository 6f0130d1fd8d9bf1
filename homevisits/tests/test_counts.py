"""The counts beside *Visits* and *Approvals*, whose statements are kept for the same ties."""

import pytest

from cases.tests.factories import direct_case
from homevisits.tasks import decisions_waiting, visits_waiting
from homevisits.tests.factories import approved_visit, proposed_visit, scheduled_visit
from homevisits.workflow import approve
from school.models import OfficeHolding, User
from school.tests.cast import small_school

pytestmark = pytest.mark.django_db


def test_each_counts_what_waits_for_them_and_again_when_it_changes():
    school = small_school(size=3)
    first, second, third = (direct_case(school, student) for student in school.students)
    visit = proposed_visit(first, school.bk)
    approved_visit(second, school.bk, school.principal)
    scheduled_visit(third, school.bk, school.principal, visitors=[school.bk2])
    people = (school.bk, school.bk2, school.coordinator)
    assert decisions_waiting(school.principal) == 1
    assert [visits_waiting(each) for each in people] == [2, 1, 2]
    approve([visit], by=school.principal)
    assert decisions_waiting(school.principal) == 0
    assert [visits_waiting(each) for each in people] == [3, 1, 3]


def test_who_left_an_office_counts_without_it():
    school = small_school(size=1)
    approved_visit(direct_case(school), school.bk, school.principal)
    assert visits_waiting(school.coordinator) == 1
    OfficeHolding.objects.filter(user=school.coordinator).update(office="COUNSELOR")
    assert visits_waiting(User.objects.get(pk=school.coordinator.pk)) == 0

"""With the first recap the start of a school is over: the operator's home says what is missing."""

import pytest

from recaps.models import Recap
from school.models import SchoolClass, SchoolProfile
from school.tests.cast import small_school
from school.upkeep import for_operator

pytestmark = pytest.mark.django_db


def test_the_steps_go_with_the_first_recap_and_do_not_come_back():
    cast = small_school(1)
    SchoolProfile.objects.update(address="")
    SchoolClass.objects.filter(pk=cast.own.pk).update(counselor=None)
    steps, tasks = for_operator(cast.operator)
    assert (len(steps), tasks) == (10, [])
    Recap.objects.create(group=cast.maths.group, period=cast.period)
    steps, tasks = for_operator(cast.operator)
    assert steps == []
    assert [task.title for task in tasks][:2] == [
        "Kop surat",
        "Belum ada guru BK: 1 kelas",
    ]

"""Tests that commit can run in the demo too: each begins with a fresh copy."""

import pytest
from django.test import Client

from counseling.demo import roster
from counseling.tests.conftest import DemoSchool
from school.models import Student, User
from workflow import clock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("demo"),
    pytest.mark.once,
]


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_one_test_commits_is_gone_for_the_next(
    time: str, demo_school_live: DemoSchool
) -> None:
    assert demo_school_live.user("bk1").name == "Retno Wulandari", time
    User.objects.filter(username="bk1").update(name="Somebody Else")


def test_people_sign_in_with_the_printed_password(demo_school_live: DemoSchool) -> None:
    client = Client()
    found = client.post("/masuk/", {"login": "bk1", "password": roster.PASSWORD}, follow=True)
    assert found.context["user"].username == "bk1"
    assert str(clock.today()) == "2021-10-04"


def test_a_copy_is_the_whole_school(demo_school_live: DemoSchool) -> None:
    assert Student.objects.count() == sum(map(sum, roster.COHORTS.values()))

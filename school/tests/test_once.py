"""A small school that is written again is the one that was made."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from school.models import Enrolment, Guardian, TeachingAssignment, User
from school.tests import cast as cast_of
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import rolled_back

pytestmark = pytest.mark.django_db

SIZE = 3


@pytest.fixture(autouse=True)
def times_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the sizes of the schools that were made anew, after one was made."""
    with rolled_back():
        small_school(SIZE)
    original: Callable[[int], Cast] = cast_of._small_school
    made: list[int] = []

    def make_anew(size: int) -> Cast:
        made.append(size)
        return original(size)

    monkeypatch.setattr(cast_of, "_small_school", make_anew)
    return made


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return what the rows of the school say, without ids, ties and moments."""
    left_out = (models.AutoField, models.DateTimeField, models.ForeignKey)
    said = {}
    for model in apps.get_app_config("school").get_models():
        fields = [each for each in model._meta.local_fields if not isinstance(each, left_out)]
        names = [each.attname for each in fields if each.name != "id"]
        said[model.__name__] = list(model._base_manager.order_by("pk").values(*names))
    return said


def test_all_rows_are_written(times_made):
    with rolled_back():
        cast_of._small_school(SIZE)
        expected = rows()
    times_made.clear()
    small_school(SIZE)
    assert times_made == []
    assert rows() == expected
    assert len(expected["HistoricalStudent"]) == SIZE + 2


def test_what_is_returned_are_the_rows(times_made):
    cast = small_school(SIZE)
    assert times_made == []
    assert cast.everybody == list(User.objects.order_by("pk"))
    assert cast.guru is cast.everybody[0]
    assert {stay.student: stay.school_class for stay in Enrolment.objects.all()} == {
        **dict.fromkeys(cast.students, cast.own),
        **dict.fromkeys(cast.foreign_students, cast.foreign),
    }
    assert {each.student for each in Guardian.objects.all()} == {
        *cast.students,
        *cast.foreign_students,
    }
    taught = TeachingAssignment.objects.order_by("pk")
    assert list(taught) == [cast.maths, cast.physics, cast.english, cast.foreign_english]
    for kept, found in zip(cast.everybody, User.objects.order_by("pk"), strict=True):
        assert (kept.username, kept.name) == (found.username, found.name)


def test_what_a_test_does_to_it_ends_with_the_test(times_made):
    with rolled_back():
        cast = small_school(SIZE)
        cast.guru.name = "Slamet Widodo"
        cast.guru.save()
        cast.students.pop()
    cast = small_school(SIZE)
    assert times_made == []
    assert cast.guru.name == User.objects.get(username="guru").name == "Hadi Susanto"
    assert len(cast.students) == SIZE


def test_ids_go_on_after_those_that_were_written():
    cast = small_school(SIZE)
    assert make.person().pk > max(user.pk for user in cast.everybody)


def test_beside_other_rows_it_is_made_anew(times_made):
    other = make.person()
    cast = small_school(SIZE)
    assert times_made == [SIZE]
    assert {other, *cast.everybody} == set(User.objects.all())


def test_on_another_day_it_is_made_anew(times_made):
    with clock.shifted_to(clock.now() + timedelta(days=3)):
        cast = small_school(SIZE)
        assert times_made == [SIZE]
        assert cast.semester.starts_on == clock.today() - timedelta(days=90)


def test_before_the_first_was_made_it_is_made_anew(times_made):
    with clock.shifted_to(clock.now() - timedelta(minutes=10)):
        small_school(SIZE)
    assert times_made == [SIZE]


def test_a_school_of_another_size_is_another():
    assert len(small_school(SIZE + 1).students) == SIZE + 1

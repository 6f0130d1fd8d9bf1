"""The subjects of a class list: expected by assignments, handed over or owed, and by whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recaps.models import ClassList, Recap, RecapStatus
from recaps.models.subjects import subjects_of, subjects_of_lists, who_owes
from recaps.tasks import waiting
from recaps.tests import factories as make
from recaps.tests.class_list_pages import page, url_of
from school.models import TeachingAssignment
from school.tests import factories as make_school
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


def subjects(cast: Cast):
    return subjects_of(ClassList(school_class=cast.own, period=cast.period))


def names(lines) -> list[str]:
    return [line.name for line in lines]


def test_every_subject_taught_in_the_period_is_expected_and_in_once_its_recap_stands():
    cast = small_school()
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make.ABSENT})
    make.handed_over_recap(cast.physics, cast.period)
    found = subjects(cast)
    assert names(found.lines) == ["Bahasa Inggris", "Fisika", "Matematika"]
    assert names(found.came) == ["Fisika", "Matematika"]
    assert names(found.missing) == ["Bahasa Inggris"]
    assert [(line.noted, line.is_nihil) for line in found.came] == [(0, True), (1, False)]
    assert found.last_came_at == max(line.handed_over_at for line in found.came)


@pytest.mark.parametrize(
    ("status", "is_in"),
    [
        (RecapStatus.DRAFT, False),
        (RecapStatus.HANDED_OVER, True),
        (RecapStatus.RETURNED, False),
        (RecapStatus.CORRECTING, True),
    ],
)
def test_a_recap_is_in_while_a_version_of_it_stands(status, is_in):
    cast = small_school()
    recap = make.handed_over_recap(cast.maths, cast.period)
    Recap.objects.filter(pk=recap.pk).update(status=status)
    found = subjects(cast)
    assert ("Matematika" in names(found.came)) == is_in
    assert len(found.lines) == 3
    assert next(line.recap for line in found.lines if line.name == "Matematika") == recap


@pytest.mark.parametrize(
    ("first", "last", "is_expected"),
    [(400, 40, False), (400, 33, True), (3, None, True), (2, None, False), (20, 10, True)],
)
def test_a_subject_is_expected_that_is_taught_on_a_day_of_the_period(first, last, is_expected):
    cast = small_school()
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(
        starts_on=make_school.days_ago(first),
        ends_on=None if last is None else make_school.days_ago(last),
    )
    assert ("Matematika" in names(subjects(cast).missing)) == is_expected


def test_a_recap_of_a_subject_that_is_taught_no_more_is_in_and_hides_no_missing_one():
    cast = small_school()
    make.handed_over_recap(cast.maths, cast.period)
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=make_school.days_ago(40))
    found = subjects(cast)
    assert names(found.came) == ["Matematika"]
    assert names(found.missing) == ["Bahasa Inggris", "Fisika"]


def test_the_holder_on_the_due_date_owes_a_recap_else_the_last_one():
    first, second = (make_school.UserFactory.build() for _ in range(2))
    days = make_school.days_ago
    early = TeachingAssignment(teacher=first, starts_on=days(90), ends_on=days(10))
    late = TeachingAssignment(teacher=second, starts_on=days(9), ends_on=days(2))
    assert who_owes([early, late], days(10)) == first
    assert who_owes([early, late], days(9)) == second
    assert who_owes([early, late], days(1)) == second
    assert who_owes([], days(1)) is None


@pytest.mark.sqlite
def test_the_subjects_of_many_lists_take_as_many_queries_as_those_of_one():
    cast = small_school()
    make.handed_over_recap(cast.maths, cast.period)
    periods = [cast.earlier_period, cast.period]
    for period in periods:
        assert period.semester.policy
    with CaptureQueriesContext(connection) as asked:
        found = subjects_of_lists([cast.own.pk, cast.foreign.pk], periods)
    assert len(asked) == 2
    came = {key: names(one.came) for key, one in found.items() if one.came}
    assert came == {(cast.own.pk, cast.period.pk): ["Matematika"]}
    assert len(found) == 4
    assert subjects_of_lists([], []) == {}


def late_teacher_school() -> Cast:
    """Let the teacher of a subject that nobody taught in the period hand in a recap of it."""
    cast = small_school()
    new = make_school.TeachingAssignmentFactory(
        teacher=cast.guru,
        school_class=cast.own,
        subject=make_school.SubjectFactory(name="Kimia"),
        starts_on=cast.period.ends_on + timedelta(days=1),
    )
    make.handed_over_recap(new, cast.period)
    return cast


def test_a_recap_by_a_teacher_who_began_after_the_period_hides_no_missing_subject():
    cast = late_teacher_school()
    for assignment in (cast.maths, cast.physics):
        make.handed_over_recap(assignment, cast.period)
    found = subjects(cast)
    assert names(found.came) == ["Fisika", "Kimia", "Matematika"]
    assert names(found.missing) == ["Bahasa Inggris"]


def test_list_overview_and_home_say_the_same_subjects():
    cast = late_teacher_school()
    make.handed_over_recap(cast.maths, cast.period)
    cast.period.ends_on = make_school.days_ago(11)
    cast.period.save()
    client = signed_in(cast.wali)
    for url in (url_of(cast), reverse("recaps:class_lists")):
        assert "2 dari 4 mapel masuk" in page(client, url)
    late = [task.sub for task in waiting(cast.wali) if task.icon == "clock"]
    assert f"{cast.period} · Bahasa Inggris, Fisika" in late

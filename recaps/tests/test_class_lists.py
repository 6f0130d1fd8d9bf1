"""The page of a semester's lists: the state of each, and the recaps it has."""

import pytest
from django.urls import reverse

from recaps.queries.outstanding import outstanding_for
from recaps.tasks import waiting
from recaps.tests.class_list_pages import handed_over_school, noted_school, page, url_of
from school.models import HomeroomAssignment, RecapPeriod, TeachingAssignment
from school.tests import factories as people
from school.tests.cast import small_school
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("wali", 200),
        ("bk", 200),
        ("coordinator", 200),
        ("guru", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_the_lists_are_for_homeroom_teachers_and_counselors(who, answer):
    cast, _list = handed_over_school()
    assert signed_in(getattr(cast, who)).get(reverse("recaps:class_lists")).status_code == answer


def test_who_handed_lists_over_in_former_years_still_comes_to_them():
    cast, _list = handed_over_school()
    HomeroomAssignment.objects.update(ends_on=people.days_ago(1))
    for days in (200, 400):
        people.SemesterFactory(
            year=people.AcademicYearFactory(label=f"in {days}"),
            starts_on=people.days_ago(-days),
            ends_on=people.days_ago(-days - 90),
        )
    html = page(signed_in(cast.wali), reverse("recaps:class_lists"))
    assert "Rekap" in html


def test_the_own_lists_say_how_far_each_is():
    cast = noted_school()
    client = signed_in(cast.wali)
    html = page(client, reverse("recaps:class_lists"))
    assert "1 dari 3 mapel masuk" in html
    assert "1 siswa belum diputuskan" in html
    cast.period.ends_on = people.days_ago(11)
    cast.period.save()
    assert "lewat 3 hari" in page(client, reverse("recaps:class_lists"))
    assert page(client, reverse("recaps:class_lists") + "?semester=nonsense&page=x")


def test_a_counselor_finds_the_lists_that_came_in():
    cast, _list = handed_over_school()
    for person, sees in ((cast.bk, True), (cast.bk2, False), (cast.coordinator, True)):
        html = page(signed_in(person), reverse("recaps:class_lists"))
        assert (url_of(cast) in html) == sees
    assert "2 mapel belum masuk" in page(signed_in(cast.bk), reverse("recaps:class_lists"))


@pytest.mark.parametrize(
    ("who", "classes"),
    [("bk", {"X MIPA 3"}), ("coordinator", {"X MIPA 3", "X MIPA 4"}), ("bk2", {"X MIPA 4"})],
)
def test_a_counselor_sees_which_lists_are_outstanding_and_who_owes_them(who, classes):
    cast = noted_school()
    RecapPeriod.objects.filter(pk=cast.period.pk).update(ends_on=people.days_ago(11))
    RecapPeriod.objects.exclude(pk=cast.period.pk).delete()
    found = outstanding_for(getattr(cast, who), cast.semester)
    assert {row.class_name for row in found} == classes
    html = page(signed_in(getattr(cast, who)), reverse("recaps:class_lists"))
    assert "Belum diserahkan" in html
    assert ("1 dari 3" in html) == ("X MIPA 3" in classes)
    assert ("Pak Agus" in html) == ("X MIPA 3" in classes)


def test_a_list_that_came_or_whose_period_runs_is_not_outstanding():
    cast, _list = handed_over_school()
    RecapPeriod.objects.exclude(pk=cast.period.pk).delete()
    assert [row.class_name for row in outstanding_for(cast.coordinator, cast.semester)] == [
        "X MIPA 4"
    ]
    RecapPeriod.objects.update(ends_on=people.days_ago(0))
    assert outstanding_for(cast.coordinator, cast.semester) == []


@pytest.mark.parametrize("has_subjects", [True, False])
def test_home_list_page_and_bk_agree_on_whether_a_class_owes_a_list(has_subjects):
    cast = small_school()
    period = RecapPeriod.objects.filter(pk=cast.period.pk)
    period.update(ends_on=people.days_ago(11))
    RecapPeriod.objects.exclude(pk=cast.period.pk).delete()
    if not has_subjects:
        TeachingAssignment.objects.filter(group__school_class=cast.own).delete()
    client = signed_in(cast.wali)
    answers = {
        "home": any("Serahkan rekap kelas" in task.title for task in waiting(cast.wali)),
        "BK": cast.own.name in {row.class_name for row in outstanding_for(cast.bk, cast.semester)},
        "lists": "lewat" in page(client, reverse("recaps:class_lists")),
        "list": "lewat" in page(client, url_of(cast)),
    }
    assert answers == dict.fromkeys(answers, has_subjects)


@pytest.mark.sqlite
def test_outstanding_lists_cost_as_many_queries_for_thirty_classes_as_for_one():
    cast = noted_school()
    client = signed_in(cast.coordinator)
    few = queries_of(client, reverse("recaps:class_lists"))
    for number in range(30):
        of_class = people.SchoolClassFactory(name=f"XI {number}", grade="XI")
        people.TeachingAssignmentFactory(school_class=of_class)
    assert queries_of(client, reverse("recaps:class_lists")) == few

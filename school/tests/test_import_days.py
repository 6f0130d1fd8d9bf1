"""From when a file holds: with the semester where nobody was before, from a day elsewhere."""

from typing import Any

import pytest
from django.test import Client

from school.models import Enrolment, HomeroomAssignment, SchoolClass, TeachingAssignment
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.tests.import_files import BUDI, applied, book, dapodik, fields_of, seen
from workflow import clock
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db
LESSONS = ["Guru", "Mapel", "Kelas"]


@pytest.fixture
def cast() -> Cast:
    return small_school(2)


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.operator)


def new_class(name: str) -> SchoolClass:
    return make.SchoolClassFactory(name=name)


def days_of(page: Any) -> dict[str, Any]:
    """Return name → the day from which it holds, as the page of a plan lists it."""
    plan = page.context["plan"]
    return {line.who: line.on for line in (*plan.new, *plan.changed)}


def test_of_a_second_file_each_lesson_and_homeroom_has_its_own_day(
    cast: Cast, client: Client
) -> None:
    of_class = new_class("X MIPA 5")
    file = book(
        [
            LESSONS,
            ["Sri Lestari", "Fisika", "X MIPA 3"],
            ["Sri Lestari", "Fisika", "X MIPA 5"],
            ["Hadi Susanto", "Wali Kelas", "X MIPA 5"],
            ["Hadi Susanto", "Wali Kelas", "X MIPA 3"],
        ]
    )
    page = seen(client, file)
    assert fields_of(page)["since"] == "start"
    start, today = make.days_ago(90), clock.today()
    assert days_of(page) == {
        "X MIPA 3 · Fisika": today,
        "X MIPA 5 · Fisika": start,
        "X MIPA 5 · wali kelas": start,
        "X MIPA 3 · wali kelas": today,
    }
    assert applied(client, page).status_code == 302
    assert HomeroomAssignment.objects.get(school_class=of_class).starts_on == start
    assert TeachingAssignment.objects.get(group__school_class=of_class).starts_on == start


def test_what_ended_in_the_semester_is_no_first_time(cast: Cast, client: Client) -> None:
    TeachingAssignment.objects.filter(pk=cast.physics.pk).update(ends_on=make.days_ago(40))
    page = seen(client, book([LESSONS, ["Sri Lestari", "Fisika", "X MIPA 3"]]))
    assert days_of(page) == {"X MIPA 3 · Fisika": clock.today()}


def test_an_empty_class_has_its_students_since_the_semester_began(
    cast: Cast, client: Client
) -> None:
    new_class("X MIPA 5")
    rows = [
        {**BUDI, "Rombel Saat Ini": "X MIPA 5"},
        {
            **BUDI,
            "Nama": "Wati",
            "NIPD": "40002",
            "NISN": "0051234568",
            "Rombel Saat Ini": "X MIPA 3",
        },
    ]
    page = seen(client, book(dapodik(rows)))
    start, today = make.days_ago(90), clock.today()
    assert days_of(page) == {"Budi Santoso": start, "Wati": today}
    applied(client, page)
    firsts = dict(Enrolment.objects.values_list("student__nis", "starts_on"))
    assert (firsts["40001"], firsts["40002"]) == (start, today)


def test_who_was_in_another_class_moves_on_the_day(cast: Cast, client: Client) -> None:
    new_class("X MIPA 5")
    moved = cast.students[0]
    page = seen(client, book([["NIS", "Kelas"], [moved.nis, "X MIPA 5"]]), kind="CLASS_LISTS")
    assert days_of(page) == {moved.name: clock.today()}
    applied(client, page)
    assert list(moved.enrolments.order_by("starts_on").values_list("ends_on", flat=True)) == [
        make.days_ago(1),
        None,
    ]


def test_a_chosen_day_is_that_of_all(cast: Cast, client: Client) -> None:
    new_class("X MIPA 5")
    file = book([LESSONS, ["Sri Lestari", "Fisika", "X MIPA 5"]])
    page, on = seen(client, file), make.days_ago(20)
    given = fields_of(page) | {"since": "day", "on": on}
    page = post(client, page.request["PATH_INFO"], given)
    assert days_of(page) == {"X MIPA 5 · Fisika": on}


def test_the_first_homeroom_teacher_of_a_class_has_it_since_the_semester_began(
    cast: Cast, client: Client
) -> None:
    of_class = new_class("X MIPA 5")
    url = f"/sekolah/kelas/{of_class.pk}/wali-kelas/"
    assert client.get(url).context["form"]["since"].value() == "start"
    given = {"teacher": cast.guru.pk, "on": clock.today(), "since": "start"}
    assert post(client, url, given).status_code == 302
    assert HomeroomAssignment.objects.get(school_class=of_class).starts_on == make.days_ago(90)
    assert (
        "since"
        not in client.get(f"/sekolah/kelas/{cast.own.pk}/wali-kelas/").context["form"].fields
    )

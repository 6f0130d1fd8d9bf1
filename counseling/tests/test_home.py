"""The home page lists tasks: what to do, for whom, by when, and a link to the page for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from counseling.tasks import Waiting
from homevisits.tests import factories as visits
from school.models import OfficeHolding, Semester
from school.roles import STUDENT_AFFAIRS
from school.tasks import Task
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OFFICES = ("guru", "wali", "bk", "coordinator", "principal", "student_affairs", "operator")


def home(user):
    response = signed_in(user).get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", OFFICES)
def test_each_office_has_a_home_and_it_is_logged_once(who):
    cast = small_school()
    home(getattr(cast, who))
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.status) == ("home", None, 200)


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Selamat pagi"),
        (10, "Selamat pagi"),
        (11, "Selamat siang"),
        (14, "Selamat siang"),
        (15, "Selamat sore"),
        (17, "Selamat sore"),
        (18, "Selamat malam"),
        (23, "Selamat malam"),
    ],
)
def test_the_greeting_is_that_of_the_hour(hour, words):
    cast = small_school()
    then = datetime.now(ZoneInfo("Asia/Jakarta")).replace(hour=hour, minute=30)
    with clock.shifted_to(then):
        assert f"{words}, Bu Retno" in home(cast.bk)


def test_the_day_and_the_semester_stand_above():
    cast = small_school()
    then = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    with clock.shifted_to(then):
        assert "Senin, 5 Oktober 2026 · Ganjil 2021/2022" in home(cast.bk)


def test_a_school_without_a_semester_has_a_home_too():
    make.person(username="operator")
    assert not Semester.objects.exists()
    assert "Tidak ada yang menunggu Anda" in home(make.person(STUDENT_AFFAIRS))


def test_the_semester_break_says_the_last_semester():
    cast = small_school()
    with clock.shifted_to(clock.now() + timedelta(days=120)):
        assert str(cast.semester) in home(cast.bk)


def test_a_counselor_who_is_the_operator_too_has_the_same_count_on_home_as_elsewhere():
    cast = small_school()
    visits.approved_visit(cases.tried_case(cast), cast.bk, cast.principal)
    OfficeHolding.objects.create(user=cast.bk, office="OPERATOR", starts_on=clock.today())
    client = signed_in(cast.bk)
    home, students = (client.get(reverse(name)) for name in ("home", "school:students"))
    counts = [page.context["task_counts"]["visits"] for page in (home, students)]
    assert counts == [1, 1]
    assert client.get(reverse("homevisits:visits")).status_code == 200


def test_what_was_due_earlier_stands_under_a_heading_of_its_own():
    cast = small_school()
    task = Task("Catat", "/", "person", due_on=clock.today() - timedelta(days=2))
    now, open_end = replace(task, due_on=clock.today()), replace(task, due_on=None)
    still = replace(task, at=clock.now() - timedelta(days=1), due_on=clock.today())
    waiting = Waiting(today=[task, now, still], later=[open_end])
    assert (waiting.late, waiting.due_today) == ([task], [now, still])
    visits.approved_visit(cases.tried_case(cast), cast.bk, cast.principal)
    with clock.shifted_to(clock.now() + timedelta(days=30)):
        html = home(cast.bk)
    assert '<section class="card-s flush" id="late"><h2>Terlambat <span class="count">' in html
    assert 'id="today"' not in html

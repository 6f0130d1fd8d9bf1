"""Home is work that waits: what it is, whose, by when, and a link to where it gets done."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from counseling.tests.lived_in import lived_in_school
from school.models import Semester
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25
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


@pytest.mark.parametrize("who", ["student_affairs", "operator"])
def test_who_has_nothing_to_do_is_told_so_kindly_and_shown_their_places(who):
    lived_in = lived_in_school(24)
    html = home(getattr(lived_in.cast, who))
    assert "Tidak ada yang menunggu Anda" in html
    main = html.partition("<main")[2]
    assert f'href="{reverse("school:students")}"' in main
    assert lived_in.cast.students[0].name not in html


def test_a_school_without_a_semester_has_a_home_too():
    make.person(username="operator")
    assert not Semester.objects.exists()
    assert "Tidak ada yang menunggu Anda" in home(make.person("OPERATOR"))


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "coordinator", "principal"])
def test_every_line_leads_to_a_page_that_is_theirs(who):
    cast = lived_in_school(24).cast
    client = signed_in(getattr(cast, who))
    main = client.get("/").content.decode().partition("<main")[2]
    links = re.findall(r'<a class="line" href="([^"]+)"', main)
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.parametrize("who", OFFICES)
def test_no_home_asks_more_at_many_rows_than_at_few(who):
    few = lived_in_school(24).cast
    asked = queries_of(signed_in(getattr(few, who)), "/")
    assert asked <= MOST_QUERIES


def test_the_counselor_sees_the_own_classes_with_their_figures():
    cast = lived_in_school(24).cast
    html = home(cast.bk)
    assert "Kelas saya" in html
    assert "X MIPA 3" in html
    aside = html.partition("<aside>")[2]
    assert "X MIPA 4" not in aside
    assert "X MIPA 4" in home(cast.coordinator).partition("<aside>")[2]


def test_the_count_beside_home_is_the_number_of_lines():
    cast = lived_in_school(24).cast
    html = home(cast.bk)
    lines = html.partition("<main")[2].count('<a class="line"')
    assert f'<span class="count hot">{lines}<' in html


def test_the_semester_break_says_the_last_semester():
    cast = small_school()
    with clock.shifted_to(clock.now() + timedelta(days=120)):
        assert str(cast.semester) in home(cast.bk)

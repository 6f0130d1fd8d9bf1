"""The home page in a school in which every state occurs."""

import re

import pytest
from django.urls import reverse

from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MOST_QUERIES = 28
OFFICES = ("guru", "wali", "bk", "coordinator", "principal", "student_affairs", "operator")


def home(user):
    response = signed_in(user).get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_who_has_nothing_to_do_is_told_so_kindly_and_shown_their_places(every_state):
    html = home(every_state.student_affairs)
    assert "Tidak ada yang menunggu Anda" in html
    main = html.partition("<main")[2]
    assert f'href="{reverse("school:students")}"' in main
    assert every_state.students[0].name not in html


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "coordinator", "principal", "operator"])
def test_every_line_leads_to_a_page_that_is_theirs(who, every_state):
    client = signed_in(getattr(every_state, who))
    main = client.get("/").content.decode().partition("<main")[2]
    links = re.findall(r'<a class="line" href="([^"]+)"', main)
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


@pytest.mark.sqlite
@pytest.mark.parametrize("who", OFFICES)
def test_no_home_asks_more_at_many_rows_than_at_few(who, every_state):
    asked = queries_of(signed_in(getattr(every_state, who)), "/")
    assert asked <= MOST_QUERIES


def test_the_counselor_sees_the_own_classes_with_their_figures(every_state):
    html = home(every_state.bk)
    assert "Kelas saya" in html
    assert "X MIPA 3" in html
    aside = html.partition("<aside>")[2]
    assert "X MIPA 4" not in aside
    assert "X MIPA 4" in home(every_state.coordinator).partition("<aside>")[2]


def test_the_count_beside_home_is_the_number_of_lines(every_state):
    html = home(every_state.bk)
    lines = html.partition("<main")[2].partition("<aside>")[0].count('<a class="line"')
    assert f'<span class="count hot">{lines}<' in html

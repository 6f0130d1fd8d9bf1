"""The link for calendar apps: what it says, to whom it answers, and that its key stays secret."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cases.tests import factories as cases
from homevisits.models import CalendarFeed, Visit
from homevisits.models.feed import hashed
from homevisits.tests import factories as make
from homevisits.workflow import cancel, reschedule
from homevisits.workflow.feed import make_feed, revoke_feed
from school.models import User
from school.tests.cast import small_school
from school.workflow.accounts import disable, enable, give_first_password
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

FILE, PAGE = "/kalender/kunjungan.ics", "/akun/kalender/"
ADDRESS = re.compile(r">http://testserver/kalender/kunjungan\.ics\?kunci=([\w-]{43})<")


@pytest.fixture
def cast():
    return small_school(4)


def visit_of(cast, student=0, visitors=None) -> Visit:
    case = cases.direct_case(cast, cast.students[student])
    approved = make.approved_visit(case, cast.bk, cast.principal)
    at = clock.now().replace(microsecond=0) + timedelta(days=2)
    return make.planned(approved, cast.bk, scheduled_for=at, visitors=visitors or [cast.bk])


def answer(key: str):
    return Client().get(FILE, {"kunci": key})


def events(person) -> list:
    return Calendar.from_ical(answer(make_feed(by=person)).content).walk("VEVENT")


def test_an_entry_says_the_time_and_a_link_and_nothing_of_the_student(cast):
    visit = visit_of(cast)
    (event,) = events(cast.bk)
    assert str(event["summary"]) == "Kunjungan rumah"
    assert event.decoded("dtstart") == visit.scheduled_for
    assert event["dtstart"].params["TZID"] == "Asia/Jakarta"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=1)
    assert str(event["url"]) == f"http://testserver{visit.get_absolute_url()}"
    assert set(event) == {
        *("UID", "SUMMARY", "DTSTART", "DTEND", "URL", "DESCRIPTION", "STATUS", "CLASS"),
        *("DTSTAMP", "LAST-MODIFIED", "SEQUENCE"),
    }
    student = visit.case.student
    text = answer(make_feed(by=cast.bk)).content.decode().replace("\r\n ", "")
    for secret in (student.name, student.nis, student.village, student.street, cast.own.name):
        assert secret not in text
    assert "BEGIN:VTIMEZONE" in text


def test_the_page_behind_the_link_asks_for_sign_in(cast):
    visit = visit_of(cast)
    assert Client().get(visit.get_absolute_url()).headers["Location"].startswith("/masuk/")


def test_visitors_and_the_counselor_of_the_case_have_it_and_nobody_else(cast):
    visit_of(cast, visitors=[cast.guru2])
    assert [len(events(one)) for one in (cast.bk, cast.guru2)] == [1, 1]
    others = (cast.bk2, cast.coordinator, cast.principal, cast.wali)
    assert [events(one) for one in others] == [[], [], [], []]


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_cancelled_one_says_so(cast):
    visit = visit_of(cast)
    (first,) = events(cast.bk)
    moved = visit.scheduled_for + timedelta(hours=3)
    reschedule(visit, by=cast.bk, scheduled_for=moved, visitors=[cast.bk])
    (second,) = events(cast.bk)
    cancel(visit, by=cast.bk)
    (third,) = events(cast.bk)
    assert str(first["uid"]) == str(second["uid"]) == str(third["uid"])
    assert int(first["sequence"]) < int(second["sequence"]) < int(third["sequence"])
    assert first.decoded("last-modified") <= second.decoded("last-modified")
    assert second.decoded("dtstart") == moved
    assert [str(one["status"]) for one in (second, third)] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(("days", "number"), [(29, 1), (31, 0)])
def test_what_was_longer_than_30_days_ago_is_left_out(cast, days, number):
    visit = visit_of(cast)
    Visit.objects.filter(pk=visit.pk).update(scheduled_for=clock.now() - timedelta(days=days))
    assert len(events(cast.bk)) == number


GONE = {
    "revoked": lambda person: revoke_feed(by=person),
    "replaced": lambda person: make_feed(by=person),
    "disabled": lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
}


@pytest.mark.parametrize("why", GONE)
def test_the_address_is_not_found_once_it_is(cast, why):
    key = make_feed(by=cast.bk)
    assert answer(key).status_code == 200
    GONE[why](cast.bk)
    gone = answer(key)
    assert (gone.status_code, gone.content) == (404, b"")
    assert "no-store" in gone.headers["Cache-Control"]


@pytest.mark.parametrize("ends", ["disabled", "first password"])
def test_a_link_does_not_come_back_with_the_account(cast, ends):
    key, operator = make_feed(by=cast.bk), cast.operator
    if ends == "disabled":
        disable(cast.bk, by=operator)
        cast.bk.refresh_from_db()
        enable(cast.bk, by=operator)
    else:
        give_first_password(cast.bk, by=operator)
    cast.bk.refresh_from_db()
    assert cast.bk.is_active
    assert answer(key).status_code == 404
    assert answer(make_feed(by=cast.bk)).status_code == 200


def test_who_is_no_longer_at_work_is_not_found(cast):
    key = make_feed(by=cast.guru2)
    assert answer(key).status_code == 200
    cast.guru2.teaching.all().delete()
    assert answer(key).status_code == 404


@pytest.mark.parametrize("key", ["", "x", "x" * 5000, "nol\0byte", "😀"])
def test_a_key_that_nobody_has_is_not_found(cast, key):
    make_feed(by=cast.bk)
    assert answer(key).status_code == 404


def test_only_the_hash_is_kept_and_the_key_is_shown_once(cast):
    client = signed_in(cast.bk)
    shown = post(client, f"{PAGE}buat/")
    key = ADDRESS.search(shown.content.decode()).group(1)
    assert "no-store" in shown.headers["Cache-Control"]
    feed = CalendarFeed.objects.get()
    assert feed.key_hash == hashed(key)
    assert key not in str(CalendarFeed.objects.values_list())
    assert not ADDRESS.search(client.get(PAGE).content.decode())
    file = answer(key)
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in file.headers["Cache-Control"]
    assert "sessionid" not in file.cookies
    post(client, f"{PAGE}cabut/")
    assert answer(key).status_code == 404


def test_the_key_is_in_no_log(cast, caplog):
    key = make_feed(by=cast.bk)
    with caplog.at_level(logging.DEBUG, logger="django.request"):
        for asked in (key, f"{key}x"):
            answer(asked)
    assert FILE in caplog.text
    assert key not in caplog.text


def test_the_file_asks_the_same_number_of_queries_at_1_and_at_30_visits():
    cast = small_school(30)
    url = f"{reverse('homevisits:feed_file')}?kunci={make_feed(by=cast.bk)}"
    visit_of(cast)
    one = queries_of(Client(), url)
    for student in range(1, 30):
        visit_of(cast, student)
    assert queries_of(Client(), url) == one
    assert one <= 6

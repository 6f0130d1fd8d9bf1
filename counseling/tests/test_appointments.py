"""Visits, meetings and conferences in one calendar, one warning, one file: as one may see them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cases.appointments import busy
from cases.models import Summons
from cases.tests import factories as cases
from cases.workflow import withdraw_summons
from homevisits.models import Visit
from homevisits.tests import factories as visits
from homevisits.workflow.feed import make_feed
from school.tests.cast import small_school
from support.models import Conference
from support.tests import factories as support
from support.workflow.conference import cancel, close, reschedule
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PAGES = ("month", "week", "day")


def noon() -> datetime:
    return clock.day_start(clock.today()) + timedelta(hours=12)


def today(one: Conference) -> Conference:
    Conference.objects.filter(pk=one.pk).update(meets_at=noon())
    one.refresh_from_db()
    return one


def conference(cast: Any, number: int = 0, *, invited: list[Any]) -> Conference:
    case = cases.direct_case(cast, cast.students[number])
    return today(support.conference(case, cast.bk, invited=invited))


def shown(person: Any, name: str) -> set[str]:
    context = signed_in(person).get(reverse(f"homevisits:{name}")).context
    return {entry.url for entry in context["meetings" if name == "day" else "rows"]}


@pytest.mark.parametrize("name", PAGES)
def test_a_conference_stands_in_the_calendar_of_its_counselor_and_of_those_invited(name):
    cast = small_school()
    one = conference(cast, invited=[cast.guru, cast.principal])
    theirs = {one.get_absolute_url()}
    assert [shown(who, name) for who in (cast.bk, cast.guru, cast.principal)] == [theirs] * 3
    others = (cast.bk2, cast.guru2, cast.wali, cast.student_affairs)
    assert [shown(who, name) for who in others] == [set()] * 4


@pytest.mark.parametrize("ends", [close, lambda one, by: cancel(one, by=by, reason="Sakit")])
def test_it_leaves_the_calendar_of_those_invited_with_the_invitation(ends):
    cast = small_school()
    case = cases.direct_case(cast)
    one = (support.held_conference if ends is close else support.conference)(
        case, cast.bk, invited=[cast.guru]
    )
    client = signed_in(cast.guru)
    on = clock.day_of(one.happens_at).replace(day=1)
    month = reverse("homevisits:month", kwargs={"month": on})
    assert len(client.get(month).context["rows"]) == 1
    ends(one, by=cast.bk)
    assert client.get(month).context["rows"] == []


def test_the_filter_finds_a_conference_by_who_is_invited_and_by_the_counselor():
    cast = small_school()
    conference(cast, invited=[cast.guru])
    client = signed_in(cast.coordinator)
    found = {
        who: len(
            client.get(reverse("homevisits:week"), {"who": getattr(cast, who).pk}).context["rows"]
        )
        for who in ("bk", "guru", "wali")
    }
    assert found == {"bk": 1, "guru": 1, "wali": 0}


def test_the_day_names_other_meetings_below_the_visits():
    cast = small_school()
    conference(cast, invited=[cast.guru])
    page = signed_in(cast.guru).get(reverse("homevisits:day")).content.decode()
    assert "Pertemuan pada hari ini" in page
    assert "Konferensi kasus · X MIPA 3" in page


@pytest.mark.parametrize(
    ("who", "reader", "words"),
    [
        ("guru", "bk", "Pak Hadi sudah punya konferensi kasus pukul 12.00: Siswa 001."),
        ("guru", "bk2", "Pak Hadi sudah punya konferensi kasus pukul 12.00."),
        ("bk", "bk", "Bu Retno sudah punya konferensi kasus pukul 12.00: Siswa 001."),
        ("wali", "bk", ""),
    ],
)
def test_a_conference_keeps_its_people_busy_and_names_the_student_to_who_sees_it(
    who, reader, words
):
    cast = small_school()
    one = conference(cast, invited=[cast.guru])
    people, asks = [getattr(cast, who)], getattr(cast, reader)
    assert busy(people, noon(), asks) == ([words] if words else [])
    assert busy(people, noon(), asks, but=one) == []
    assert busy(people, noon() + timedelta(hours=1), asks) == []


def test_each_kind_is_a_warning_to_a_conference_and_to_a_summons():
    cast = small_school()
    visited, summoned = (cases.direct_case(cast, cast.students[n]) for n in (1, 2))
    visit = visits.scheduled_visit(visited, cast.bk, cast.principal)
    cases.attempt(summoned, cast.bk)
    letter = cases.summons(summoned, cast.bk, is_over=False)
    at = timezone.localtime(noon() + timedelta(days=2))
    Visit.objects.filter(pk=visit.pk).update(scheduled_for=at)
    Summons.objects.filter(pk=letter.pk).update(meets_at=at)
    said = (
        "Bu Retno sudah punya kunjungan rumah pukul 12.00: Siswa 002.",
        "Bu Retno sudah punya pertemuan dengan orang tua pukul 12.00: Siswa 003.",
    )
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk)
    hour = f"{at:%Y-%m-%dT%H:%M}"
    plan = {"meets_at": hour, "place": "Ruang BK", "why": "x", "invited": [cast.guru.pk]}
    summons = {"meets_at": hour, "place": "Ruang BK", "issued_on": clock.today().isoformat()}
    asks = {
        "support:plan": plan,
        "cases:issue_summons": summons | {"to_meet": "Guru BK", "purpose": "Pembinaan"},
    }
    for name, given in asks.items():
        page = post(signed_in(cast.bk), reverse(name, args=[case.pk]), given).content.decode()
        assert all(words in page for words in said), name


def events(person: Any) -> list[Any]:
    key = make_feed(by=person)
    answer = Client().get(reverse("homevisits:feed_file"), {"kunci": key})
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_app_learns_of_a_conference_only_that_there_is_a_meeting():
    cast = small_school()
    case = cases.direct_case(cast)
    one = support.conference(
        case, cast.bk, invited=[cast.guru], why="Soal ayahnya", guests="Bu Rini"
    )
    for who in (cast.bk, cast.guru):
        (event,) = events(who)
        assert str(event["summary"]) == "Pertemuan"
        assert str(event["url"]) == "http://testserver/"
        assert event.decoded("dtstart") == one.meets_at.replace(microsecond=0)
        text = event.to_ical().decode().replace("\r\n ", "")
        for secret in ("Siswa", "Soal", "Rini", "Ruang", "Hadi", "onferen"):
            assert secret not in text
    assert [events(who) for who in (cast.bk2, cast.coordinator, cast.guru2)] == [[], [], []]


def test_a_calendar_app_learns_of_a_summons_only_that_the_counselor_has_a_meeting():
    cast = small_school()
    summons = cases.summons(cases.tried_case(cast), cast.bk, is_over=False)
    (event,) = events(cast.bk)
    assert (str(event["summary"]), str(event["url"])) == ("Pertemuan", "http://testserver/")
    assert event.decoded("dtstart") == summons.meets_at.replace(microsecond=0)
    text = event.to_ical().decode().replace("\r\n ", "")
    assert not [secret for secret in ("Siswa", "anggil", "Ruang") if secret in text]
    withdraw_summons(summons, by=cast.bk, reason="Salah siswa")
    assert [str(event["status"]) for event in events(cast.bk)] == ["CANCELLED"]
    assert [events(who) for who in (cast.bk2, cast.coordinator, cast.wali)] == [[], [], []]


def test_a_moved_conference_keeps_its_uid_and_a_cancelled_one_leaves_those_invited():
    cast = small_school()
    one = support.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    (first,) = events(cast.guru)
    later = one.meets_at + timedelta(days=1)
    plan = {"place": "Ruang BK", "why": "x", "invited": [cast.guru]}
    reschedule(one, by=cast.bk, meets_at=later, **plan, read_at=1)
    (second,) = events(cast.guru)
    assert str(first["uid"]) == str(second["uid"])
    assert int(first["sequence"]) < int(second["sequence"])
    cancel(one, by=cast.bk, reason="Sakit")
    assert events(cast.guru) == []
    assert [str(event["status"]) for event in events(cast.bk)] == ["CANCELLED"]


def test_conferences_cost_the_same_number_of_queries_at_1_and_at_30():
    cast = small_school(31)
    client, key = signed_in(cast.bk), make_feed(by=cast.bk)
    urls = [reverse(f"homevisits:{name}") for name in PAGES]
    urls.append(f"{reverse('homevisits:feed_file')}?kunci={key}")
    conference(cast, invited=[cast.guru])
    one = [queries_of(client, url) for url in urls]
    for number in range(1, 30):
        conference(cast, number, invited=[cast.guru, cast.wali])
    assert [queries_of(client, url) for url in urls] == one

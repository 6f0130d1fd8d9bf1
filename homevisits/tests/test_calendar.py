"""The month and the week: what stands where, for whom."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import Summons
from cases.tests import factories as cases
from homevisits.calendar import month_span, next_month
from homevisits.models import Visit
from homevisits.tests import factories as make
from school.days import Holiday
from school.free_days import why_free
from school.models import Policy, Semester
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

PAGES = ("month", "week")
AT = timedelta(minutes=1)
"""So early that its time has come, whenever the tests run."""


@pytest.fixture
def cast():
    return small_school(4)


def on(day: date):
    return clock.day_start(day) + AT


def visit_on(cast, day: date, *, student=0, by=None, visitors=None) -> Visit:
    case = cases.direct_case(cast, cast.students[student])
    by = by or cast.bk
    visit = make.scheduled_visit(case, by, cast.principal, visitors=visitors)
    Visit.objects.filter(pk=visit.pk).update(scheduled_for=on(day))
    return visit


def summons_on(cast, day: date, *, student=1) -> Summons:
    case = cases.direct_case(cast, cast.students[student])
    cases.attempt(case, cast.bk)
    summons = cases.summons(case, cast.bk, is_over=False)
    Summons.objects.filter(pk=summons.pk).update(meets_at=on(day))
    return summons


def entries(person, name="month", **query):
    return signed_in(person).get(reverse(f"homevisits:{name}"), query).context["rows"]


def urls(person, **kwargs):
    return {entry.url for entry in entries(person, **kwargs)}


def test_each_office_finds_what_it_may_see(cast):
    today = clock.today()
    visit = visit_on(cast, today, visitors=[cast.bk, cast.guru2])
    meeting = reverse("cases:summons", args=[summons_on(cast, today).pk])
    for name in PAGES:
        assert urls(cast.bk, name=name) == {visit.get_absolute_url(), meeting}
        assert urls(cast.coordinator, name=name) == {visit.get_absolute_url(), meeting}
        assert urls(cast.principal, name=name) == {visit.get_absolute_url()}
        assert urls(cast.guru2, name=name) == {visit.get_absolute_url()}
        assert urls(cast.bk2, name=name) == urls(cast.wali, name=name) == set()


@pytest.mark.parametrize(("who", "found"), [("bk", 2), ("guru2", 1), ("wali", 0), ("principal", 0)])
def test_the_filter_finds_what_concerns_a_visitor_or_a_counselor(cast, who, found):
    visit_on(cast, clock.today(), visitors=[cast.guru2])
    summons_on(cast, clock.today())
    assert len(entries(cast.coordinator, who=getattr(cast, who).pk)) == found


def test_an_entry_says_when_who_which_class_who_goes_and_where_it_stands(cast):
    visit = visit_on(cast, clock.today(), visitors=[cast.bk, cast.guru2])
    page = signed_in(cast.bk).get(reverse("homevisits:week")).content.decode()
    entry = re.search(r'<a class="ev.*?</a>', page, re.DOTALL).group()
    words = " ".join(re.sub(r"<[^>]+>", " ", entry).split())
    visitors = ", ".join(sorted((cast.bk.called, cast.guru2.called)))
    for said in ("00.01", visit.case.student.name, cast.own.name, "Perlu dicatat"):
        assert said in words
    assert all(one in words for one in visitors.split(", "))
    assert 'href="/static/icons/sprite.svg#journal-text"' in entry


def test_a_visit_that_was_made_stands_on_the_day_on_which_it_was(cast):
    case = cases.direct_case(cast)
    visit = make.recorded_visit(case, cast.bk, cast.principal)
    earlier = clock.now() - timedelta(days=40)
    Visit.objects.filter(pk=visit.pk).update(happened_at=earlier)
    month = clock.day_of(earlier).replace(day=1)
    client = signed_in(cast.bk)
    shown = client.get(reverse("homevisits:month", kwargs={"month": month})).context["rows"]
    assert [entry.url for entry in shown] == [visit.get_absolute_url()]
    assert entries(cast.bk) == []


@pytest.mark.parametrize("status", ["CANCELLED", "DECLINED", "WITHDRAWN"])
def test_what_will_not_be_is_not_in_the_calendar(cast, status):
    visit = visit_on(cast, clock.today())
    Visit.objects.filter(pk=visit.pk).update(status=status)
    assert entries(cast.bk) == []


def test_today_is_marked_and_a_holiday_named(cast):
    today = clock.today()
    Policy.objects.update(holidays=[Holiday(today, today, "Maulid Nabi")])
    for name in PAGES:
        page = signed_in(cast.bk).get(reverse(f"homevisits:{name}")).content.decode()
        assert page.count('aria-current="date"') == 2, name
        assert "Maulid Nabi" in page


def test_the_addresses_before_and_after_keep_the_filter(cast):
    client = signed_in(cast.coordinator)
    visit_on(cast, clock.today())
    page = client.get("/kunjungan/bulan/2021-12/", {"who": cast.bk.pk})
    assert page.context["before"] == f"/kunjungan/bulan/2021-11/?who={cast.bk.pk}"
    assert page.context["after"] == f"/kunjungan/bulan/2022-01/?who={cast.bk.pk}"
    page = client.get("/kunjungan/pekan/2020-W53/")
    assert page.context["before"] == "/kunjungan/pekan/2020-W52/"
    assert page.context["after"] == "/kunjungan/pekan/2021-W01/"


@pytest.mark.parametrize(
    "path",
    ["bulan/2021-13", "bulan/1999-12", "pekan/2021-W53", "pekan/2021-W00", "bulan/2100-01"],
)
def test_what_is_no_month_and_no_week_is_not_found(cast, path):
    assert signed_in(cast.bk).get(f"/kunjungan/{path}/").status_code == 404


def test_a_month_is_shown_in_whole_weeks():
    assert month_span(date(2021, 10, 1)) == (date(2021, 9, 27), date(2021, 10, 31))
    assert next_month(date(2021, 1, 1)) == date(2021, 2, 1)


def test_a_day_is_free_by_its_semester_and_between_two(cast):
    Policy.objects.update(free_weekdays=["7"])
    semester = Semester.objects.select_related("policy").get(pk=cast.semester.pk)
    sunday = semester.starts_on + timedelta(days=(6 - semester.starts_on.weekday()) % 7)
    assert why_free(sunday, [semester]) == "Minggu"
    assert why_free(sunday + timedelta(days=1), [semester]) == ""
    assert why_free(semester.ends_on + timedelta(days=1), [semester]) == "di luar semester"


def test_a_page_asks_the_same_number_of_queries_at_1_and_at_30_visits():
    cast = small_school(32)
    client = signed_in(cast.coordinator)

    def asked():
        return {name: queries_of(client, reverse(f"homevisits:{name}")) for name in PAGES}

    visit_on(cast, clock.today())
    summons_on(cast, clock.today())
    one = asked()
    for number in range(2, 31):
        visit_on(cast, clock.today(), student=number, visitors=[cast.bk, cast.wali])
    assert asked() == one
    assert max(one.values()) <= 12


def test_nobody_is_named_whom_nothing_concerns_that_the_reader_sees(cast):
    stranger = cast.operator
    for page in ("bulan", "pekan", "hari"):
        html = signed_in(cast.bk).get(f"/kunjungan/{page}/", {"who": stranger.pk}).content.decode()
        assert stranger.name not in html
        assert stranger.called not in html

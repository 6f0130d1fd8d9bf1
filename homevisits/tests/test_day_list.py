"""The day's list: whose visits, in which order, with what the reader may know."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tasks import waiting
from homevisits.tests import factories as make
from school.distance import kilometres, nearest_first
from school.models import SchoolProfile, Student
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SCHOOL = (Decimal("-7.189"), Decimal("110.061"))
HOMES = (
    ("Wates", None),
    ("Muntung", "-7.150000"),
    ("Bantir", "-7.180000"),
    ("Candi", "-7.160000"),
)
"""Village and latitude of the first students, whose visits are at one, two … past midnight."""
FIRST_MINUTE = timedelta(minutes=1)
DAY = "homevisits:day"


@pytest.fixture
def cast():
    cast = small_school(6)
    SchoolProfile.objects.update(latitude=SCHOOL[0], longitude=SCHOOL[1])
    return cast


def visits_of_today(cast, number=4, visitors=None) -> list[Visit]:
    found = []
    for place, student in enumerate(cast.students[:number]):
        village, latitude = HOMES[place % len(HOMES)]
        point = {"latitude": latitude, "longitude": latitude and "110.061"}
        Student.objects.filter(pk=student.pk).update(village=village, **point)
        case = cases.direct_case(cast, student)
        visit = make.scheduled_visit(case, cast.bk, cast.principal, visitors=visitors)
        at = clock.day_start(clock.today()) + (place + 1) * FIRST_MINUTE
        Visit.objects.filter(pk=visit.pk).update(scheduled_for=at)
        found.append(visit)
    return found


def page(person, **query):
    return signed_in(person).get(reverse(DAY), query)


def villages(person, **query) -> list[str]:
    return [stop.student.village for stop in page(person, **query).context["rows"]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, ["Bantir", "Candi", "Muntung", "Wates"]),
        ({"order": "way"}, ["Bantir", "Candi", "Muntung", "Wates"]),
        ({"order": "village"}, ["Bantir", "Candi", "Muntung", "Wates"]),
        ({"order": "time"}, ["Wates", "Muntung", "Bantir", "Candi"]),
    ],
)
def test_the_homes_stand_by_the_way_by_village_or_by_time(cast, order, expected):
    visits_of_today(cast)
    assert villages(cast.bk, **order) == expected


def test_without_a_point_of_the_school_the_way_begins_at_the_first_home(cast):
    visits_of_today(cast)
    SchoolProfile.objects.update(latitude=None, longitude=None)
    assert villages(cast.bk) == ["Muntung", "Candi", "Bantir", "Wates"]


def test_distances_are_those_of_the_haversine_formula():
    assert kilometres(SCHOOL, SCHOOL) == 0
    north = (SCHOOL[0] + 1, SCHOOL[1])
    assert round(kilometres(SCHOOL, north), 2) == 111.19
    assert nearest_first(SCHOOL, [north, None, SCHOOL], lambda one: one) == [SCHOOL, north, None]


def test_a_visitor_has_only_the_own_visits_and_bk_asks_for_anybodys(cast):
    visits_of_today(cast, 2, visitors=[cast.guru2])
    assert len(villages(cast.guru2)) == 2
    assert villages(cast.bk) == []
    assert len(villages(cast.bk, who=cast.guru2.pk)) == 2
    assert villages(cast.wali, who=cast.guru2.pk) == []
    assert len(villages(cast.principal, who=cast.guru2.pk)) == 2


def test_phones_are_there_until_the_report_is_finished_and_the_map_links_have_points(cast):
    first, _second = visits_of_today(cast, 2, visitors=[cast.guru2])
    guardian = first.case.student.guardians.get()
    html = page(cast.guru2).content.decode()
    assert html.count("tel:+") == 2
    assert guardian.called in html
    assert "https://www.google.com/maps/dir/?api=1&amp;destination=-7.150000,110.061000" in html
    assert "geo:-7.150000,110.061000?q=-7.150000,110.061000" in html
    assert "openstreetmap.org/?mlat=-7.150000&amp;mlon=110.061000" in html
    assert "Cari alamatnya di peta" in html or "maps/search" in html
    make.record(first, by=cast.bk, outcome="NOBODY", happened_at=first.scheduled_for)
    html = page(cast.guru2).content.decode()
    assert html.count("tel:+") == 1


def test_home_leads_to_the_list_from_two_visits_on(cast):
    def lines(person):
        return [task.url for task in waiting(person) if task.url == reverse(DAY)]

    visits_of_today(cast, 1)
    assert lines(cast.bk) == []
    Visit.objects.all().delete()
    cases.Case.objects.all().delete()
    visits_of_today(cast, 3)
    assert len(lines(cast.bk)) == 1
    assert lines(cast.coordinator) == []


def test_the_list_asks_the_same_number_of_queries_at_1_and_at_30_visits():
    cast = small_school(30)
    client = signed_in(cast.bk)
    visits_of_today(cast, 1)
    one = queries_of(client, reverse(DAY))
    Visit.objects.all().delete()
    cases.Case.objects.all().delete()
    visits_of_today(cast, 30)
    assert queries_of(client, reverse(DAY)) == one
    assert one <= 14

from datetime import timedelta

import pytest
from django.test import RequestFactory

from counseling.navigation import _current, held_by, places_of
from school.models import OfficeHolding
from school.roles import COUNSELOR, PRINCIPAL
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON_A_PHONE = 5


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("guru", ["home", "my_recaps", "students"]),
        ("wali", ["home", "class_lists", "students", "tables"]),
        ("bk", ["home", "cases", "visits", "reports", "students"]),
        ("coordinator", ["home", "cases", "visits", "reports", "students"]),
        ("principal", ["home", "semester", "approvals", "progress"]),
        ("student_affairs", ["home", "reports", "students"]),
        ("operator", ["home", "students", "desk"]),
    ],
)
def test_each_office_has_its_places_and_no_others(who, places):
    user = getattr(small_school(), who)
    assert [place.key for place in held_by(user)] == places


def test_several_offices_give_the_union_with_what_matters_most_on_the_phone():
    user = make.person(PRINCIPAL)
    OfficeHolding.objects.create(
        user=user, office=COUNSELOR.code, starts_on=clock.today() - timedelta(days=1)
    )
    keys = [place.key for place in held_by(user)]
    assert keys[:ON_A_PHONE] == ["home", "semester", "approvals", "progress", "cases"]
    assert {"visits", "students"} < set(keys)


def test_nobody_has_places_who_is_not_signed_in():
    request = RequestFactory().get("/")
    assert places_of(request) == []


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/kunjungan/7/", "/kunjungan/"),
        ("/kunjungan/usulan/", "/kunjungan/usulan/"),
        ("/akun/", ""),
    ],
)
def test_a_page_stands_in_the_place_whose_address_its_own_begins_with(path, place):
    assert _current(path, ["/", "/kunjungan/", "/kunjungan/usulan/"]) == place

"""What speaks against an hour for a visit is said, with whom, as far as the reader may know."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from cases.models import Summons
from cases.tests import factories as cases
from cases.workflow import confirm, open_directly
from homevisits.clashes import clashes
from homevisits.models import Visit
from homevisits.tests import factories as make
from school.days import Holiday
from school.models import Policy, Semester, Student
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

NEAR, FAR = "-7.100000", "-7.235000"
"""Latitudes 15.0 km from each other, three quarters of an hour at 20 km/h."""
NINE = timedelta(hours=9)


@pytest.fixture
def cast():
    return small_school(40)


def at(days: int = 3, **more: int) -> datetime:
    return clock.day_start(clock.today() + timedelta(days=days)) + NINE + timedelta(**more)


def approved(cast, number, latitude=None) -> Visit:
    student = cast.students[number]
    if latitude:
        point = {"latitude": latitude, "longitude": "110.000000"}
        Student.objects.filter(pk=student.pk).update(village="Bantir", **point)
        student.refresh_from_db()
    return make.approved_visit(cases.direct_case(cast, student), cast.bk, cast.principal)


def foreign_case(cast, student):
    case = open_directly(student, cast.semester, by=cast.bk2, reasons=["FAMILY"])
    confirm(case, by=cast.bk2)
    return case


def planned(visit, moment, visitors, by=None) -> Visit:
    return make.planned(visit, by or visit.case.counselor, scheduled_for=moment, visitors=visitors)


def said(cast, visit, moment, visitors=None, reader=None) -> list[str]:
    found = clashes(visit, moment, visitors or [cast.bk], reader or cast.bk)
    return [str(sentence) for sentence in found]


def test_nothing_is_said_of_a_free_hour(cast):
    assert said(cast, approved(cast, 0), at()) == []


@pytest.mark.parametrize(
    ("minutes", "latitude", "words"),
    [
        (59, FAR, "Bu Retno sudah punya kunjungan rumah pukul 09.59: {name}."),
        (-59, NEAR, "Bu Retno sudah punya kunjungan rumah pukul 08.01: {name}."),
        (60, NEAR, ""),
        (60, FAR, "Bu Retno mengunjungi {name} pukul 10.00 di Bantir, 15,0 km dari sini: {way}."),
        (-104, FAR, "Bu Retno mengunjungi {name} pukul 07.16 di Bantir, 15,0 km dari sini: {way}."),
        (106, FAR, ""),
        (60, None, ""),
    ],
)
def test_two_visits_need_an_hour_and_the_way_between_them(cast, minutes, latitude, words):
    other = approved(cast, 1, latitude)
    planned(other, at(minutes=minutes), [cast.bk])
    expected = words.format(name=other.case.student.name, way="sekitar 45 menit di jalan")
    assert said(cast, approved(cast, 0, NEAR), at()) == ([expected] if words else [])


def test_only_those_who_go_are_asked_about(cast):
    planned(approved(cast, 1), at(), [cast.wali])
    assert said(cast, approved(cast, 0), at(), [cast.bk]) == []
    assert len(said(cast, approved(cast, 2), at(), [cast.bk, cast.wali])) == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "Pak Agus sudah punya kunjungan rumah pukul 09.00."),
        (60, "Pak Agus ada kunjungan pukul 10.00 di tempat yang terlalu jauh."),
    ],
)
def test_of_a_visit_of_another_counselor_no_name_no_village_and_no_distance_is_said(
    cast, minutes, words
):
    other = make.approved_visit(
        foreign_case(cast, cast.foreign_students[0]), cast.bk2, cast.principal
    )
    Student.objects.filter(pk=other.case.student_id).update(latitude=FAR, longitude="110")
    planned(other, at(minutes=minutes), [cast.wali], by=cast.bk2)
    assert said(cast, approved(cast, 0, NEAR), at(), [cast.wali]) == [words]


def test_a_meeting_of_a_summons_is_named_to_who_may_see_it(cast):
    case = cases.direct_case(cast, cast.students[1])
    cases.attempt(case, cast.bk)
    summons = cases.summons(case, cast.bk, is_over=False)
    Summons.objects.filter(pk=summons.pk).update(meets_at=at(minutes=30))
    visit, words = approved(cast, 0), "Bu Retno sudah punya pertemuan dengan orang tua pukul 09.30"
    assert said(cast, visit, at()) == [f"{words}: {case.student.name}."]
    assert said(cast, visit, at(), reader=cast.bk2) == [f"{words}."]


def test_a_free_day_and_a_day_after_the_semester_are_said(cast):
    visit, day = approved(cast, 0), clock.today() + timedelta(days=3)
    Policy.objects.update(holidays=[Holiday(day, day, "Maulid Nabi")])
    Semester.objects.update(ends_on=day - timedelta(days=1))
    visit = Visit.objects.get(pk=visit.pk)
    assert [words.partition(":")[0].partition(",")[0] for words in said(cast, visit, at())] == [
        "Hari itu bukan hari sekolah",
        "Semester kasus ini berakhir sebelumnya",
    ]


def test_the_page_says_it_while_an_hour_is_chosen_without_writing_anything(cast):
    other = planned(approved(cast, 1), at(), [cast.bk])
    visit = approved(cast, 0)
    url = reverse("homevisits:schedule", args=[visit.pk])
    chosen = {"day": at().date().isoformat(), "at": "09:30", "visitors": [cast.bk.pk]}
    page = signed_in(cast.bk).get(url, chosen).content.decode()
    assert f"Bu Retno sudah punya kunjungan rumah pukul 09.00: {other.case.student.name}." in page
    assert 'name="anyway"' in page
    free = signed_in(cast.bk).get(url, {**chosen, "at": "12:00"}).content.decode()
    assert 'name="anyway"' not in free


def test_the_question_asks_the_same_number_of_queries_at_1_and_at_30_other_visits(cast):
    visit = approved(cast, 0)
    moment = at()
    url = reverse("homevisits:schedule", args=[visit.pk])
    url += f"?day={moment:%Y-%m-%d}&at=09:00&visitors={cast.bk.pk}"
    client = signed_in(cast.bk)
    planned(approved(cast, 1), moment, [cast.bk])
    one = queries_of(client, url)
    for number in range(2, 31):
        planned(approved(cast, number), moment, [cast.bk])
    assert queries_of(client, url) == one

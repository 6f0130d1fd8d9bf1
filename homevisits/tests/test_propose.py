"""Propose a visit on its page; bad input comes back with a message and nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.models import Visit
from workflow import clock
from workflow.submits import FIELD
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def case(cast):
    return cases.direct_case(cast)


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def given(**fields):
    usual = {"special": "ECONOMY", "reason": "Ayah merantau", "proposed_on": day(0)}
    return usual | {"wished_from": day(2), "wished_until": day(4)} | fields


def page_of(case):
    return reverse("homevisits:propose", args=[case.pk])


def test_a_proposal_for_a_special_reason_waits_for_the_principal(cast, case):
    response = post(signed_in(cast.bk), page_of(case), given())
    visit = Visit.objects.get()
    assert response.headers["Location"] == visit.get_absolute_url()
    assert (visit.basis, visit.reason, visit.status) == ("ECONOMY", "Ayah merantau", "PROPOSED")
    assert (visit.wished_from.isoformat(), visit.wished_until.isoformat()) == (day(2), day(4))


def test_where_nothing_failed_yet_the_form_says_what_is_missing_and_asks(cast, case):
    page = signed_in(cast.bk).get(page_of(case)).content.decode()
    assert "Belum ada upaya kontak" in page
    assert 'name="special"' in page


@pytest.mark.parametrize(
    ("steps", "basis", "words"),
    [
        (["attempt"] * 3, "CONTACT", "3 kali dihubungi, tidak terhubung"),
        (["attempt", "missed"], "SUMMONS", "Tidak hadir pada panggilan I"),
        (["attempt", "missed", "missed"], "SUMMONS", "Tidak hadir pada panggilan I dan II"),
    ],
)
def test_where_the_lower_rungs_failed_they_are_the_basis(cast, case, steps, basis, words):
    for step in steps:
        (cases.attempt if step == "attempt" else cases.unattended_summons)(case, cast.bk)
    client = signed_in(cast.bk)
    page = client.get(page_of(case)).content.decode()
    assert words in page
    assert 'name="special"' not in page
    post(client, page_of(case), {"proposed_on": day(0)})
    assert Visit.objects.get().basis == basis
    assert words in signed_in(cast.principal).get(reverse("homevisits:proposals")).content.decode()


# An int means so many days from today.
BAD = (
    ({"special": ""}, "special"),
    ({"special": "SUMMONS"}, "special"),
    ({"reason": ""}, "reason"),
    ({"reason": "   "}, "reason"),
    ({"reason": "x" * 1001}, "reason"),
    ({"wished_from": "besok"}, "wished_from"),
    ({"wished_from": "0001-01-01"}, "wished_from"),
    ({"wished_from": "9999-12-31"}, "wished_from"),
    ({"wished_from": 200, "wished_until": ""}, "wished_from"),
    ({"wished_until": 500}, "wished_until"),
    ({"wished_from": 4, "wished_until": 2}, "__all__"),
    ({"wished_from": -3, "wished_until": ""}, "__all__"),
    ({"is_urgent": "on"}, "urgent_reason"),
    ({"is_urgent": "on", "urgent_reason": "x" * 301}, "urgent_reason"),
    ({"proposed_on": ""}, "proposed_on"),
    ({"proposed_on": 1}, "__all__"),
    ({"proposed_on": -95}, "__all__"),
    ({"proposed_on": "-5"}, "proposed_on"),
)


@pytest.mark.parametrize(("fields", "where"), BAD)
def test_bad_input_is_said_and_nothing_typed_is_lost(cast, case, fields, where):
    fields = {n: day(v) if isinstance(v, int) else v for n, v in fields.items()}
    response = post(signed_in(cast.bk), page_of(case), given(urgent_reason="") | fields)
    assert response.status_code == 200
    form = response.context["form"]
    assert where in form.errors
    assert {name: form[name].value() for name in fields if name in form.fields} == {
        name: value == "on" or value for name, value in fields.items()
    }
    assert not Visit.objects.exists()


def test_an_urgent_visit_needs_its_reason_and_can_be_scheduled_at_once(cast, case):
    client = signed_in(cast.bk)
    post(client, page_of(case), given(is_urgent="on", urgent_reason="Tidak pulang dua hari"))
    visit = Visit.objects.get()
    assert visit.is_urgent
    assert client.get(reverse("homevisits:schedule", args=[visit.pk])).status_code == 200


def test_a_reason_without_the_tick_is_no_urgency(cast, case):
    post(signed_in(cast.bk), page_of(case), given(urgent_reason="Tidak pulang dua hari"))
    assert not Visit.objects.get().is_urgent


def test_a_case_not_yet_confirmed_says_so_instead_of_a_form(cast):
    case = cases.direct_case(cast, confirmed=False)
    client = signed_in(cast.bk)
    page = client.get(page_of(case))
    assert page.context["off"]
    assert post(client, page_of(case), given()).context["form"].non_field_errors()
    assert not Visit.objects.exists()


def test_a_proposal_sent_twice_is_one(cast, case):
    client = signed_in(cast.bk)
    same = given() | {FIELD: str(uuid4())}
    first, second = (client.post(page_of(case), same) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Visit.objects.count() == 1


def test_of_a_student_who_moved_class_the_case_is_still_proposed_by_its_counselor(cast, case):
    enrolment = case.student.enrolments.get()
    enrolment.ends_on = clock.today() - timedelta(days=1)
    enrolment.save()
    case.student.enrolments.create(school_class=cast.foreign, starts_on=clock.today())
    assert post(signed_in(cast.bk2), page_of(case), given()).status_code == 403
    assert post(signed_in(cast.bk), page_of(case), given()).status_code == 302

"""Schedule a visit: its visitors, its time and its purposes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as make
from school.days import Holiday
from school.models import LetterNumber, Policy, User
from school.permissions import may_be_visitor, possible_visitors
from school.roles import COUNSELOR
from school.tests.factories import person
from workflow import clock
from workflow.submits import FIELD
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def visit(cast):
    return make.approved_visit(cases.direct_case(cast), cast.bk, cast.principal)


def page_of(visit, name="schedule"):
    return reverse(f"homevisits:{name}", args=[visit.pk])


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def given(cast, **fields):
    return {
        "day": day(2),
        "at": "14:00",
        "visitors": [cast.bk.pk, cast.wali.pk],
        "purposes": ["DATA", "CONCERN"],
        "functions": ["UNDERSTANDING"],
        "number": "421.3/031/2021",
    } | fields


def test_a_schedule_names_who_goes_when_and_what_for(cast, visit):
    response = post(signed_in(cast.bk), page_of(visit), given(cast))
    assert response.headers["Location"] == visit.get_absolute_url()
    visit.refresh_from_db()
    assert timezone.localtime(visit.scheduled_for).strftime("%H:%M") == "14:00"
    assert set(visit.visitors.all()) == {cast.bk, cast.wali}
    assert (visit.purposes, visit.functions) == (["DATA", "CONCERN"], ["UNDERSTANDING"])
    assert visit.number.text == "421.3/031/2021"


def test_the_next_number_is_proposed_and_may_stay_empty(cast, visit):
    LetterNumber.objects.take("ASSIGNMENT", "421.3/030/2021", clock.today())
    page = signed_in(cast.bk).get(page_of(visit))
    assert page.context["form"]["number"].value() == f"421.3/031/{clock.today().year}"
    post(signed_in(cast.bk), page_of(visit), given(cast, number=""))
    visit.refresh_from_db()
    assert visit.number is None
    post(signed_in(cast.bk), page_of(visit, "number"), {"number": "421.3/099/2021"})
    visit.refresh_from_db()
    assert visit.number.text == "421.3/099/2021"


def free_on(days: int) -> None:
    """Make Maulid Nabi fall on a day counted from today."""
    that_day = clock.today() + timedelta(days=days)
    Policy.objects.update(holidays=[Holiday(that_day, that_day, "Maulid Nabi")])


def test_a_visitor_who_is_elsewhere_at_that_time_is_asked_about(cast, visit):
    other = make.approved_visit(cases.direct_case(cast, cast.students[1]), cast.bk, cast.principal)
    post(signed_in(cast.bk), page_of(other), given(cast, at="14:30", number=""))
    page = post(signed_in(cast.bk), page_of(visit), given(cast)).content.decode()
    student = other.case.student.name
    assert f"Bu Retno sudah punya kunjungan rumah pukul 14.30: {student}." in page
    assert f"Pak Agus sudah punya kunjungan rumah pukul 14.30: {student}." in page
    assert "Tetap jadwalkan" in page
    assert Visit.objects.get(pk=visit.pk).scheduled_for is None
    assert post(signed_in(cast.bk), page_of(visit), given(cast, anyway="on")).status_code == 302


def test_a_visitor_is_free_an_hour_later_and_at_the_own_earlier_time(cast, visit):
    other = make.approved_visit(cases.direct_case(cast, cast.students[1]), cast.bk, cast.principal)
    post(signed_in(cast.bk), page_of(other), given(cast, at="15:00", number=""))
    assert post(signed_in(cast.bk), page_of(visit), given(cast)).status_code == 302
    again = given(cast, at="14:10")
    assert post(signed_in(cast.bk), page_of(visit, "reschedule"), given(cast)).status_code == 302
    assert post(signed_in(cast.bk), page_of(visit, "reschedule"), again).status_code == 200


def test_a_counselor_who_expects_a_family_at_that_time_is_asked_about(cast, visit):
    other = cases.direct_case(cast, cast.students[1])
    cases.attempt(other, cast.bk)
    summons = cases.summons(other, cast.bk, is_over=False)
    at = clock.local(clock.now() + timedelta(days=2)).replace(hour=13, minute=30)
    type(summons).objects.filter(pk=summons.pk).update(meets_at=at)
    page = post(signed_in(cast.bk), page_of(visit), given(cast)).content.decode()
    said = f"Bu Retno sudah punya pertemuan dengan orang tua pukul 13.30: {other.student.name}."
    assert said in page


def test_a_visit_on_a_free_day_is_asked_about_and_then_scheduled(cast, visit):
    free_on(2)
    page = post(signed_in(cast.bk), page_of(visit), given(cast)).content.decode()
    assert "Hari itu bukan hari sekolah: Maulid Nabi." in page
    assert Visit.objects.get(pk=visit.pk).scheduled_for is None
    assert post(signed_in(cast.bk), page_of(visit), given(cast, anyway="on")).status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "proposed"), [(1, 4, 1), (2, 4, 3), (2, 2, 2), (-3, 4, 0)]
)
def test_of_the_wished_days_the_first_school_day_to_come_is_proposed(
    cast, visit, first, last, proposed
):
    free_on(2)
    today = clock.today()
    visit.wished_from, visit.wished_until = today + timedelta(first), today + timedelta(last)
    visit.save()
    page = signed_in(cast.bk).get(page_of(visit))
    assert page.context["form"].initial["day"] == today + timedelta(proposed)


def test_a_schedule_is_undone_from_its_toast(cast, visit):
    client = signed_in(cast.bk)
    page = client.post(page_of(visit), given(cast) | {FIELD: str(uuid4())}, follow=True)
    undo = reverse("undo", args=["homevisits.visit", visit.pk, "schedule"])
    assert undo in page.content.decode()
    assert post(client, undo).status_code == 302
    visit.refresh_from_db()
    assert (visit.status, visit.scheduled_for) == ("APPROVED", None)


def test_a_schedule_sent_twice_takes_one_number(cast, visit):
    same = given(cast) | {FIELD: str(uuid4())}
    client = signed_in(cast.bk)
    assert [client.post(page_of(visit), same).status_code for _ in range(2)] == [302, 302]
    assert LetterNumber.objects.count() == 1


# An int means so many days from today.
BAD = (
    ({"day": ""}, "day"),
    ({"day": "31/31/2021"}, "day"),
    ({"day": "0001-01-01"}, "day"),
    ({"day": 121}, "__all__"),
    ({"day": -1}, "__all__"),
    ({"at": ""}, "at"),
    ({"at": "25:00"}, "at"),
    ({"visitors": []}, "visitors"),
    ({"visitors": [999999]}, "visitors"),
    ({"visitors": ["satu"]}, "visitors"),
    ({"visitors": ["9" * 30]}, "visitors"),
    ({"purposes": []}, "purposes"),
    ({"purposes": ["TOUR"]}, "purposes"),
    ({"functions": []}, "functions"),
    ({"number": "x" * 61}, "number"),
)


@pytest.mark.parametrize("name", ["schedule", "reschedule"])
@pytest.mark.parametrize(("fields", "where"), BAD)
def test_bad_input_is_said_and_nothing_typed_is_lost(cast, visit, name, fields, where):
    fields = {n: day(v) if isinstance(v, int) else v for n, v in fields.items()}
    if name == "reschedule":
        if not {"day", "at", "visitors"} & set(fields):
            return
        make.planned(visit, cast.bk)
    before = Visit.objects.values().get()
    response = post(signed_in(cast.bk), page_of(visit, name), given(cast, number="") | fields)
    assert response.status_code == 200
    form = response.context["form"]
    assert where in form.errors
    for field, value in fields.items():
        assert form[field].value() in (value, [str(one) for one in value])
    assert Visit.objects.values().get() == before


def test_an_operator_and_who_has_left_are_no_choice(cast, visit):
    gone, idle = person(is_active=False, username="gone"), person(username="idle")
    assert {cast.operator, gone, idle}.isdisjoint(possible_visitors())
    assert {cast.guru, cast.wali, cast.bk2, cast.principal, cast.student_affairs} < set(
        possible_visitors()
    )
    assert {user for user in User.objects.all() if may_be_visitor(user)} == set(possible_visitors())
    response = post(signed_in(cast.bk), page_of(visit), given(cast, visitors=[cast.operator.pk]))
    assert "visitors" in response.context["form"].errors


def test_namesakes_are_told_apart_by_nip(cast, visit):
    for nip in ("198609262015051001", "197001012000121002"):
        twin = person(COUNSELOR, username=nip, name="Sri Rahayu", nip=nip)
        page = signed_in(cast.bk).get(page_of(visit)).content.decode()
        assert f"Sri Rahayu · NIP {twin.nip_written}" in page


def test_the_counselor_and_the_homeroom_teacher_are_offered_first(cast, visit):
    page = signed_in(cast.bk).get(page_of(visit))
    (_named_first, first), (_named_rest, rest) = page.context["form"].fields["visitors"].choices
    assert {pk for pk, _label in first} == {cast.bk.pk, cast.wali.pk}
    assert cast.guru.pk in {pk for pk, _label in rest}


def test_rescheduling_keeps_purposes_and_number(cast, visit):
    make.planned(visit, cast.bk, number="421.3/001/2021")
    post(
        signed_in(cast.bk),
        page_of(visit, "reschedule"),
        {"day": day(5), "at": "08:30", "visitors": [cast.guru.pk]},
    )
    visit.refresh_from_db()
    assert timezone.localdate(visit.scheduled_for).isoformat() == day(5)
    assert list(visit.visitors.all()) == [cast.guru]
    assert (visit.purposes, visit.number.text) == (["DATA", "COOPERATION"], "421.3/001/2021")


def test_the_page_of_an_act_that_is_off_leads_back_with_the_reason(cast):
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk)
    page = signed_in(cast.bk).get(page_of(visit), follow=True)
    assert page.redirect_chain[0][0] == visit.get_absolute_url()
    assert "toast-s error" in page.content.decode()


def test_after_nobody_home_visiting_again_leads_to_the_schedule(cast):
    first = make.recorded_visit(cases.direct_case(cast), cast.bk, cast.principal, outcome="NOBODY")
    response = post(signed_in(cast.bk), page_of(first, "propose_next"))
    second = Visit.objects.get(follows=first)
    assert response.headers["Location"] == page_of(second)


@pytest.mark.parametrize("name", ["withdraw", "cancel"])
def test_ending_a_visit_asks_first_and_keeps_the_note(cast, name):
    case = cases.direct_case(cast, cast.students[1])
    visit = make.proposed_visit(case, cast.bk)
    if name == "cancel":
        make.approve([visit], by=cast.principal)
    client = signed_in(cast.bk)
    assert client.get(page_of(visit, name)).context["follows"]
    long = post(client, page_of(visit, name), {"note": "x" * 501})
    assert long.context["form"].errors
    post(client, page_of(visit, name), {"note": "Keluarga datang sendiri"})
    visit.refresh_from_db()
    assert visit.status == {"withdraw": "WITHDRAWN", "cancel": "CANCELLED"}[name]

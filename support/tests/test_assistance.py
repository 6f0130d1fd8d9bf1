"""Assistance from asking to the return: what holds, who reads what, and where it shows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Case
from cases.next_steps import beside_the_ladder
from cases.read_steps import Read
from cases.steps import OpenCase
from cases.tests import factories as cases
from cases.workflow import dismiss, resolve
from school.models import Semester
from school.tests.cast import Cast, small_school
from support.models import Assistance
from support.tests import factories as make
from support.workflow import (
    approve_assistance,
    decline_assistance,
    hand_over_assistance,
    keep_assistance,
    put_off_return,
    return_assistance,
    withdraw_assistance,
    withdraw_assistance_approval,
)
from workflow import clock
from workflow.errors import NotNow, WrongState
from workflow.run import undo
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Ayahnya baru dipenjara"


@pytest.fixture
def cast() -> Cast:
    return small_school()


def send(user, page, obj, data=None):
    return post(signed_in(user), reverse(f"support:{page}", args=[obj.pk]), data)


def page_of(user, assistance):
    return signed_in(user).get(assistance.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("kind", "chosen", "is_lent"),
    [
        ("PHONE", "", True),
        ("PHONE", "given", False),
        ("DATA", "", False),
        ("DATA", "lent", True),
        ("OTHER", "", False),
    ],
)
def test_a_phone_is_lent_and_anything_else_given_unless_chosen(cast, kind, chosen, is_lent):
    case, today = cases.direct_case(cast), clock.today().isoformat()
    data = {"kind": kind, "what": "Meja", "reason": SECRET, "lent": chosen, "asked_on": today}
    assert send(cast.bk, "ask_for", case, data).status_code == 302
    made = Assistance.objects.get()
    assert (made.kind, made.is_lent, made.status) == (kind, is_lent, "ASKED")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"reason": " "}, "reason"), ({"kind": "OTHER"}, "what"), ({"kind": "CAR"}, "kind")],
)
def test_asking_needs_a_kind_a_name_and_a_reason(cast, given, field):
    data = {"kind": "PHONE", "reason": SECRET, "asked_on": clock.today().isoformat()} | given
    answer = send(cast.bk, "ask_for", cases.direct_case(cast), data)
    assert field in answer.context["form"].errors
    assert not Assistance.objects.exists()


def test_only_a_confirmed_open_case_asks(cast):
    with pytest.raises(NotNow, match=r"konfirmasi|Tinjau"):
        make.asked(cases.direct_case(cast, confirmed=False), cast.bk)
    ended = cases.tried_case(cast, cast.students[1], "REACHED")
    resolve(ended, by=cast.bk, outcome="SOLVED", causes=["DEVICE"])
    with pytest.raises(NotNow):
        make.asked(Case.objects.get(pk=ended.pk), cast.bk)


def test_what_is_asked_for_does_not_hold_up_the_end_of_a_case_and_outlives_it(cast):
    case = cases.tried_case(cast, outcome="REACHED")
    assistance = make.asked(case, cast.bk)
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["DEVICE"])
    Semester.objects.filter(pk=case.semester_id).update(frozen_at=clock.now())
    approve_assistance([Assistance.objects.get()], by=cast.principal)
    assistance = Assistance.objects.get()
    hand_over_assistance(assistance, by=cast.bk, given="HP", receiver="Sumi", relation="ibu")
    return_assistance(assistance, by=cast.bk, condition="Baik")
    assert assistance.status == "RETURNED"


def test_a_false_alarm_gets_nothing_but_what_it_has_comes_back(cast):
    waiting, lent = cases.direct_case(cast), cases.direct_case(cast, cast.students[1])
    asked = make.asked(waiting, cast.bk)
    out = make.handed_over(lent, cast.bk, cast.principal)
    for case in (waiting, lent):
        dismiss(case, by=cast.bk, reason="Sakit")
    with pytest.raises(NotNow):
        approve_assistance([asked], by=cast.principal)
    assert not Assistance.objects.to_decide().exists()
    withdraw_assistance(asked, by=cast.bk)
    return_assistance(out, by=cast.bk, condition="Baik")
    assert (asked.status, out.status) == ("WITHDRAWN", "RETURNED")


def test_the_table_of_who_reads_what(cast):
    lent = make.handed_over(cases.direct_case(cast), cast.bk, cast.principal, reason=SECRET)
    request, receipt = SECRET, "IMEI 35…17"
    for person, sees in (
        ("bk", {request, receipt}),
        ("coordinator", {request, receipt}),
        ("principal", {request}),
    ):
        html = page_of(getattr(cast, person), lent)
        assert {word for word in (request, receipt) if word in html} == sees, person
    for person in ("wali", "guru", "bk2", "student_affairs", "operator"):
        url = lent.get_absolute_url()
        assert signed_in(getattr(cast, person)).get(url).status_code == 404, person


def test_the_homeroom_teacher_reads_kind_and_state_and_never_the_reason(cast):
    case = cases.direct_case(cast)
    make.handed_over(case, cast.bk, cast.principal, reason=SECRET)
    decline_assistance([make.asked(case, cast.bk)], by=cast.principal, note="Tidak")
    html = signed_in(cast.wali).get(case.get_absolute_url()).content.decode()
    assert html.count("Bantuan: HP, sudah diserahkan") == 1
    assert html.count("Bantuan: ") == 1
    assert SECRET not in html
    assert "Samsung" not in html


def test_the_case_says_what_comes_next_while_it_is_under_way(cast):
    case = cases.direct_case(cast)
    assistance = make.asked(case, cast.bk)
    steps = {"asked": _beside(case)}
    approve_assistance([assistance], by=cast.principal)
    steps["approved"] = _beside(case)
    hand_over_assistance(
        assistance, by=cast.bk, given="x", receiver="x", relation="", due_on=clock.today()
    )
    steps["lent"] = _beside(case)
    return_assistance(assistance, by=cast.bk, condition="Baik")
    steps["returned"] = _beside(case)
    assert steps == {
        "asked": ("Bantuan yang diajukan menunggu kepala sekolah", None),
        "approved": ("Serahkan HP", None),
        "lent": ("Tagih HP", clock.today()),
        "returned": None,
    }


@pytest.mark.parametrize(
    ("given", "button"),
    [
        ({}, "Serahkan HP"),
        ({"kind": "DATA"}, "Serahkan paket data"),
        ({"kind": "OTHER", "what": "Samsung Tab"}, "Serahkan Samsung Tab"),
    ],
)
def test_a_button_names_the_thing_as_a_sentence_does(cast, given, button):
    case = cases.direct_case(cast)
    make.approved(case, cast.bk, cast.principal, **given)
    assert _beside(case) == (button, None)


def _beside(case):
    found = beside_the_ladder([OpenCase.of(case)]).get(case.pk)
    return (str(found[0].text), found[0].due_on) if found else None


def test_the_timeline_has_request_hand_over_and_return_on_their_days(cast):
    case = cases.direct_case(cast)
    make.kept(case, cast.bk, cast.principal)
    said = [
        str(moment.title)
        for kind, moment in Read([case]).timeline(case)
        if kind.name == "assistance"
    ]
    assert sorted(said) == [
        "Bantuan diajukan: HP",
        "Bantuan diserahkan: HP",
        "Bantuan tidak kembali: HP",
    ]


def test_the_timeline_says_who_decided_and_that_bk_withdrew_what_was_approved(cast):
    case = cases.direct_case(cast)
    assistance = make.approved(case, cast.bk, cast.principal)
    withdraw_assistance(assistance, by=cast.bk)
    [asked] = [moment for kind, moment in Read([case]).timeline(case) if kind.name == "assistance"]
    assert f"Disetujui, {cast.principal.called} · Ditarik" in asked.text
    assert asked.is_void


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (hand_over_assistance, {"given": "x", "receiver": " ", "relation": ""}),
        (hand_over_assistance, {"given": "", "receiver": "x", "relation": ""}),
        (hand_over_assistance, {"handed_on": timedelta(days=1)}),
        (hand_over_assistance, {"handed_on": -timedelta(days=1)}),
        (hand_over_assistance, {"due_on": -timedelta(days=1)}),
        (hand_over_assistance, {"due_on": timedelta(days=500)}),
    ],
)
def test_a_hand_over_that_cannot_be_is_refused(cast, act, given):
    assistance = make.approved(cases.direct_case(cast), cast.bk, cast.principal)
    usual = {"given": "x", "receiver": "x", "relation": ""}
    days = {n: clock.today() + v if isinstance(v, timedelta) else v for n, v in given.items()}
    with pytest.raises(NotNow):
        act(assistance, by=cast.bk, **(usual | days))
    assert Assistance.objects.get().status == "APPROVED"


def test_what_is_given_has_no_day_of_return_and_no_act_after_it(cast):
    assistance = make.handed_over(
        cases.direct_case(cast),
        cast.bk,
        cast.principal,
        kind="DATA",
        is_lent=False,
        due_on=clock.today(),
    )
    assert assistance.due_on is None
    for act, given in (
        (return_assistance, {"condition": "Baik"}),
        (keep_assistance, {"reason": "x"}),
        (put_off_return, {"due_on": clock.today()}),
    ):
        with pytest.raises(NotNow):
            act(assistance, by=cast.bk, **given)
    assert "kembali/" not in page_of(cast.bk, assistance)


def test_what_was_thought_lost_can_still_come_back_and_undo_says_it_is_lost_again(cast):
    lost = make.kept(cases.direct_case(cast), cast.bk, cast.principal)
    return_assistance(lost, by=cast.bk, condition="Layar retak")
    assert (lost.status, lost.kept_reason, lost.condition) == ("RETURNED", "", "Layar retak")
    undo(lost, "return", by=cast.bk)
    assert (lost.status, lost.kept_reason, lost.condition) == ("KEPT", "Hilang di jalan", "")


def test_a_hand_over_is_undone_whole(cast):
    assistance = make.handed_over(cases.direct_case(cast), cast.bk, cast.principal)
    undo(assistance, "hand_over", by=cast.bk)
    now = (assistance.status, assistance.handed_on, assistance.receiver, assistance.given)
    assert now == ("APPROVED", None, "", "")


def test_an_approval_is_withdrawn_until_it_is_handed_over(cast):
    first, second = (
        make.approved(cases.direct_case(cast, s), cast.bk, cast.principal)
        for s in cast.students[:2]
    )
    withdraw_assistance_approval(first, by=cast.principal, reason="Tunda")
    hand_over_assistance(second, by=cast.bk, given="x", receiver="x", relation="")
    with pytest.raises(WrongState):
        withdraw_assistance_approval(second, by=cast.principal)
    assert (first.status, first.decided_by, second.status) == ("ASKED", None, "HANDED_OVER")


@pytest.mark.parametrize(
    "values",
    [
        {"status": "HANDED_OVER"},
        {"status": "RETURNED", "is_lent": False},
        {"kind": "OTHER", "what": ""},
        {"is_lent": False, "due_on": "2026-01-05"},
        {"handed_on": "2026-01-05"},
    ],
)
def test_the_database_refuses_what_cannot_be(cast, values):
    make.asked(cases.direct_case(cast), cast.bk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assistance.objects.update(**values)

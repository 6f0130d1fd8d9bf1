"""Dismiss, resolve, close and reopen as forms: state, condition, reason, undo, bad input."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case, CaseStatus
from cases.tests import factories as make
from cases.tests.acts import BAD_MOMENTS, TOO_LONG, fresh, refused, send, take_back, typed
from cases.workflow import close, dismiss, resolve
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from workflow import clock
from workflow.models import ActionEntry, ActionNote
from workflow.submits import FIELD
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RESOLVED = {"outcome": "SOLVED", "causes": ["FORGOT", "NETWORK"]}
SENT = {
    "dismiss": {"reason": "Sakit"},
    "resolve": {**RESOLVED, "reason": "Kembali aktif"},
    "close": {},
    "reopen": {"reason": "Kambuh"},
}
STATUS = {"dismiss": "DISMISSED", "resolve": "RESOLVED", "close": "CLOSED", "reopen": "OPEN"}


def ready_for(act: str) -> tuple[Cast, Case]:
    """Return a case to which `act` can be done."""
    cast = small_school()
    case = make.direct_case(cast)
    if act == "reopen":
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Selesai")
    if act == "close":
        case.student.enrolments.update(ends_on=days_ago(1), end_reason="LEFT")
    return cast, case


@pytest.mark.parametrize("act", SENT)
def test_an_act_leads_back_to_the_case_and_can_be_undone(act):
    cast, case = ready_for(act)
    before = case.status
    answer = send(cast.bk, act, case, SENT[act])
    assert (answer.status_code, answer.url) == (302, case.get_absolute_url())
    assert fresh(case).status == STATUS[act]
    toast = signed_in(cast.bk).get(answer.url)
    assert toast.status_code == 200
    take_back(cast.bk, case, act)
    assert fresh(case).status == before


@pytest.mark.parametrize("act", SENT)
def test_the_toast_offers_to_undo(act):
    cast, case = ready_for(act)
    client = signed_in(cast.bk)
    url = reverse(f"cases:{act}", args=[case.pk])
    page = client.post(url, {FIELD: uuid4(), **SENT[act]}, follow=True).content.decode()
    assert reverse("undo", args=["cases.case", case.pk, act]) in page


@pytest.mark.parametrize("act", SENT)
def test_a_submit_sent_twice_has_one_effect(act):
    cast, case = ready_for(act)
    acts = ActionEntry.objects.count()
    once = {FIELD: str(uuid4()), **SENT[act]}
    answers = [send(cast.bk, act, case, once) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ActionEntry.objects.count() == acts + 1


def test_the_outcome_and_the_causes_stand_on_a_resolved_case():
    cast, case = ready_for("resolve")
    make.attempt(case, cast.bk, "REACHED")
    send(cast.bk, "resolve", case, RESOLVED)
    case = fresh(case)
    assert (case.outcome, case.causes) == ("SOLVED", ["FORGOT", "NETWORK"])


def test_where_nobody_was_reached_the_form_says_so_and_asks_for_a_reason():
    cast, case = ready_for("resolve")
    page = signed_in(cast.bk).get(reverse("cases:resolve", args=[case.pk])).content.decode()
    assert "Perlu alasan: belum ada yang terhubung, hadir, atau ditemui" in page
    refused(send(cast.bk, "resolve", case, RESOLVED))
    assert fresh(case).is_open
    send(cast.bk, "resolve", case, {**RESOLVED, "reason": "Kembali aktif di kelas"})
    assert ActionNote.objects.latest("pk").text == "Kembali aktif di kelas"


@pytest.mark.parametrize(
    ("prepare", "act", "words"),
    [
        ("nothing", "close", "masih terdaftar"),
        ("summons", "resolve", "Panggilan I belum ada hasil"),
        ("summons", "dismiss", "panggilan atau kunjungan"),
        ("not confirmed", "resolve", "Tinjau dan konfirmasi"),
    ],
)
def test_an_act_that_is_off_says_why(prepare, act, words):
    cast = small_school()
    case = make.direct_case(cast, confirmed=prepare != "not confirmed")
    if prepare == "summons":
        make.attempt(case, cast.bk)
        make.summons(case, cast.bk)
    page = signed_in(cast.bk).get(reverse(f"cases:{act}", args=[case.pk])).content.decode()
    assert words in page
    assert words in refused(send(cast.bk, act, case, SENT[act]))
    assert fresh(case).is_open


@pytest.mark.parametrize("act", ["dismiss", "resolve", "close"])
def test_an_ended_case_does_not_end_again(act):
    cast = small_school()
    case = make.direct_case(cast)
    dismiss(case, by=cast.bk, reason="Sakit")
    refused(send(cast.bk, act, case, SENT[act]))
    assert fresh(case).status == CaseStatus.DISMISSED


def test_a_closed_case_reopens_confirmed():
    cast, case = ready_for("close")
    close(case, by=cast.bk)
    send(cast.bk, "reopen", case, {"reason": "Kembali bersekolah"})
    assert fresh(case).is_open
    assert fresh(case).confirmed_at


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("dismiss", {}),
        ("dismiss", {"reason": "   "}),
        ("dismiss", {"reason": TOO_LONG}),
        ("reopen", {"reason": ""}),
        ("reopen", {"reason": TOO_LONG}),
        ("close", {"note": TOO_LONG}),
        ("resolve", {}),
        ("resolve", {**SENT["resolve"], "outcome": "WONDERFUL"}),
        ("resolve", {**SENT["resolve"], "outcome": ""}),
        ("resolve", {**SENT["resolve"], "causes": []}),
        ("resolve", {**SENT["resolve"], "causes": ["FORGOT", "-1"]}),
        ("resolve", {**SENT["resolve"], "reason": TOO_LONG}),
    ],
)
def test_bad_input_is_named_and_nothing_happens(act, data):
    cast, case = ready_for(act)
    before = fresh(case).status
    refused(send(cast.bk, act, case, data))
    assert fresh(case).status == before


@pytest.mark.parametrize("act", SENT)
@pytest.mark.parametrize("moment", BAD_MOMENTS)
def test_a_bad_date_is_named_and_what_was_typed_stays(act, moment):
    cast, case = ready_for(act)
    before = fresh(case).status
    page = refused(send(cast.bk, act, case, {**SENT[act], "happened_at": BAD_MOMENTS[moment]()}))
    assert SENT[act].get("reason", "") in page
    assert fresh(case).status == before


def test_a_case_does_not_end_before_it_was_opened():
    cast, case = ready_for("dismiss")
    yesterday = typed(clock.now() - timedelta(days=1))
    refused(send(cast.bk, "dismiss", case, {"reason": "Sakit", "happened_at": yesterday}))
    assert fresh(case).is_open


def test_an_act_typed_in_the_minute_of_the_one_before_comes_after_it():
    cast, case = ready_for("dismiss")
    send(cast.bk, "dismiss", case, {"reason": "Sakit", "happened_at": typed(clock.now())})
    assert fresh(case).status == CaseStatus.DISMISSED


def test_a_frozen_semester_takes_no_act():
    cast, case = ready_for("dismiss")
    cast.semester.frozen_at = clock.now()
    cast.semester.save(update_fields=["frozen_at"])
    assert "beku" in refused(send(cast.bk, "dismiss", case, {"reason": "Sakit"}))
    assert fresh(case).is_open


def test_a_form_without_its_uuid_is_refused():
    cast, case = ready_for("dismiss")
    url = reverse("cases:dismiss", args=[case.pk])
    assert signed_in(cast.bk).post(url, {"reason": "Sakit"}).status_code == 400
    assert fresh(case).is_open

"""Referrals out: prepared, agreed to, sent with a letter, answered or refused; the case's end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Case
from cases.read_steps import Read
from cases.tests import factories as cases
from cases.workflow import refer_out, reopen, resolve
from school.models import LetterNumber, User
from school.tests.cast import Cast, small_school
from support.models import Referral
from support.step_kinds.referral import ReferralSteps
from support.tasks import waiting
from support.tests import factories as make
from support.workflow import (
    fill_referral_number,
    record_answer,
    record_consent,
    send_referral,
    withdraw_referral,
)
from workflow import clock
from workflow.errors import NotNow, WrongState
from workflow.run import undo
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def case(cast: Cast) -> Case:
    return cases.direct_case(cast)


def agree(referral: Referral, by: User, **changed: object) -> None:
    given = {
        "consent_on": clock.today(),
        "consent_by": "Sri Wahyuni",
        "relation": "ibu",
        "how": "PHONE",
    }
    record_consent(referral, by=by, **(given | changed))  # type: ignore[arg-type]


def test_without_consent_a_letter_goes_out_only_for_a_written_reason(cast, case):
    referral = make.prepared_referral(case, cast.bk)
    with pytest.raises(NotNow, match="orang tua belum menyetujui"):
        send_referral(referral, by=cast.bk, sent_on=clock.today(), read_at=1)
    send_referral(
        referral, by=cast.bk, sent_on=clock.today(), reason="Dipukuli di rumah", read_at=1
    )
    assert (referral.status, referral.without_consent) == ("SENT", "Dipukuli di rumah")
    agree(referral, cast.bk)
    assert referral.consent_how == "PHONE"
    with pytest.raises(NotNow, match="sudah menyetujui"):
        agree(referral, cast.bk)


def test_with_consent_no_reason_is_asked_nor_kept(cast, case):
    referral = make.consented_referral(case, cast.bk)
    page = signed_in(cast.bk).get(reverse("support:send_referral", args=[referral.pk]))
    assert set(page.context["form"].fields) == {"number", "sent_on", "read_at"}
    send_referral(referral, by=cast.bk, sent_on=clock.today(), reason="x", read_at=1)
    assert referral.without_consent == ""


@pytest.mark.parametrize(
    "values",
    [
        {"status": "SENT", "sent_on": None},
        {"status": "SENT", "consent_on": None, "consent_how": ""},
        {"status": "ANSWERED", "answered_on": None},
        {"consent_by": ""},
    ],
)
def test_the_database_keeps_what_a_sent_referral_needs(cast, case, values):
    referral = make.sent_referral(case, cast.bk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**values)


def test_a_letter_takes_a_number_of_its_own_kind_at_once_or_later(cast, case):
    LetterNumber.objects.take("SUMMONS", "422/001/ATK/X/2021", clock.today())
    first = make.sent_referral(case, cast.bk, number="422/001/ATK/X/2021")
    assert first.number.kind == "REFERRAL"
    later = make.sent_referral(case, cast.bk)
    assert later.number is None
    with pytest.raises(NotNow, match="sudah dipakai"):
        fill_referral_number(later, by=cast.bk, number="422/001/ATK/X/2021")
    fill_referral_number(later, by=cast.bk, number="422/002/ATK/X/2021")
    withdraw_referral(later, by=cast.bk)
    assert LetterNumber.objects.get(pk=later.number_id).is_cancelled


def test_an_answered_referral_is_not_withdrawn(cast, case):
    referral = make.answered_referral(case, cast.bk)
    with pytest.raises(WrongState):
        withdraw_referral(referral, by=cast.bk)


@pytest.mark.parametrize(
    ("act", "days", "why"),
    [
        ("consent", 1, "belum tiba"),
        ("send", 1, "belum tiba"),
        ("send", -1, "disiapkan"),
        ("answer", -1, "bertanggal"),
    ],
)
def test_an_act_is_not_before_what_it_rests_on_nor_to_come(cast, case, act, days, why):
    on = clock.today() + timedelta(days=days)
    referral = (make.sent_referral if act == "answer" else make.prepared_referral)(case, cast.bk)
    do = {
        "consent": lambda: agree(referral, cast.bk, consent_on=on),
        "send": lambda: send_referral(referral, by=cast.bk, sent_on=on, reason="Bahaya", read_at=1),
        "answer": lambda: record_answer(
            referral, by=cast.bk, taken_on=True, answered_on=on, answer="x"
        ),
    }[act]
    with pytest.raises(NotNow, match=why):
        do()


REFERRED = {
    "nothing": (lambda case, by: None, False),
    "prepared": (make.prepared_referral, False),
    "sent": (make.sent_referral, True),
    "answered": (make.answered_referral, True),
    "refused": (lambda case, by: make.answered_referral(case, by, taken_on=False), False),
    "withdrawn": (lambda case, by: withdraw_referral(make.sent_referral(case, by), by=by), False),
}


@pytest.mark.parametrize("name", REFERRED)
def test_a_case_ends_as_referred_out_only_when_somebody_outside_has_it(cast, case, name):
    refer, ends = REFERRED[name]
    refer(case, cast.bk)
    offered = {act.name: act for act in Read([case]).acts(case, cast.bk, on_ladder=False)}
    assert "prepare" in offered
    if not ends:
        with pytest.raises(NotNow, match="Kirim dulu alih tangan"):
            refer_out(case, by=cast.bk)
        return
    refer_out(case, by=cast.bk)
    assert case.status == "REFERRED"
    undo(case, "refer_out", by=cast.bk)
    assert (case.status, case.ended_at) == ("OPEN", None)


def test_something_open_keeps_a_referred_case_open_and_the_referral_keeps_nothing(cast, case):
    make.prepared_referral(case, cast.bk)
    cases.attempt(case, cast.bk, "REACHED")
    summons = cases.summons(case, cast.bk)
    make.sent_referral(case, cast.bk)
    with pytest.raises(NotNow, match="Panggilan I belum ada hasil"):
        refer_out(case, by=cast.bk)
    cases.record_outcome(summons, by=cast.bk, attended=True, came_with="Ibu")
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FAMILY"])
    assert case.status == "RESOLVED"


def test_an_answer_can_come_after_the_case_has_ended(cast, case):
    referral = make.sent_referral(case, cast.bk)
    refer_out(case, by=cast.bk)
    given = {"took": "no", "answered_on": clock.today().isoformat(), "answer": "Sedang penuh"}
    answer = post(signed_in(cast.bk), reverse("support:referral_answer", args=[referral.pk]), given)
    assert answer.url == case.get_absolute_url()
    referral.refresh_from_db()
    assert (referral.status, referral.answer) == ("REFUSED", "Sedang penuh")
    reopen(case, by=cast.bk, reason="Tidak ditangani di luar")
    assert case.is_open


def lines_of(user: User) -> list[tuple[str, object]]:
    return [(str(task.what), task.due_on) for task in waiting(user)]


def test_the_counselor_is_told_to_send_and_then_to_ask_for_an_answer(cast, case):
    referral = make.consented_referral(case, cast.bk)
    policy = case.semester.policy
    assert lines_of(cast.bk) == [
        ("Kirim alih tangan", policy.due(clock.today(), policy.attempt_days))
    ]
    send_referral(referral, by=cast.bk, sent_on=clock.today(), read_at=1)
    ask = ("Tanyakan jawaban", policy.due(clock.today(), 14))
    assert lines_of(cast.bk) == [ask]
    refer_out(case, by=cast.bk)
    assert lines_of(cast.bk) == [ask]
    assert lines_of(cast.bk2) == []
    record_answer(
        referral, by=cast.bk, taken_on=True, answered_on=clock.today(), answer="Ditangani"
    )
    assert lines_of(cast.bk) == []


def test_the_summary_says_when_but_neither_to_whom_nor_why(cast, case):
    make.answered_referral(case, cast.bk)
    (days,) = [kind.summary(case, kind.of([case])[case.pk]) for kind in [ReferralSteps()]]
    assert [str(text) for _day, text in days] == [
        "Alih tangan kasus: surat dikirim",
        "Alih tangan kasus: dijawab",
    ]
    for person in (cast.wali, cast.principal):
        page = signed_in(person).get(case.get_absolute_url()).content.decode()
        assert "Alih tangan kasus: dijawab" in page
        for word in ("Harapan", "Menarik diri", "Konseling tiap pekan", "Endang"):
            assert word not in page
    page = signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert "Jawaban dari Biro Psikologi Harapan" in page


@pytest.mark.parametrize(("person", "status"), [("bk", 200), ("principal", 404), ("wali", 404)])
def test_the_letter_is_the_counselors_to_print(cast, case, person, status):
    referral = make.sent_referral(case, cast.bk, number="422/001/ATK/X/2021")
    url = reverse("support:referral", args=[referral.pk])
    assert signed_in(getattr(cast, person)).get(url).status_code == status


def test_the_letter_says_who_agreed_and_is_signed_by_head_and_counselor(cast, case):
    cast.bk.language = "en"
    cast.bk.save()
    referral = make.sent_referral(case, cast.bk, number="422/001/ATK/X/2021")
    page = signed_in(cast.bk).get(referral.get_absolute_url()).content.decode()
    letter = page.partition("<article")[2].partition("</article>")[0]
    for words in (
        "422/001/ATK/X/2021",
        "Yth. Biro Psikologi Harapan, Temanggung",
        "2 berkas",
        "Laporan kunjungan rumah",
        "telah disetujui oleh Sri Wahyuni",
        "tertulis",
        "Mengetahui,",
        "Retno Wulandari",
        "Lembar Balasan",
    ):
        assert words in letter


def test_pages_cost_as_many_queries_with_many_referrals_as_with_one(cast, case):
    make.sent_referral(case, cast.bk)
    client = signed_in(cast.bk)
    few = [queries_of(client, url) for url in ("/", case.get_absolute_url())]
    for _number in range(29):
        make.sent_referral(case, cast.bk)
    assert [queries_of(client, url) for url in ("/", case.get_absolute_url())] == few

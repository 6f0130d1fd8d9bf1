"""A case from a teacher's recap to its end, by acts only."""

from datetime import timedelta

import pytest

from cases import steps
from cases.models import Case, CaseStatus, Rung
from cases.read_steps import next_step
from cases.tests import factories as make
from cases.workflow import confirm, dismiss, reopen, resolve, withdraw_summons
from recaps.models import ClassListStatus, Recap, RecapStatus
from recaps.workflow import begin_correction, class_list_of, hand_over, save_entry
from school.tests.cast import small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.models import ActionEntry
from workflow.run import undo

pytestmark = pytest.mark.django_db


def test_a_referral_opens_a_case_with_the_figures_that_were_seen():
    cast = small_school()
    case = make.referred_case(cast)
    evidence = case.evidence.get()
    assert (evidence.never, evidence.low, evidence.missing) == (1, 0, 0)
    assert evidence.reasons == ["NEVER"]
    assert case.counselor == cast.bk
    assert (case.rung, case.confirmed_at) == (Rung.REVIEW, None)


def test_the_rung_follows_the_steps_up_and_down():
    cast = small_school()
    case = make.direct_case(cast)
    contact = make.attempt(case, cast.bk)
    case.refresh_from_db()
    assert case.rung == Rung.CONTACT
    letter = make.summons(case, cast.bk, is_over=False)
    case.refresh_from_db()
    assert case.rung == Rung.SUMMONS
    withdraw_summons(letter, by=cast.bk)
    case.refresh_from_db()
    assert case.rung == Rung.CONTACT
    assert steps.rungs([case.pk]) == {case.pk: Rung.CONTACT}
    assert contact.case_id == case.pk


def test_only_the_counselor_of_a_case_confirms_it():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    for person in (cast.guru, cast.wali, cast.bk2, cast.principal, cast.operator):
        with pytest.raises(NotAllowed):
            confirm(case, by=person)
    confirm(case, by=cast.coordinator)
    entry = ActionEntry.objects.get(action="confirm")
    assert entry.office == "COORDINATOR"


def test_a_dismissed_case_opens_again_not_confirmed():
    cast = small_school()
    case = make.direct_case(cast)
    dismiss(case, by=cast.bk, reason="Sakit, sudah lapor")
    reopen(case, by=cast.bk, reason="Kabar baru")
    assert (case.status, case.confirmed_at) == (CaseStatus.OPEN, None)


def test_resolving_without_anyone_reached_needs_a_reason():
    cast = small_school()
    case = make.direct_case(cast)
    with pytest.raises(NotNow) as refused:
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    assert refused.value.needs_reason
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Kembali aktif")
    assert case.status == CaseStatus.RESOLVED


def test_undo_brings_back_what_was():
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk, "REACHED")
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT", "NETWORK"])
    resolved_at = case.ended_at
    reopen(case, by=cast.bk, reason="Kambuh")
    assert (case.outcome, case.causes, case.ended_at) == ("", [], None)
    undo(case, "reopen", by=cast.bk)
    assert (case.status, case.outcome) == (CaseStatus.RESOLVED, "SOLVED")
    assert (case.causes, case.ended_at) == (["FORGOT", "NETWORK"], resolved_at)


def test_a_late_recap_opens_the_list_again_as_a_supplement():
    cast = small_school()
    make.referred_case(cast)
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    handed = make.handed_over_recap(cast.physics, cast.period)
    class_list.refresh_from_db()
    assert class_list.status == ClassListStatus.SUPPLEMENT
    assert handed.status == RecapStatus.HANDED_OVER


def test_after_the_list_went_to_bk_a_recap_is_corrected_by_a_new_version():
    cast = small_school()
    make.referred_case(cast)
    recap = Recap.objects.get()
    new = begin_correction(recap, by=cast.guru, reason="Salah hitung")
    assert recap.status == RecapStatus.CORRECTING
    assert recap.standing_sheet.number == 1
    save_entry(
        cast.maths, cast.period, cast.students[1].pk, by=cast.guru, values=make.ABSENT, read_at=0
    )
    hand_over(recap, by=cast.guru)
    assert recap.standing_sheet == new
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    assert class_list.status == ClassListStatus.SUPPLEMENT


def test_a_date_before_the_semester_is_refused():
    cast = small_school()
    case = make.direct_case(cast)
    before = case.opened_at - timedelta(days=200)
    with pytest.raises(NotNow):
        make.attempt(case, cast.bk, happened_at=before)
    assert Case.objects.get().rung == Rung.REVIEW


def test_a_case_opened_again_is_to_be_reviewed_within_days_from_then():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    Case.objects.filter(pk=case.pk).update(opened_at=clock.now() - timedelta(days=60))
    dismiss(case, by=cast.bk, reason="Sakit, sudah lapor")
    reopen(case, by=cast.bk, reason="Kabar baru")
    days = cast.semester.policy.review_days
    step = next_step(case)
    assert step is not None
    assert step.due_on == clock.today() + timedelta(days=days)


def test_a_relapse_is_to_be_decided_on_within_days_from_then():
    cast = small_school()
    case = make.direct_case(cast, days_ago=40)
    then = clock.now() - timedelta(days=39)
    make.attempt(case, cast.bk, "REACHED", happened_at=then)
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], happened_at=then)
    reopen(case, by=cast.bk, reason="Kambuh")
    days = timedelta(days=cast.semester.policy.attempt_days)
    step = next_step(case)
    assert step is not None
    assert str(step.text) == "Dibuka kembali: tentukan langkah berikutnya"
    assert step.due_on == clock.today() + days
    make.attempt(case, cast.bk, happened_at=clock.now())
    step = next_step(case)
    assert step is not None
    assert str(step.text) == "Hubungi lagi: 2 kali dihubungi, belum terhubung"


def test_an_attempt_after_a_letter_is_repeated_within_days_from_then():
    cast = small_school()
    case = make.direct_case(cast, days_ago=9)
    make.attempt(case, cast.bk, happened_at=clock.now() - timedelta(days=8))
    with clock.shifted_to(clock.now() - timedelta(days=7)):
        make.unattended_summons(case, cast.bk)
    assert next_step(case).due_on < clock.today()
    make.attempt(case, cast.bk)
    step = next_step(case)
    assert str(step.short) == "Hubungi lagi"
    assert step.due_on == clock.today() + timedelta(days=cast.semester.policy.attempt_days)

"""Open cases go on in the next semester when the old one is frozen."""

from datetime import timedelta

import pytest

from cases.models import Case, CaseStatus, Evidence, Rung
from cases.tests import factories as make
from cases.workflow import carry_over, confirm, dismiss, resolve
from school.models import Enrolment, Semester
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.models import ActionEntry
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return small_school()


def carry(cast: Cast) -> tuple[int, int]:
    return carry_over(cast.semester, by=cast.principal, at=clock.now())


def test_an_open_case_goes_on_confirmed_at_review_with_its_counselor(cast):
    old = make.tried_case(cast)
    into = make.next_semester(cast)
    assert carry(cast) == (1, 0)
    new = Case.objects.get(semester=into)
    assert (new.status, new.rung, new.counselor) == (CaseStatus.OPEN, Rung.REVIEW, cast.bk)
    assert new.confirmed_at == new.opened_at == clock_of(new)
    assert new.carried_from == old
    old.refresh_from_db()
    assert (old.status, old.rung) == (CaseStatus.CARRIED, Rung.CONTACT)
    acts = ActionEntry.objects.filter(actor=cast.principal).order_by("pk")
    assert list(acts.values_list("object_id", "action", "source", "target")) == [
        (old.pk, "carry", "OPEN", "CARRIED"),
        (new.pk, "go_on", "", "OPEN"),
    ]


def clock_of(case):
    """Return when the log says that the case went on."""
    return ActionEntry.objects.get(object_id=case.pk, action="go_on").happened_at


def test_the_new_case_has_the_reasons_of_the_old_one_and_nothing_to_read(cast):
    old = make.referred_case(cast)
    confirm(old, by=cast.bk)
    Evidence.objects.create(
        case=old, source="DIRECT", reasons=["FAMILY"], happened_at=clock.now(), by=cast.bk
    )
    into = make.next_semester(cast)
    carry(cast)
    evidence = Evidence.objects.get(case__semester=into)
    assert evidence.source == "CARRIED"
    assert evidence.reasons == ["NEVER", "FAMILY"]
    assert (evidence.never, evidence.low, evidence.missing) == (0, 0, 0)
    assert evidence.noticed_at


def test_a_case_that_was_not_confirmed_goes_on_confirmed(cast):
    make.direct_case(cast, confirmed=False)
    into = make.next_semester(cast)
    carry(cast)
    assert Case.objects.get(semester=into).confirmed_at


def test_before_the_semester_begins_the_case_waits_for_its_first_day(cast):
    make.direct_case(cast)
    into = make.next_semester(cast, begins_in=12)
    carry(cast)
    new = Case.objects.get(semester=into)
    assert new.opened_at == new.confirmed_at == clock.day_start(into.starts_on)
    page = signed_in(cast.bk).get(new.get_absolute_url())
    assert page.status_code == 200
    with pytest.raises(NotNow, match="Tanggalnya sebelum semester dimulai"):
        make.attempt(new, cast.bk)


@pytest.mark.parametrize("reason", ["LEFT", "GRADUATED"])
def test_the_case_of_a_student_who_left_is_closed(cast, reason):
    old = make.direct_case(cast)
    make.next_semester(cast)
    Enrolment.objects.filter(student=old.student).update(
        ends_on=clock.today() - timedelta(days=1), end_reason=reason
    )
    assert carry(cast) == (0, 1)
    old.refresh_from_db()
    assert (old.status, Case.objects.count()) == (CaseStatus.CLOSED, 1)


def test_the_case_of_a_student_on_holiday_goes_on(cast):
    old = make.direct_case(cast)
    make.next_semester(cast)
    Enrolment.objects.filter(student=old.student).update(
        ends_on=clock.today() - timedelta(days=1), end_reason="YEAR_END"
    )
    assert carry(cast) == (1, 0)


def test_cases_that_ended_stay_as_they_are(cast):
    resolve(
        make.direct_case(cast), by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Kembali"
    )
    dismiss(make.direct_case(cast, cast.students[1]), by=cast.bk, reason="Sakit")
    make.next_semester(cast)
    assert carry(cast) == (0, 0)
    assert Case.objects.count() == 2


def test_a_case_that_is_there_already_is_linked_and_stays_as_it_is(cast):
    old = make.direct_case(cast)
    into = make.next_semester(cast)
    there = make.direct_case(_in(cast, into), confirmed=False)
    assert carry(cast) == (1, 0)
    there.refresh_from_db()
    assert (there.carried_from, there.confirmed_at, there.status) == (old, None, "OPEN")
    assert Case.objects.filter(semester=into).count() == 1
    assert not there.evidence.filter(source="CARRIED").exists()


def _in(cast: Cast, semester: Semester) -> Cast:
    return Cast(**(vars(cast) | {"semester": semester}))


def test_a_case_with_an_open_step_is_not_carried(cast):
    case = make.tried_case(cast)
    make.summons(case, cast.bk)
    make.next_semester(cast)
    with pytest.raises(NotNow, match="Panggilan I belum ada hasil"):
        carry(cast)
    case.refresh_from_db()
    assert case.status == CaseStatus.OPEN


def test_without_a_next_semester_nothing_is_carried(cast):
    make.direct_case(cast)
    with pytest.raises(NotNow, match="semester berikutnya"):
        carry(cast)


def test_nobody_but_the_principal_carries(cast):
    make.direct_case(cast)
    make.next_semester(cast)
    for person in (cast.bk, cast.coordinator, cast.operator):
        with pytest.raises(NotAllowed):
            carry_over(cast.semester, by=person, at=clock.now())


def test_both_pages_lead_to_the_other_case(cast):
    old = make.direct_case(cast)
    into = make.next_semester(cast)
    carry(cast)
    new = Case.objects.get(semester=into)
    for person in (cast.bk, cast.wali, cast.principal):
        browser = signed_in(person)
        on_old = browser.get(old.get_absolute_url()).content.decode()
        on_new = browser.get(new.get_absolute_url()).content.decode()
        assert f'<a href="{new.get_absolute_url()}">Dilanjutkan di Genap 2021/2022</a>' in on_old
        assert f'<a href="{old.get_absolute_url()}">Lanjutan dari Ganjil 2021/2022</a>' in on_new


def test_the_new_case_is_on_the_home_page_of_its_counselor(cast):
    make.direct_case(cast)
    into = make.next_semester(cast)
    carry(cast)
    home = signed_in(cast.bk).get("/").content.decode()
    new = Case.objects.get(semester=into)
    assert f"/kasus/{new.pk}/" in home

"""The lifecycle of a home visit, by acts only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Rung
from cases.tests import factories as cases
from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import may_go_ahead
from homevisits.tests import factories as make
from homevisits.workflow import (
    cancel,
    decline,
    found_basis,
    propose,
    propose_next,
    withdraw_approval,
)
from school.models import LetterNumber, Policy
from school.tests.cast import small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.run import undo
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


def test_a_proposed_visit_is_the_highest_rung_and_a_declined_one_is_not():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = make.proposed_visit(case, cast.bk)
    case.refresh_from_db()
    assert case.rung == Rung.HOME_VISIT
    decline([visit], by=cast.principal, note="Hubungi dulu")
    case.refresh_from_db()
    assert case.rung == Rung.REVIEW


def test_only_the_principal_approves():
    cast = small_school()
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk)
    for person in (cast.bk, cast.coordinator, cast.student_affairs):
        with pytest.raises(NotAllowed):
            decline([visit], by=person, note="Tidak")


def test_a_proposal_without_failed_steps_needs_one_of_the_five_reasons():
    cast = small_school()
    case = cases.direct_case(cast)
    with pytest.raises(NotNow) as refused:
        propose(case, by=cast.bk, basis="CONTACT")
    assert refused.value.needs_reason


def test_after_nobody_home_the_next_visit_needs_no_new_approval():
    cast = small_school()
    case = cases.direct_case(cast)
    first = make.recorded_visit(case, cast.bk, cast.principal, outcome="NOBODY")
    second = propose_next(first, by=cast.bk)
    assert (second.status, second.follows) == (VisitStatus.APPROVED, first)


def test_the_next_visit_is_due_by_its_own_proposal_and_not_by_the_first_ones_approval():
    cast = small_school()
    first = make.recorded_visit(cases.direct_case(cast), cast.bk, cast.principal, outcome="NOBODY")
    first.approved_at = clock.now() - timedelta(days=30)
    first.save(update_fields=["approved_at"])
    second = propose_next(first, by=cast.bk)
    policy = second.case.semester.policy
    assert second.approved_at == first.approved_at
    assert second.due_on == policy.due(second.proposed_on, policy.attempt_days)


def test_an_undone_schedule_is_approved_again_and_names_no_visitor():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.wali])
    undo(visit, "schedule", by=cast.bk)
    assert visit.status == VisitStatus.APPROVED
    assert not visit.visitors.exists()
    withdraw_approval(visit, by=cast.principal)
    assert visit.status == VisitStatus.PROPOSED


def test_an_undone_schedule_cancels_the_number_of_its_letter_and_keeps_it_in_the_register():
    cast = small_school()
    visit = make.approved_visit(cases.direct_case(cast), cast.bk, cast.principal)
    make.planned(visit, cast.bk, number="421.3/007/2021")
    undo(visit, "schedule", by=cast.bk)
    assert visit.number is None
    assert LetterNumber.objects.get().is_cancelled


def test_a_visit_that_found_nobody_is_followed_once_and_again_if_that_was_cancelled():
    cast = small_school()
    first = make.recorded_visit(cases.direct_case(cast), cast.bk, cast.principal, outcome="NOBODY")
    cancel(propose_next(first, by=cast.bk), by=cast.bk)
    second = propose_next(first, by=cast.bk)
    assert (second.status, second.approved_at) == (VisitStatus.APPROVED, first.approved_at)
    make.planned(second, cast.bk)
    with pytest.raises(NotNow):
        propose_next(first, by=cast.bk)
    Visit.objects.filter(pk=second.pk).update(
        status="RECORDED", outcome="NOBODY", happened_at=clock.now()
    )
    with pytest.raises(NotNow):
        propose_next(first, by=cast.bk)


def test_attempts_without_success_are_a_basis_although_a_summons_waits():
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk)
    cases.summons(case, cast.bk, is_over=False)
    assert found_basis(case) == "CONTACT"
    assert propose(case, by=cast.bk, basis="CONTACT").status == VisitStatus.PROPOSED


@pytest.mark.parametrize("status", VisitStatus.values)
@pytest.mark.parametrize("is_urgent", [False, True])
@pytest.mark.parametrize("policy_asks", [False, True])
def test_which_visit_waits_for_the_principal_is_the_same_in_the_database(
    status, is_urgent, policy_asks
):
    cast = small_school()
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk)
    Policy.objects.update(visits_need_approval=policy_asks)
    Visit.objects.update(
        status=status,
        is_urgent=is_urgent,
        urgent_reason="Dipaksa menikah",
        scheduled_for=clock.now(),
        happened_at=clock.now(),
        outcome="MET",
    )
    visit = Visit.objects.select_related("case__semester__policy").get(pk=visit.pk)
    goes_ahead = Visit.objects.filter(may_go_ahead()).exists()
    assert (status == "PROPOSED" and not visit.waits_for_approval) == goes_ahead


def test_after_scheduling_the_letter_is_the_main_act_until_the_visit():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = make.planned_visit(case, cast.bk, cast.principal)
    letter = reverse("homevisits:assignment_letter", args=[visit.pk])
    page = signed_in(cast.bk).get(visit.get_absolute_url())
    assert (page.context["main"].name, page.context["main"].url) == ("letter", letter)
    assert page.content.decode().count(f'href="{letter}"') == 1
    with clock.shifted_to(clock.now() + timedelta(minutes=2)):
        assert signed_in(cast.bk).get(visit.get_absolute_url()).context["main"].name == "record"


def test_the_principal_reads_the_basis_above_the_button():
    cast = small_school()
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk)
    page = signed_in(cast.principal).get(visit.get_absolute_url()).content.decode()
    assert 'class="card-s order-3"' in page

"""Each row of the lifecycle: who may do it, from which state, its conditions, and its undo."""

from datetime import timedelta
from typing import Any

import pytest

from cases.models import Rung
from cases.tests import factories as cases
from cases.workflow import resolve
from homevisits import workflow as act
from homevisits.models import Visit, VisitStatus
from homevisits.models.visit import went_ahead
from homevisits.tests import factories as make
from school.models import LetterNumber
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow, UndoTooLate, WorkflowError, WrongState
from workflow.models import ActionEntry
from workflow.run import undo
from workflow.tests.browser_free import rolled_back

pytestmark = pytest.mark.django_db

S = VisitStatus
BK = {"bk", "coordinator"}
PLAN: dict[str, Any] = {"purposes": ["DATA"], "functions": ["UNDERSTANDING"]}


def at(cast: Cast, status: str, **fields: Any) -> Visit:
    """Return a visit in `status`; if it is scheduled, its time has come."""
    case = cases.direct_case(cast, cast.students[0])
    if status == S.PROPOSED:
        return make.proposed_visit(case, cast.bk, **fields)
    if status == S.APPROVED:
        return make.approved_visit(case, cast.bk, cast.principal, **fields)
    if status == S.SCHEDULED:
        return make.scheduled_visit(case, cast.bk, cast.principal, **fields)
    if status == S.RECORDED:
        return make.recorded_visit(case, cast.bk, cast.principal, **fields)
    visit = at_end(case, cast, status)
    visit.refresh_from_db()
    return visit


def test_a_visit_is_not_recorded_before_its_proposal():
    cast = small_school()
    visit = at(cast, S.SCHEDULED)
    before = clock.day_start(visit.proposed_on) - timedelta(minutes=1)
    with pytest.raises(NotNow, match=r"proposed|diusulkan"):
        act.record(visit, by=cast.bk, outcome="NOBODY", happened_at=before)
    visit.refresh_from_db()
    assert visit.status == S.SCHEDULED


def at_end(case: Any, cast: Cast, status: str) -> Visit:
    visit = make.proposed_visit(case, cast.bk)
    if status == S.DECLINED:
        act.decline([visit], by=cast.principal, note="Hubungi dulu")
    elif status == S.WITHDRAWN:
        act.withdraw(visit, by=cast.bk)
    else:
        act.approve([visit], by=cast.principal)
        act.cancel(visit, by=cast.bk)
    return visit


def scheduled(visit: Visit, by: Any) -> None:
    soon = clock.now() + timedelta(hours=1)
    act.schedule(visit, by=by, scheduled_for=soon, visitors=[by], **PLAN)


def rescheduled(visit: Visit, by: Any) -> None:
    act.reschedule(visit, by=by, scheduled_for=clock.now() + timedelta(days=1), visitors=[by])


ACTS: dict[str, Any] = {
    "withdraw": lambda v, by: act.withdraw(v, by=by),
    "approve": lambda v, by: act.approve([v], by=by),
    "decline": lambda v, by: act.decline([v], by=by, note="Hubungi dulu"),
    "withdraw_approval": lambda v, by: act.withdraw_approval(v, by=by),
    "schedule": scheduled,
    "reschedule": rescheduled,
    "number": lambda v, by: act.fill_number(v, by=by, number="421.3/001/2021"),
    "cancel": lambda v, by: act.cancel(v, by=by),
    "record": lambda v, by: act.record(v, by=by, outcome="NOBODY"),
}
# act → who may do it, states before, state after
TABLE = (
    ("withdraw", BK, {S.PROPOSED}, S.WITHDRAWN),
    ("approve", {"principal"}, {S.PROPOSED}, S.APPROVED),
    ("decline", {"principal"}, {S.PROPOSED}, S.DECLINED),
    ("withdraw_approval", {"principal"}, {S.APPROVED}, S.PROPOSED),
    ("schedule", BK, {S.APPROVED}, S.SCHEDULED),
    ("reschedule", BK, {S.SCHEDULED}, S.SCHEDULED),
    ("number", BK, {S.SCHEDULED, S.RECORDED}, None),
    ("cancel", BK, {S.APPROVED, S.SCHEDULED}, S.CANCELLED),
    ("record", BK, {S.SCHEDULED}, S.RECORDED),
)
PEOPLE = ("guru", "wali", "bk", "bk2", "coordinator", "principal", "student_affairs", "operator")


@pytest.mark.parametrize(("name", "who", "sources", "target"), TABLE)
def test_an_act_is_for_those_whom_the_table_names(name, who, sources, target):
    cast = small_school()
    source = sorted(sources)[0]
    made = at(cast, source)
    for person in PEOPLE:
        visit, by = Visit.objects.get(pk=made.pk), getattr(cast, person)
        with rolled_back():
            if person in who:
                ACTS[name](visit, by)
                assert ActionEntry.objects.filter(action=name, actor=by).count() == 1, person
            else:
                with pytest.raises(NotAllowed):
                    ACTS[name](visit, by)
            visit.refresh_from_db()
            assert visit.status == (target or source if person in who else source), person


@pytest.mark.parametrize("status", S.values)
def test_an_act_is_off_in_every_other_state(status):
    cast = small_school()
    made = at(cast, status)
    before = ActionEntry.objects.count()
    for name, who, sources, _target in TABLE:
        visit, by = Visit.objects.get(pk=made.pk), getattr(cast, sorted(who)[0])
        with rolled_back():
            if status in sources:
                ACTS[name](visit, by)
                continue
            with pytest.raises((WrongState, NotNow)):
                ACTS[name](visit, by)
            visit.refresh_from_db()
            assert visit.status == status, name
            assert ActionEntry.objects.count() == before, name


@pytest.mark.parametrize("person", PEOPLE)
def test_only_the_counselor_of_the_case_proposes(person):
    cast = small_school()
    case = cases.direct_case(cast)
    by = getattr(cast, person)
    if person in BK:
        assert make.proposed_visit(case, by).status == S.PROPOSED
    else:
        with pytest.raises(NotAllowed):
            make.proposed_visit(case, by)


def test_a_second_visit_waits_until_the_first_is_over():
    cast = small_school()
    visit = at(cast, S.PROPOSED)
    with pytest.raises(NotNow):
        make.proposed_visit(visit.case, cast.bk)


def test_a_visitor_of_any_office_records_but_does_not_reschedule():
    cast = small_school()
    visit = at(cast, S.SCHEDULED, visitors=[cast.guru2])
    with pytest.raises(NotAllowed):
        rescheduled(visit, cast.guru2)
    ACTS["record"](visit, cast.guru2)
    assert visit.status == S.RECORDED


@pytest.mark.parametrize("name", ["schedule", "cancel"])
def test_an_undoable_act_is_undone_by_who_did_it(name):
    cast = small_school()
    visit = at(cast, S.APPROVED)
    before = Visit.objects.filter(pk=visit.pk).values().get()
    ACTS[name](visit, cast.bk)
    with pytest.raises(WorkflowError):
        undo(visit, name, by=cast.coordinator)
    undo(visit, name, by=cast.bk)
    assert Visit.objects.filter(pk=visit.pk).values().get() == before


def test_a_cancelled_letter_comes_back_with_the_undo():
    cast = small_school()
    visit = at(cast, S.SCHEDULED)
    act.fill_number(visit, by=cast.bk, number="421.3/001/2021")
    act.cancel(visit, by=cast.bk)
    assert LetterNumber.objects.get().is_cancelled
    undo(visit, "cancel", by=cast.bk)
    assert not LetterNumber.objects.get().is_cancelled
    assert visit.status == S.SCHEDULED


def test_an_undo_is_refused_once_something_follows():
    cast = small_school()
    visit = at(cast, S.APPROVED)
    scheduled(visit, cast.bk)
    rescheduled(visit, cast.bk)
    with pytest.raises(UndoTooLate):
        undo(visit, "schedule", by=cast.bk)


@pytest.mark.parametrize("status", S.values)
def test_the_rung_follows_what_remains(status):
    cast = small_school()
    visit = at(cast, status)
    visit.case.refresh_from_db()
    gone = status in {S.DECLINED, S.WITHDRAWN, S.CANCELLED}
    assert visit.case.rung == (Rung.REVIEW if gone else Rung.HOME_VISIT)


def test_an_urgent_visit_goes_ahead_and_is_acknowledged_once():
    cast = small_school()
    visit = at(cast, S.PROPOSED, urgent_reason="Tidak pulang dua hari")
    scheduled(visit, cast.bk)
    assert list(Visit.objects.filter(went_ahead())) == [visit]
    with pytest.raises(NotAllowed):
        act.acknowledge(visit, by=cast.coordinator)
    act.acknowledge(visit, by=cast.principal)
    assert not Visit.objects.filter(went_ahead()).exists()
    with pytest.raises(NotNow):
        act.acknowledge(visit, by=cast.principal)


def test_without_approval_by_policy_a_proposal_is_scheduled():
    cast = small_school()
    visit = at(cast, S.PROPOSED)
    with pytest.raises(NotNow):
        scheduled(visit, cast.bk)
    cast.semester.policy.visits_need_approval = False
    cast.semester.policy.save()
    visit = Visit.objects.get()
    scheduled(visit, cast.bk)
    assert visit.status == S.SCHEDULED


def test_a_visit_is_not_recorded_before_its_time():
    cast = small_school()
    visit = at(cast, S.APPROVED)
    scheduled(visit, cast.bk)
    with pytest.raises(NotNow):
        ACTS["record"](visit, cast.bk)


def test_a_taken_number_is_refused_and_nothing_is_scheduled():
    cast = small_school()
    today = clock.today()
    LetterNumber.objects.take("ASSIGNMENT", "421.3/001/2021", today)
    visit = at(cast, S.APPROVED)
    with pytest.raises(NotNow):
        make.planned(visit, cast.bk, number="421.3/001/2021")
    visit.refresh_from_db()
    assert visit.status == S.APPROVED


def test_a_case_does_not_end_while_a_visit_is_under_way():
    cast = small_school()
    visit = at(cast, S.SCHEDULED)
    with pytest.raises(NotNow):
        resolve(visit.case, by=cast.bk, outcome="SOLVED", causes=["FAMILY"], reason="Selesai")
    act.record(visit, by=cast.bk, outcome="REFUSED")
    resolve(visit.case, by=cast.bk, outcome="SOLVED", causes=["FAMILY"], reason="Selesai")


def test_after_the_end_of_the_case_its_visits_rest():
    cast = small_school()
    visit = at(cast, S.RECORDED, outcome="NOBODY")
    resolve(visit.case, by=cast.bk, outcome="IMPROVED", causes=["FAMILY"], reason="Kembali aktif")
    with pytest.raises(NotNow):
        act.propose_next(visit, by=cast.bk)

"""The rules hold in any order: thousands of histories beside a plain oracle."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from cases.tests import factories as cases
from cases.workflow import dismiss, open_directly, resolve
from counseling.tests.history import History
from counseling.tests.verbs import VERBS
from homevisits.tests import factories as visits
from homevisits.workflow import schedule
from recaps.workflow import class_list_of
from school.tests.cast import small_school
from workflow import clock

STEPS = 20

pytestmark = [pytest.mark.django_db, pytest.mark.histories]


def school():
    """A school in which every state is there already, so that short histories go far."""
    cast = small_school(13)
    bk, principal = cast.bk, cast.principal
    cases.referred_case(cast)
    cases.handed_over_recap(cast.maths, cast.earlier_period, {cast.students[1]: cases.ABSENT})
    class_list_of(cast.own, cast.earlier_period, by=cast.wali)
    opened = [cases.direct_case(cast, student) for student in cast.students[1:10]]
    for case in opened[:3]:
        cases.attempt(case, bk, "REACHED" if case is opened[0] else "NO_ANSWER")
    cases.summons(opened[1], bk)
    visits.recorded_visit(opened[2], bk, principal, outcome="NOBODY")
    visits.proposed_visit(opened[3], bk)
    visits.approved_visit(opened[4], bk, principal)
    visits.scheduled_visit(opened[5], bk, principal, visitors=[bk, cast.wali])
    dismiss(opened[6], by=bk, reason="Sakit")
    resolve(opened[7], by=bk, outcome="SOLVED", causes=["FORGOT"], reason="Kembali aktif")
    urgent = visits.proposed_visit(opened[8], bk, urgent_reason="Ayah sakit")
    tomorrow = clock.now() + timedelta(days=1)
    schedule(urgent, by=bk, scheduled_for=tomorrow, visitors=[bk], purposes=["DATA"], functions=[])
    open_directly(cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"])
    for student in cast.students[10:]:
        cases.direct_case(cast, student, confirmed=False)
    return cast


def test_the_rules_hold_in_any_order(record_property):
    class Life(History):
        cast = school()
        start = clock.now()

    run_state_machine_as_test(Life, settings=settings(stateful_step_count=STEPS))
    figures = {
        "histories": settings().max_examples,
        "acts": Life.tried,
        "went through": Life.done,
        "refused": Life.refused,
        "undone": Life.undone,
    }
    for name, figure in figures.items():
        record_property(f"histories: {name}" if name != "histories" else name, figure)
    assert Life.done > figures["histories"]
    assert Life.undone > figures["histories"] / 30
    done = sum(Life.by_verb[f"{verb}: done"] > 0 for verb in VERBS)
    record_property("histories: verbs that went through", done)
    assert done >= len(VERBS) * 4 / 5

"""The rules hold in any order: thousands of histories beside a plain oracle."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from cases.tests import factories as cases
from cases.workflow import dismiss, open_directly, resolve
from counseling.tests.history import PAUSES, History
from counseling.tests.verbs import VERBS
from homevisits.tests import factories as visits
from homevisits.workflow import schedule
from recaps.workflow import class_list_of
from school.tests.cast import small_school
from workflow import clock

STEPS = 20
BEFORE: dict[str, tuple[tuple[str, int, int], ...]] = {
    "resolve": (("withdraw_visit", 0, 0),),
    "close": (("withdraw_visit", 0, 0), ("leave_school", 4, 0)),
    "approve_all": (("propose", 0, 0),),
    "hand_over_list": (("decide", 1, 0),),
    "correct_recap": (("decide", 1, 0), ("hand_over_list", 0, 0)),
    "drop_correction": (("decide", 1, 0), ("hand_over_list", 0, 0), ("correct_recap", 0, 1)),
    "hand_over_again": (("return_recap", 0, 1),),
}
"""What must have happened in this school before a verb can go through: verb, row, way."""

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


def new_life() -> type[History]:
    class Life(History):
        cast = school()
        start = clock.now()
        by_verb = Counter()

    return Life


def test_each_verb_goes_through_and_is_undone_where_its_table_says_so():
    kind = new_life()
    refused = [verb for verb in VERBS if not goes_through(kind(), verb)]
    assert not refused, refused


def goes_through(life: History, verb: str) -> bool:
    """Return whether some way to do the verb, and then its undo, goes through; roll both back."""
    life.begin()
    try:
        for earlier, n, choice in BEFORE.get(verb, ()):
            do(life, earlier, n, choice)
        if not any(do(life, verb, n, choice) for choice, n in product(range(8), range(10))):
            return False
        if life.last:
            life.take_back(mine=True, person="bk", pause=PAUSES[0])
        return life.last is None
    finally:
        life.teardown()


def do(life: History, verb: str, n: int, choice: int) -> bool:
    before = life.done
    life.act(verb=verb, person="", n=n, choice=choice, pause=PAUSES[0])
    return life.done > before


def test_the_rules_hold_in_any_order(record_property):
    life = new_life()
    run_state_machine_as_test(life, settings=settings(stateful_step_count=STEPS))
    figures = {
        "histories": settings().max_examples,
        "acts": life.tried,
        "went through": life.done,
        "refused": life.refused,
        "undone": life.undone,
    }
    for name, figure in figures.items():
        record_property(f"histories: {name}" if name != "histories" else name, figure)
    done = sum(life.by_verb[f"{verb}: done"] > 0 for verb in VERBS)
    record_property("histories: verbs that went through", done)
    assert life.done > figures["histories"]
    assert life.undone > figures["histories"] / 30

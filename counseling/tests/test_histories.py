"""The rules hold in any order: thousands of histories beside a plain oracle."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from counseling.tests.history import PAUSES, History
from counseling.tests.scenarios.histories import history_school
from counseling.tests.verbs import VERBS
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


def new_life() -> type[History]:
    class Life(History):
        cast = history_school()
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
    life.the_rows_agree()
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

"""The rules hold in any order: thousands of histories are compared with a simple oracle."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from counseling.tests.acts import ACTS
from counseling.tests.history import PAUSES, History
from counseling.tests.scenarios.histories import history_school
from workflow import clock

STEPS = 20
MANY = 1000
BEFORE: dict[str, tuple[tuple[str, int, int], ...]] = {
    "close": (("leave_school", 1, 0),),
    "hand_over_list": (("decide", 1, 0),),
    "correct_recap": (("decide", 1, 0), ("hand_over_list", 0, 0)),
    "drop_correction": (("decide", 1, 0), ("hand_over_list", 0, 0), ("correct_recap", 0, 1)),
    "hand_over_again": (("return_recap", 0, 1),),
    "arrive": (("leave_school", 1, 0),),
    **dict.fromkeys(("tick_photo", "move_photo", "remove_photo"), (("add_photo", 0, 0),)),
    "correct_note": (("write_note", 0, 1),),
    "delete_note": (("write_note", 0, 1),),
    "read_left_note": (("disable", 1, 0),),
    "enable": (("disable", 1, 0),),
    "undo_change": (("move_class", 0, 0),),
    "freeze_report": (("unfreeze_report", 0, 1),),
    "write_report": (("unfreeze_report", 0, 1),),
}
"""Acts that must be done in this school before another act can be done: act, row, choice."""

pytestmark = [pytest.mark.django_db, pytest.mark.histories]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def new_life() -> type[History]:
    class Life(History):
        cast = history_school()
        start = clock.now()
        by_act = Counter()

    return Life


@pytest.mark.once
def test_each_act_goes_through_and_is_undone_where_its_table_says_so():
    kind = new_life()
    refused = [name for name in ACTS if not goes_through(kind(), name)]
    assert not refused, refused


def goes_through(life: History, name: str) -> bool:
    """Return whether the act and then its undo can be done in any way; roll both back."""
    life.begin()
    try:
        for earlier, n, choice in BEFORE.get(name, ()):
            do(life, earlier, n, choice)
        if not any(do(life, name, n, choice) for choice, n in product(range(8), range(10))):
            return False
        if life.last:
            life.take_back(mine=True, person="bk", pause=PAUSES[0])
        return life.last is None
    finally:
        life.teardown()


def do(life: History, name: str, n: int, choice: int) -> bool:
    before = life.done
    life.act(name=name, person="", n=n, choice=choice, pause=PAUSES[0])
    life.the_rows_agree()
    return life.done > before


def test_the_rules_hold_in_any_order(record_property):
    life = new_life()
    life.pages_each = min(life.pages_each, settings().max_examples // 2)
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
    never = [name for name in ACTS if not life.by_act[f"{name}: done"]]
    print(f"did not go through in any history: {never}")
    label = f"histories: kinds of act that went through, of {len(ACTS)}"
    record_property(label, len(ACTS) - len(never))
    assert life.done > figures["histories"]
    if figures["histories"] >= MANY:  # of few, chance may undo none; each undo is done above
        assert life.undone > figures["histories"] / 30

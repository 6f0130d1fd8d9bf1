"""Buttons follow from the table: which are offered to whom, and why one is off."""

from dataclasses import replace

import pytest

from workflow.lifecycle import asked_of, lifecycle_of, offer
from workflow.models import ActionEntry
from workflow.tests.sample_lifecycle import Lamp, lamp, person

pytestmark = pytest.mark.usefixtures("sample_lifecycle")


def test_the_acts_of_a_state_are_offered_and_no_undo_is():
    keeper = person()
    it = lamp(keeper)
    names = [offered.name for offered in lifecycle_of(it).offers(keeper, it)]
    assert names == ["light", "change_bulb", "smash"]


def test_nothing_is_offered_to_whom_may_nothing():
    it = lamp(person())
    assert lifecycle_of(it).offers(person("guest"), it) == []


@pytest.mark.parametrize(
    ("fields", "is_on", "reason", "needs_reason"),
    [
        ({}, True, "", False),
        ({"watts": 0}, False, "There is no bulb.", False),
        ({"place": "window"}, True, "It is not dark yet.", True),
    ],
)
def test_an_offer_says_whether_and_why_not(fields, is_on, reason, needs_reason):
    it = Lamp(**fields)
    found = offer(lifecycle_of(it)["light"], person(), it)
    assert (found.on, found.reason, found.needs_reason) == (is_on, reason, needs_reason)


def test_an_unknown_act_is_an_error_of_ours():
    with pytest.raises(KeyError, match="no transition"):
        lifecycle_of(Lamp)["fly"]


def test_a_question_is_asked_of_an_object_or_of_what_it_belongs_to():
    belongs_to = ActionEntry(action="moved in")
    replace(lifecycle_of(Lamp), root=lambda lamp: belongs_to)
    said = asked_of(ActionEntry)(lambda entry: entry.action)
    may = asked_of(ActionEntry)(lambda user, entry: user == "keeper" and entry is belongs_to)
    for obj in (belongs_to, Lamp()):
        assert said(obj) == "moved in"
        assert (may("keeper", obj), may("guest", obj)) == (True, False)

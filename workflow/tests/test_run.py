"""A change of state is checked, done once, logged and undone; a refusal changes nothing."""

from datetime import timedelta

import pytest

from workflow import clock
from workflow.errors import NotAllowed, NotNow, UndoTooLate, WrongState
from workflow.models import ActionEntry, ActionNote, BeforeImage
from workflow.run import can_undo, make, run, undo
from workflow.tests.sample_lifecycle import Lamp, lamp, person

pytestmark = pytest.mark.usefixtures("sample_lifecycle")


def light(of, by, **fields):
    return run(of, "light", by=by, values={"lit_at": clock.now()}, **fields)


def test_an_act_changes_the_status_and_is_in_the_log():
    keeper = person()
    it = lamp(keeper)
    entry = light(it, keeper)
    assert Lamp.objects.get().status == "ON"
    assert (entry.kind, entry.object_id, entry.action) == ("lamps.lamp", it.pk, "light")
    assert (entry.source, entry.target, entry.office) == ("OFF", "ON", "KEEPER")
    assert (entry.root_kind, entry.root_id, entry.actor) == ("lamps.lamp", it.pk, keeper)


def test_the_log_holds_neither_words_nor_names():
    keeper = person()
    it = lamp(keeper)
    run(it, "smash", by=keeper, note="Ani dropped it")
    held = ActionEntry.objects.filter(action="smash").values_list().get()
    assert not any("Ani" in str(value) for value in held)
    assert ActionNote.objects.get().text == "Ani dropped it"


@pytest.mark.parametrize("name", ["light", "change_bulb", "smash"])
def test_who_may_not_is_refused_and_nothing_changes(name):
    it = lamp(person())
    with pytest.raises(NotAllowed):
        run(it, name, by=person("guest"), note="why")
    assert (Lamp.objects.get().status, ActionEntry.objects.count()) == ("OFF", 1)


def test_an_act_from_another_state_is_refused_and_nothing_changes():
    keeper = person()
    it = lamp(keeper)
    run(it, "smash", by=keeper, note="fell")
    for name in ("light", "change_bulb", "smash"):
        with pytest.raises(WrongState):
            run(it, name, by=keeper, note="again")
    assert (Lamp.objects.get().status, ActionEntry.objects.count()) == ("BROKEN", 2)


def test_somebody_faster_leaves_a_clear_message_and_one_effect():
    keeper = person()
    it = lamp(keeper)
    seen_before = Lamp.objects.get()
    light(it, keeper)
    with pytest.raises(WrongState):
        light(seen_before, keeper)
    assert ActionEntry.objects.filter(action="light").count() == 1


def test_a_condition_that_fails_says_why():
    keeper = person()
    it = lamp(keeper)
    Lamp.objects.update(watts=0)
    with pytest.raises(NotNow, match="There is no bulb") as refused:
        light(it, keeper)
    assert not refused.value.needs_reason
    assert Lamp.objects.get().status == "OFF"


def test_a_written_reason_stands_for_a_condition_that_takes_one():
    keeper = person()
    it = lamp(keeper, place="window")
    with pytest.raises(NotNow) as refused:
        light(it, keeper)
    assert refused.value.needs_reason
    with pytest.raises(NotNow):
        light(it, keeper, reason="   ")
    light(it, keeper, reason="The power failed")
    assert ActionNote.objects.get().text == "The power failed"


def test_an_act_that_needs_a_note_is_refused_without_one():
    keeper = person()
    it = lamp(keeper)
    with pytest.raises(NotNow):
        run(it, "smash", by=keeper, note="  ")
    assert Lamp.objects.get().status == "OFF"


def test_an_act_in_the_future_is_refused():
    keeper = person()
    it = lamp(keeper)
    with pytest.raises(NotNow):
        light(it, keeper, happened_at=clock.now() + timedelta(hours=1))
    assert Lamp.objects.get().status == "OFF"


def test_when_it_happened_and_when_it_was_logged_are_two_things():
    keeper = person()
    before = clock.now() - timedelta(days=2)
    entry = light(lamp(keeper), keeper, happened_at=before)
    assert entry.happened_at == before
    assert entry.logged_at - before >= timedelta(days=2)


def test_a_change_of_fields_leaves_the_status():
    keeper = person()
    it = lamp(keeper)
    entry = run(it, "change_bulb", by=keeper, values={"watts": 60})
    assert (Lamp.objects.get().watts, Lamp.objects.get().status) == (60, "OFF")
    assert (entry.source, entry.target) == ("OFF", "OFF")


def test_making_asks_what_the_new_thing_hangs_on():
    Lamp.objects.create(watts=0)
    with pytest.raises(NotNow):
        make("lamps.lamp", "hang", Lamp.objects.get(), Lamp, by=person())
    with pytest.raises(NotAllowed):
        make("lamps.lamp", "hang", Lamp.objects.get(), Lamp, by=person("guest"))
    assert ActionEntry.objects.count() == 0


def test_a_thing_half_made_is_not_made_at_all():
    keeper = person()
    it = lamp(keeper)

    def create():
        Lamp.objects.create(place="cellar")
        raise NotNow("The wall is damp.")

    with pytest.raises(NotNow):
        make("lamps.lamp", "hang", it, create, by=keeper)
    assert (Lamp.objects.count(), ActionEntry.objects.count()) == (1, 1)


def test_an_undo_brings_back_what_was_to_the_microsecond():
    keeper = person()
    it = lamp(keeper)
    before = clock.now() - timedelta(days=1, microseconds=17)
    Lamp.objects.update(lit_at=before)
    light(it, keeper)
    assert can_undo(it, "light", by=keeper)
    undo(it, "light", by=keeper)
    after = Lamp.objects.get()
    assert (after.status, after.lit_at) == ("OFF", before)
    assert ActionEntry.objects.latest("pk").action == "undo_light"


def test_only_the_one_who_did_it_undoes_it():
    it = lamp(person())
    light(it, person("keeper2"))
    with pytest.raises(UndoTooLate):
        undo(it, "light", by=person("keeper3"))
    assert Lamp.objects.get().status == "ON"


def test_who_may_no_longer_do_it_does_not_undo_it():
    keeper = person()
    it = lamp(keeper)
    light(it, keeper)
    keeper.username = "guest"
    assert not can_undo(it, "light", by=keeper)
    with pytest.raises(NotAllowed):
        undo(it, "light", by=keeper)
    assert Lamp.objects.get().status == "ON"


def test_after_a_minute_it_is_too_late_to_undo():
    keeper = person()
    it = lamp(keeper)
    now = clock.now()
    with clock.shifted_to(now):
        light(it, keeper)
    with clock.shifted_to(now + timedelta(seconds=59)):
        assert can_undo(it, "light", by=keeper)
    with clock.shifted_to(now + timedelta(seconds=62)), pytest.raises(UndoTooLate):
        undo(it, "light", by=keeper)


def test_what_something_followed_from_is_not_undone():
    keeper = person()
    it = lamp(keeper)
    light(it, keeper)
    run(it, "smash", by=keeper, note="fell")
    assert not can_undo(it, "light", by=keeper)
    with pytest.raises(UndoTooLate):
        undo(it, "light", by=keeper)


def test_an_act_is_undone_once():
    keeper = person()
    it = lamp(keeper)
    light(it, keeper)
    undo(it, "light", by=keeper)
    with pytest.raises(UndoTooLate):
        undo(it, "light", by=keeper)


def test_an_undo_is_never_done_as_an_act_of_its_own():
    keeper = person()
    it = lamp(keeper)
    light(it, keeper)
    with pytest.raises(NotAllowed):
        run(it, "undo_light", by=keeper)


def test_only_acts_that_can_be_undone_keep_what_was():
    keeper = person()
    it = lamp(keeper)
    run(it, "change_bulb", by=keeper, values={"watts": 60})
    assert not BeforeImage.objects.exists()
    light(it, keeper)
    assert BeforeImage.objects.get().fields == {"lit_at": None}

"""Every lifecycle table is sound; what it does not allow is refused and changes nothing."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from counseling.tests import oracle
from counseling.tests.rows import changed, rows
from counseling.tests.scenarios import objects
from counseling.tests.who_may import WHO_MAY
from school.tests.cast import small_school
from workflow import clock, docs
from workflow.errors import NotAllowed, UndoTooLate, WorkflowError, WrongState
from workflow.lifecycle import LIFECYCLES, SAME
from workflow.models import ActionEntry
from workflow.run import make, run, undo

pytestmark = pytest.mark.once

TABLES = list(LIFECYCLES.values())
ROWS = [(table, row) for table in TABLES for row in table.transitions]
ACTS = [(table, row) for table, row in ROWS if not row.makes and not row.reverses]
WRONG = {
    (table, status): [
        row for row in table.transitions if not row.makes and status not in row.sources
    ]
    for table in TABLES
    for status in table.statuses.values
}
"""The rows of a table that do not start from a status."""
MADE = [(table, row) for table, row in ROWS if row.makes]


def name(value):
    return getattr(value, "kind", None) or getattr(value, "name", None) or str(value)


def test_each_model_with_a_status_has_its_table():
    assert set(LIFECYCLES) == set(oracle.tables_with_a_status()) == set(objects.MAKERS)


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_the_names_of_a_table_are_its_own_and_its_states_are_real(table):
    names = [row.name for row in table.transitions]
    assert len(names) == len(set(names))
    for row in table.transitions:
        assert row.target == SAME or row.target in table.statuses.values
        assert row.makes or set(row.sources) <= set(table.statuses.values)


@pytest.mark.parametrize(("table", "row"), ROWS, ids=name)
def test_an_undo_names_a_row_that_takes_the_act_back(table, row):
    if row.undo:
        reverse = table[row.undo]
        assert reverse.reverses == row.name
        reached = set(row.sources) if row.target == SAME else {row.target}
        assert reached <= set(reverse.sources)
    if row.reverses:
        assert table[row.reverses].undo == row.name
        assert not row.undo


@pytest.mark.parametrize("table", TABLES, ids=name)
def test_each_state_that_an_act_of_this_version_names_can_be_reached(table):
    reached = {row.target for row in table.transitions if row.makes}
    for _step in table.statuses:
        for row in table.transitions:
            if set(row.sources) & reached and row.target != SAME:
                reached.add(row.target)
    assert set(table.statuses.values) == reached


@pytest.mark.parametrize(("table", "row"), ROWS, ids=name)
def test_each_label_is_said_in_indonesian(table, row):
    with translation.override("en"):
        english = str(row.label), str(table.title)
    with translation.override("id"):
        assert str(row.label) != english[0], english[0]
        assert str(table.title) != english[1], english[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "status"), WRONG, ids=name)
def test_from_a_wrong_state_nothing_happens(table, status, record_property):
    record_property("acts in states from which they are not legal", len(WRONG[table, status]))
    cast = small_school()
    it = objects.in_state(table.kind, status, cast)
    before = rows()
    for row in WRONG[table, status]:
        for person in cast.everybody:
            with pytest.raises((WrongState, NotAllowed)) as refused:
                run(it, row.name, by=person, note="why", reason="why")
            if row.who(person, it) and not row.reverses:
                assert refused.type is WrongState
            if row.reverses:
                with pytest.raises(UndoTooLate):
                    undo(it, row.reverses, by=person)
        assert changed(before, rows()) == {}, row.name


def test_the_table_of_who_may_names_each_act():
    acts = {table.kind: set() for table in TABLES}
    for table, row in [*ACTS, *MADE]:
        acts[table.kind].add(row.name)
    assert {kind: set(may) for kind, may in WHO_MAY.items()} == acts


def parted(cast, table, row):
    """Return who may do the act and who may not."""
    may = [getattr(cast, who) for who in WHO_MAY[table.kind][row.name].split()]
    return may, [person for person in cast.everybody if person not in may]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "row"), ACTS, ids=name)
def test_who_may_not_is_refused(table, row):
    cast = small_school()
    it = objects.in_state(table.kind, row.sources[0], cast)
    may, strangers = parted(cast, table, row)
    assert all(row.who(person, it) for person in may)
    before = rows()
    for person in strangers:
        with pytest.raises(NotAllowed):
            run(it, row.name, by=person, note="why", reason="why")
    assert changed(before, rows()) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "row"), MADE, ids=name)
def test_who_may_not_makes_nothing(table, row):
    cast = small_school()
    on = objects.hangs_on(table.kind, row.name, cast)
    may, strangers = parted(cast, table, row)
    assert all(row.who(person, on) for person in may)
    before = rows()
    for person in strangers:
        with pytest.raises(NotAllowed):
            make(table.kind, row.name, on, type(on), by=person, note="why", reason="why")
    assert changed(before, rows()) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "row"), ACTS, ids=name)
def test_no_offer_lies(table, row):
    """An act that is offered as on goes through; one that is off is refused."""
    cast = small_school()
    it = objects.in_state(table.kind, row.sources[0], cast)
    offers = {
        (person, offer.name): offer
        for person in cast.everybody
        for offer in table.offers(person, it)
    }
    for (person, act), offer in offers.items():
        if act != row.name:
            continue
        entries = ActionEntry.objects.count()
        it.refresh_from_db()
        if it.status not in row.sources:
            break
        try:
            run(it, act, by=person, note="why", reason="why", values=_values(table.kind, act))
        except WorkflowError:
            assert not offer.on
            assert ActionEntry.objects.count() == entries
        else:
            assert offer.on
        break


def _values(kind, act):
    """Return the fields that the act must set with the status, as the database requires."""
    now = clock.now()
    ended = {"ended_at": now}
    return {
        ("cases.case", "dismiss"): ended,
        ("cases.case", "resolve"): ended,
        ("cases.case", "close"): ended,
        ("cases.case", "carry"): ended,
        ("cases.case", "end"): ended,
        ("cases.case", "refer_out"): ended,
        ("cases.case", "reopen"): {"ended_at": None},
        ("cases.case", "refer_again"): {"ended_at": None},
        ("cases.confidentialnote", "delete"): {"sealed": ""},
        ("cases.summons", "attended"): {"outcome_at": now},
        ("cases.summons", "not_attended"): {"outcome_at": now},
        ("support.conference", "hold"): {"held_at": now},
        ("support.followup", "finish"): ended,
        ("support.followup", "drop"): ended,
        ("support.referral", "answer"): {"answered_on": now.date()},
        ("support.referral", "refuse"): {"answered_on": now.date()},
        ("homevisits.visit", "record"): {"outcome": "MET", "happened_at": now},
        ("support.assistance", "hand_over"): {"handed_on": clock.today()},
        ("support.assistance", "return"): {"ended_on": clock.today()},
        ("support.assistance", "keep"): {"ended_on": clock.today()},
    }.get((kind, act), {})


def test_the_document_of_the_tables_is_true():
    """Run `manage.py workflow_docs` after changing a table."""
    call_command("workflow_docs", check=True)


def test_the_document_is_generated_from_the_tables_alone(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="out of date"):
        call_command("workflow_docs", check=True)
    call_command("workflow_docs")
    assert (tmp_path / "docs" / "workflow.md").read_text() == docs.text()


@pytest.mark.parametrize(("table", "row"), ROWS, ids=name)
def test_the_document_names_each_act_with_its_states(table, row):
    chapter = docs.text().partition(f"(`{table.kind}`)")[2].partition("\n## ")[0]
    line = next(line for line in chapter.splitlines() if line.startswith(f"| `{row.name}`"))
    for state in row.sources:
        assert (state or "(new)") in line

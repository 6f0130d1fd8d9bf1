"""Random histories of a school: any act, by anybody, in any order, with checks after each."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counseling.tests import oracle, oracle_support
from counseling.tests.acts import ACTS, SELDOM, USUALLY_BY
from counseling.tests.history_private import InConfidence
from counseling.tests.history_reports import WhatIsFrozen, figures
from counseling.tests.history_support import BesideTheLadder
from counseling.tests.rows import KEYS, Reads, Rows, Writes, changed, plain, rows
from counseling.tests.scenarios.histories import HistoryCast
from recaps.models import ClassList
from recaps.models.indicators import counted_entries
from reports.tables import CLASS, reports_of
from school.models import Change, Student, User
from school.ties import ties_on
from school.workflow import changes
from workflow import clock
from workflow.errors import UndoTooLate, WorkflowError
from workflow.lifecycle import LIFECYCLES
from workflow.models import ActionEntry
from workflow.run import undo

STAYS = ("school_letternumber", "workflow_actionentry", "workflow_actionnote")
"""Tables that an undo does not restore: the register of letter numbers and the log only grow."""
STAYS_AFTER = {
    ("cases.contact", "log"): ("cases_contact",),
    ("support.followup", "agree"): ("support_followup",),
    ("cases.case", "resolve"): ("support_followup",),
    ("recaps.decision", "decide"): ("recaps_decision",),
    ("recaps.recap", "hand_over"): ("recaps_sheet", "recaps_classlist"),
    ("recaps.recap", "return"): ("recaps_sheet",),
}
"""Tables that an undo keeps: void attempts, decisions and follow-ups taken back, sheets."""
PEOPLE = (
    *("bk", "bk2", "coordinator", "principal", "wali", "wali2", "guru", "guru2"),
    *("student_affairs", "operator"),
)
PAUSES = (
    timedelta(seconds=1.01),
    timedelta(seconds=25.02),
    timedelta(seconds=90.03),
    timedelta(hours=30),
)
"""No sum of them equals a time limit, so a slow machine does not change the result."""
ACCEPTED = timedelta(seconds=60)
ASSIGNED = {
    *("school_teachingassignment", "school_homeroomassignment", "school_schoolclass"),
    "school_user",
}
"""Tables from which the ties of people follow, which each person object keeps."""
CHANGES = "school_change"
CHECKS = (
    "_rungs_are_those_of_the_rows",
    "_nothing_that_ended_is_still_open",
    "_what_was_promised_is_followed_up_once",
    "_lists_show_their_own_students",
    "_adds_up",
    *WhatIsFrozen.CHECKS,
    "_nobody_is_in_two_classes",
    "_everybody_is_where_the_rows_say",
    "_the_log_says_what_the_rows_do",
    *BesideTheLadder.CHECKS,
    *InConfidence.CHECKS,
)


class History(BesideTheLadder, InConfidence, WhatIsFrozen, RuleBasedStateMachine):
    """One history of the school; it is rolled back at its end."""

    cast: HistoryCast
    """People and objects of the school that the test has made."""
    start: datetime
    """When each history begins, whatever the real time is."""
    tried = done = refused = undone = 0
    by_act: Counter[str] = Counter()

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = self.start
        self.rows = rows()
        self.before: Rows = {}
        self.last: ActionEntry | None = None
        self.entries_asked = self.rows["workflow_actionentry"][-1][0]
        self.change: Change | None = None
        self._read_people()
        self._begin_in_confidence()
        self.decided = oracle_support.decisions()
        self.past = oracle.tables_2_and_3(self.cast.past.pk)
        self.kept: dict[int, Any] = {}
        self.written = set(KEYS)
        self.read: dict[str, set[str]] = {}

    def teardown(self) -> None:
        if hasattr(self, "block"):
            left = changed(self.rows, rows())
            self.ask_everybody()
            self._holds_at_its_end()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            assert left == {}
            self._put_files_back()

    @rule(
        name=st.sampled_from((*sorted(ACTS), *SELDOM, *SELDOM)),
        person=st.sampled_from(("",) * 20 + PEOPLE),
        n=st.integers(0, 9),
        choice=st.integers(0, 7),
        pause=st.sampled_from(PAUSES),
    )
    def act(self, name: str, person: str, n: int, choice: int, pause: timedelta) -> None:
        by = getattr(self.cast, person or USUALLY_BY.get(name, "bk"))
        if self._try(lambda: ACTS[name](self.cast, by, n, choice), pause, name):
            self.last = self._undoable()
            self.change = self._change_made()
            self.decided += name == "decide_in_conference"

    @precondition(lambda self: self.last is not None)
    @rule(
        mine=st.sampled_from((True, True, False)),
        person=st.sampled_from(PEOPLE),
        pause=st.sampled_from(PAUSES[:3]),
    )
    def take_back(self, mine: bool, person: str, pause: timedelta) -> None:
        """Undo the last act, by the person who did it or by another one, in time or too late."""
        entry = self.last
        assert entry is not None
        by = entry.actor if mine else getattr(self.cast, person)
        before = self.before
        obj = apps.get_model(entry.kind)._default_manager.get(pk=entry.object_id)
        if self._try(lambda: undo(obj, entry.action, by=by), pause, "undo"):
            assert by.pk == entry.actor_id
            assert self.now - entry.logged_at <= ACCEPTED + timedelta(seconds=2)
            self._is_as_before(entry, before)
            type(self).undone += 1
            self.last = None

    @precondition(lambda self: self.change is not None)
    @rule(person=st.sampled_from(("operator",) * 6 + PEOPLE), pause=st.sampled_from(PAUSES))
    def take_back_change(self, person: str, pause: timedelta) -> None:
        """Undo the operator's last act, by an operator or by somebody who may not."""
        change = self.change
        assert change is not None
        before, by = self.before, getattr(self.cast, person)
        if self._try(lambda: changes.undo(change, by=by) or change, pause, "undo of a change"):
            assert by == self.cast.operator
            assert plain(self.rows) == plain(before)
            self.change = self.last = None

    def _change_made(self) -> Change | None:
        """Return the operator's change that was just made."""
        is_new = len(self.rows[CHANGES]) > len(self.before[CHANGES])
        return Change.objects.order_by("-pk").first() if is_new else None

    def _undoable(self) -> ActionEntry | None:
        """Return the entry of the act just done, or None if its table has no undo for it."""
        entry = ActionEntry.objects.order_by("-pk").first()
        is_new = len(self.rows["workflow_actionentry"]) > len(self.before["workflow_actionentry"])
        if entry is None or not is_new or entry.kind not in LIFECYCLES:
            return None
        if not LIFECYCLES[entry.kind][entry.action].undo:
            return None
        return entry

    @invariant()
    def the_rows_agree(self) -> None:
        """Check that the rows agree, after each act that wrote something.

        A check is asked again if a table that it read was written: else it reads the same rows.
        """
        if not getattr(self, "written", None):
            return
        for name in CHECKS:
            if self.written & self.read.get(name, KEYS.keys()):
                reads = Reads()
                with connection.execute_wrapper(reads):
                    getattr(self, name)()
                self.read[name] = reads.tables
        self.written = set()

    def _rungs_are_those_of_the_rows(self) -> None:
        assert oracle.stored_rungs() == oracle.rungs()

    def _nothing_that_ended_is_still_open(self) -> None:
        still_open, given_away = oracle.open_steps(), oracle.cases_given_away()
        for case in oracle.table("cases_case"):
            if case["status"] in {"RESOLVED", "DISMISSED", "CLOSED", "REFERRED", "CARRIED"}:
                assert not still_open.get(case["id"])
            if case["status"] == "REFERRED":
                assert case["id"] in given_away

    def _what_was_promised_is_followed_up_once(self) -> None:
        assert oracle.follow_ups_owed() == []
        assert oracle.open_in_false_alarms() == []

    def _lists_show_their_own_students(self) -> None:
        expected = oracle.entries_on_lists()
        for school_class in (self.cast.own, self.cast.foreign):
            class_list = ClassList(school_class=school_class, period=self.cast.period)
            entries = counted_entries(class_list).values_list("student", "sheet__recap__group")
            assert set(entries) == expected.get((school_class.pk, self.cast.period.pk), set())

    def _try(self, act: Any, pause: timedelta, name: str) -> bool:
        """Return whether the act was done; if it was refused, check that nothing has changed."""
        self.now += pause
        type(self).tried += 1
        written = Writes()
        try:
            with clock.shifted_to(self.now), connection.execute_wrapper(written):
                happened = act()
        except (WorkflowError, UndoTooLate):
            type(self).refused += 1
            self.by_act[f"{name}: refused"] += 1
            self._nothing_changed(written.tables)
            return False
        if happened is None:
            self._nothing_changed(written.tables)
            return False
        type(self).done += 1
        self.by_act[f"{name}: done"] += 1
        self._note(written.tables)
        return True

    def _nothing_changed(self, written: set[str]) -> None:
        """Check that what the statements wrote was rolled back."""
        assert rows(written) == {name: self.rows[name] for name in written}

    def _note(self, written: set[str]) -> None:
        """Read the written tables again; an act may write only to tables that are compared."""
        assert written <= KEYS.keys(), written - KEYS.keys()
        self.before, self.rows = self.rows, {**self.rows, **rows(written)}
        self.written |= written
        if written & ASSIGNED:
            self._read_people()

    def _read_people(self) -> None:
        """Let the people know whether their accounts are open, and ask for their rights anew."""
        active = dict(User.objects.values_list("pk", "is_active"))
        for person in self.cast.everybody:
            person.is_active = active[person.pk]
            person.forget_ties()

    def _adds_up(self) -> None:
        """Check that Tables 2 and 3 agree with the oracle.

        And that no act moves a figure of the semester that is over, while it is frozen.
        """
        semesters = [self.cast.past, self.cast.semester]
        past, found = map(figures, reports_of(semesters, CLASS))
        if oracle.is_frozen(self.cast.past.pk):
            assert past == self.past
        else:
            assert past == oracle.tables_2_and_3(self.cast.past.pk)
            self.past = past
        assert found == oracle.tables_2_and_3(self.cast.semester.pk)
        for row in found.values():
            assert row["cases"] == sum(row[column] for column in oracle.COLUMNS.values())

    def _nobody_is_in_two_classes(self) -> None:
        assert oracle.stays_that_overlap() == []

    def _everybody_is_where_the_rows_say(self) -> None:
        with clock.shifted_to(self.now):
            day = clock.today()
            students = Student.objects.with_class().filter(class_id__isnull=False)
            found = {one.pk: (one.class_id, one.left_on is None) for one in students}
            assert found == oracle.classes_on(day)
            for person in (self.cast.guru, self.cast.guru2, self.cast.wali, self.cast.wali2):
                ties = ties_on(day, person.pk)
                assert ties.teaching == oracle.groups_taught_on(day, person.pk)
                assert ties.own_classes == oracle.classes_led_on(day, person.pk)

    def _the_log_says_what_the_rows_do(self) -> None:
        said = oracle.states_of_the_log()
        assert oracle.states_of_the_rows() == said

    def _is_as_before(self, entry: ActionEntry, before: Rows) -> None:
        kept = (*STAYS, "workflow_beforeimage", *STAYS_AFTER.get((entry.kind, entry.action), ()))
        for name in KEYS:
            if name not in kept:
                assert self.rows[name] == before[name], (entry, name)

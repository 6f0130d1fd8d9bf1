"""Follows the log from its first entry: what each act may follow on, and which acts still stand.

The rules are written from the design and its decisions, not from the lifecycles of the project.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counseling.tests.oracle import table

SAME = "="
UNDO = "undo_"
ACCEPTED = timedelta(seconds=60)
Entry = dict[str, Any]
Key = tuple[str, int]

MOVES: dict[str, dict[str, tuple[str, str]]] = {
    "support.assistance": {
        "ask": ("", "ASKED"),
        "withdraw": ("ASKED APPROVED", "WITHDRAWN"),
        "approve": ("ASKED", "APPROVED"),
        "decline": ("ASKED", "DECLINED"),
        "withdraw_approval": ("APPROVED", "ASKED"),
        "hand_over": ("APPROVED", "HANDED_OVER"),
        "sign": ("HANDED_OVER", SAME),
        "put_off": ("HANDED_OVER", SAME),
        "return": ("HANDED_OVER KEPT", "RETURNED"),
        "keep": ("HANDED_OVER", "KEPT"),
    },
    "support.conference": {
        "plan": ("", "PLANNED"),
        "reschedule": ("PLANNED", SAME),
        "hold": ("PLANNED", "HELD"),
        "minutes": ("HELD", SAME),
        "close": ("HELD", "CLOSED"),
        "cancel": ("PLANNED", "CANCELLED"),
    },
    "support.referral": {
        "prepare": ("", "PREPARED"),
        "edit": ("PREPARED", SAME),
        "consent": ("PREPARED SENT", SAME),
        "send": ("PREPARED", "SENT"),
        "number": ("SENT ANSWERED REFUSED", SAME),
        "answer": ("SENT", "ANSWERED"),
        "refuse": ("SENT", "REFUSED"),
        "withdraw": ("PREPARED SENT", "WITHDRAWN"),
    },
    "support.followup": {
        "agree": ("", "OPEN"),
        "take_over": ("", "OPEN"),
        "finish": ("OPEN", "DONE"),
        "put_off": ("OPEN", SAME),
        "drop": ("OPEN", "DROPPED"),
    },
    "homevisits.photo": {
        "add": ("", "KEPT"),
        "tick": ("KEPT", SAME),
        "untick": ("KEPT", SAME),
        "remove": ("KEPT", "REMOVED"),
    },
    "cases.confidentialnote": {
        "write": ("", "WRITTEN"),
        "correct": ("WRITTEN", SAME),
        "pass_on": ("WRITTEN", SAME),
        "read_left": ("WRITTEN", SAME),
        "delete": ("WRITTEN", "DELETED"),
    },
}
"""Kind → act → the states from which it may be done, and the state after it."""
UNDOABLE = {
    "support.assistance": {"hand_over", "return", "keep"},
    "support.conference": {"hold", "close", "cancel"},
    "support.referral": {"consent", "answer", "refuse"},
    "support.followup": {"agree", "finish", "put_off", "drop"},
}
TAKEN_BACK = {("support.followup", "agree"): "DROPPED"}
"""The state after the undo of an act that made its object."""
CASES = "cases.case"
NEEDS_AN_OPEN_CASE = {
    ("support.assistance", "ask"),
    ("support.conference", "plan"),
    *(("support.referral", act) for act in ("prepare", "edit", "send", "withdraw")),
    ("homevisits.photo", "add"),
}
NOT_IN_A_FALSE_ALARM = {
    ("support.assistance", "approve"),
    ("support.assistance", "hand_over"),
    ("support.followup", "agree"),
}


@dataclass
class Life:
    """What the log says of one object: its state, and the acts on it that were not undone."""

    state: str = ""
    acts: list[tuple[Entry, str]] = field(default_factory=list)
    """Each with the state before it."""

    def stands(self, *names: str) -> list[Entry]:
        """Return the entries of these acts that were not undone, the oldest first."""
        return [entry for entry, _before in self.acts if entry["action"] in names]


def lives() -> dict[Key, Life]:
    """Return (kind, id) → its life. Raises AssertionError if an act follows on what it may not."""
    found: dict[Key, Life] = defaultdict(Life)
    in_case: dict[int, str] = {}
    taken_by: dict[int, dict[int, str]] = defaultdict(dict)
    for entry in sorted(table("workflow_actionentry"), key=lambda row: row["id"]):
        kind, case = entry["kind"], entry["root_id"]
        if kind == CASES:
            if entry["action"] == "refer_out":
                assert {"SENT", "ANSWERED"} & {*taken_by[case].values()}, entry
            in_case[case] = entry["target"]
        if kind not in MOVES:
            continue
        life = found[kind, entry["object_id"]]
        _follow(life, entry)
        if (kind, entry["action"]) in NEEDS_AN_OPEN_CASE:
            assert in_case[case] == "OPEN", entry
        if (kind, entry["action"]) in NOT_IN_A_FALSE_ALARM:
            assert in_case[case] != "DISMISSED", entry
        if kind == "support.referral":
            taken_by[case][entry["object_id"]] = life.state
    return found


def _follow(life: Life, entry: Entry) -> None:
    kind, name = entry["kind"], entry["action"]
    assert entry["source"] == life.state, entry
    if name.startswith(UNDO):
        undone, before = life.acts.pop()
        assert undone["action"] == name.removeprefix(UNDO), entry
        assert undone["action"] in UNDOABLE[kind], entry
        assert undone["actor_id"] == entry["actor_id"], entry
        assert _moment(entry["logged_at"]) - _moment(undone["logged_at"]) <= ACCEPTED, entry
        life.state = before or TAKEN_BACK[kind, undone["action"]]
    else:
        sources, target = MOVES[kind][name]
        assert life.state in (sources.split() or [""]), entry
        life.acts.append((entry, life.state))
        life.state = life.state if target == SAME else target
    assert entry["target"] == life.state, entry


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)

"""What stands beside the ladder of a case, read from the raw rows: who sees it, what it waits for.

Written from the design and its decisions, as `oracle` is.
"""

from collections import Counter
from datetime import date
from typing import Any

from counseling.tests import oracle
from counseling.tests.oracle import table
from counseling.tests.oracle_log import Key, Life

BK = {"COUNSELOR", "COORDINATOR"}
Row = dict[str, Any]


class People:
    """Who holds what on a day, among accounts that are not disabled."""

    def __init__(self, day: date) -> None:
        active = {row["id"] for row in table("school_user") if row["is_active"]}
        self.offices: dict[int, set[str]] = {pk: set() for pk in active}
        for row in table("school_officeholding"):
            if row["user_id"] in active and oracle.holds_on(row, day):
                self.offices[row["user_id"]].add(row["office"])
        rows = [*table("school_teachingassignment"), *table("school_homeroomassignment")]
        taught = {row["teacher_id"] for row in rows if oracle.holds_on(row, day)}
        self.at_work = {pk for pk in active if self.offices[pk] or pk in taught}
        self.may_be_asked = {pk for pk in self.at_work if "OPERATOR" not in self.offices[pk]}
        self.bk = {pk for pk in active if self.offices[pk] & BK}
        self.has_coordinator = any("COORDINATOR" in held for held in self.offices.values())

    def holds(self, person: int, office: str) -> bool:
        return office in self.offices.get(person, ())

    def handles(self, person: int, case: Row) -> bool:
        """Return whether the person acts on the case: its counselor, or the coordinator.

        Without a coordinator every counselor does, where the case has no counselor at work.
        """
        if self.holds(person, "COORDINATOR"):
            return True
        if not self.holds(person, "COUNSELOR"):
            return False
        lacks_one = not self.has_coordinator and case["counselor_id"] not in self.bk
        return case["counselor_id"] == person or lacks_one


def by_id(name: str) -> dict[int, Row]:
    return {row["id"]: row for row in table(name)}


def on_loan(lives: dict[Key, Life]) -> set[int]:
    """Return what was handed over as a loan and neither came back nor stays with the family."""
    return {
        row["id"]
        for row in table("support_assistance")
        if row["is_lent"]
        and lives["support.assistance", row["id"]].stands("hand_over")
        and not lives["support.assistance", row["id"]].stands("return", "keep")
    }


def handed_out_wrongly(lives: dict[Key, Life], people: People) -> list[int]:
    """Return assistance whose row does not say what its acts do, or that no principal approved."""
    return [row["id"] for row in table("support_assistance") if not _is_sound(row, lives, people)]


def _is_sound(row: Row, lives: dict[Key, Life], people: People) -> bool:
    life = lives["support.assistance", row["id"]]
    went, came = bool(life.stands("hand_over")), bool(life.stands("return", "keep"))
    said = (row["handed_on"] is not None, row["ended_on"] is not None)
    signed = [one for one in table("support_receiptsignature") if one["assistance_id"] == row["id"]]
    approvals = life.stands("approve", "withdraw_approval")
    is_approved = bool(approvals) and approvals[-1]["action"] == "approve"
    return (
        said == (went, came)
        and (not came or row["is_lent"])
        and (not went or (is_approved and people.holds(row["decided_by_id"], "PRINCIPAL")))
        and (not went or bool(row["given"].strip() and row["receiver"].strip()))
        and (row["due_on"] is None or bool(went and row["is_lent"]))
        and len(signed) == len(life.stands("sign"))
        and bool(row["is_signed"]) == bool(signed)
    )


def assistance_shown(people: People, person: int) -> list[Row]:
    """Return the assistance on the list of a person: that of the cases on which they act."""
    cases = by_id("cases_case")
    rows = table("support_assistance")
    return [row for row in rows if people.handles(person, cases[row["case_id"]])]


def assistance_counts(rows: list[Row], day: date) -> dict[str, int]:
    """Return state of the list → how many of the rows are in it on a day."""
    of = Counter(row["status"] for row in rows)
    out = [row for row in rows if row["status"] == "HANDED_OVER" and row["is_lent"]]
    return {
        "loan": len(out),
        "late": sum(bool(row["due_on"]) and oracle.day_of(row["due_on"]) < day for row in out),
        "asked": of["ASKED"],
        "approved": of["APPROVED"],
        "given": of["HANDED_OVER"] - len(out),
        "back": of["RETURNED"] + of["KEPT"],
        "not": of["DECLINED"] + of["WITHDRAWN"],
        "all": len(rows),
    }


def conferences_shown(people: People) -> set[tuple[int, int]]:
    """Return (person, conference) for those who may open its page.

    Whoever handles its case; and who is invited, while it is planned or held, unless the case
    was a false alarm.
    """
    cases = by_id("cases_case")
    invited = {(r["user_id"], r["conference_id"]) for r in table("support_conference_invited")}
    found = set()
    for row in table("support_conference"):
        case = cases[row["case_id"]]
        goes_on = row["status"] in {"PLANNED", "HELD"} and case["status"] != "DISMISSED"
        for person in people.offices:
            asked = (person, row["id"]) in invited and person in people.may_be_asked
            if people.handles(person, case) or (goes_on and asked):
                found.add((person, row["id"]))
    return found


def conferences_with_wrong_minutes() -> list[int]:
    """Return those that have minutes and were not held, or were held and have none."""
    return [
        row["id"]
        for row in table("support_conference")
        if {bool(row[name]) for name in ("held_at", "present", "problem", "conclusion")}
        != {row["status"] in {"HELD", "CLOSED"}}
    ]


def decisions() -> int:
    """Return how many decisions of conferences there are, those taken back too: each is a row."""
    return sum(row["source"] == "CONFERENCE" for row in table("support_followup"))


def decisions_kept_wrongly() -> list[int]:
    """Return decisions of another case's conference, or of one that was not held."""
    conferences = by_id("support_conference")
    found = []
    for row in table("support_followup"):
        is_decision = row["source"] == "CONFERENCE"
        if bool(row["conference_id"]) != is_decision:
            found.append(row["id"])
        elif is_decision:
            one = conferences[row["conference_id"]]
            was_taken_back = row["status"] == "DROPPED" and row["ended_at"] is None
            was_held = one["status"] in {"HELD", "CLOSED"}
            if one["case_id"] != row["case_id"] or not (was_held or was_taken_back):
                found.append(row["id"])
    return found


def follow_ups_at_home(people: People, day: date) -> set[tuple[int, int]]:
    """Return (person, follow-up) for each that waits on the person's home page on a day.

    An open one is on that of who does it. Who handles the case looks at what nobody of the school
    does, and at what is late.
    """
    cases = by_id("cases_case")
    found = set()
    for row in table("support_followup"):
        if row["status"] != "OPEN":
            continue
        to_look_at = row["doer_id"] is None or oracle.day_of(row["due_on"]) < day
        for person in people.may_be_asked:
            handles = people.handles(person, cases[row["case_id"]])
            if row["doer_id"] == person or (handles and to_look_at):
                found.add((person, row["id"]))
    return found


def put_off_wrongly(lives: dict[Key, Life]) -> list[int]:
    """Return follow-ups that are due later than agreed without a reason, or earlier."""
    found = []
    for row in table("support_followup"):
        was_put_off = bool(lives["support.followup", row["id"]].stands("put_off"))
        is_later = oracle.day_of(row["due_on"]) > oracle.day_of(row["first_due_on"])
        if {bool(row["later_because"]), is_later} != {was_put_off}:
            found.append(row["id"])
        if row["due_on"] < row["first_due_on"] or row["due_on"] < row["agreed_on"]:
            found.append(row["id"])
    return found


def numbers_used_wrongly() -> list[Any]:
    """Return letter numbers that two letters bear, or that are cancelled or not against theirs."""
    bearers: Counter[int] = Counter()
    withdrawn: dict[int, bool] = {}
    for name in ("cases_summons", "homevisits_visit", "support_referral"):
        for row in table(name):
            if number := row.get("number_id"):
                bearers[number] += 1
                withdrawn[number] = row["status"] in {"WITHDRAWN", "CANCELLED"}
    rows = by_id("school_letternumber")
    said = Counter((row["kind"], row["year"], row["text"]) for row in rows.values())
    return [
        *(number for number, letters in bearers.items() if letters > 1),
        *(name for name, times in said.items() if times > 1),
        *(pk for pk, is_over in withdrawn.items() if bool(rows[pk]["is_cancelled"]) != is_over),
    ]


def referral_rows_that_lie(lives: dict[Key, Life]) -> list[int]:
    """Return referrals that went out without consent or reason, or whose days tell otherwise."""
    found = []
    for row in table("support_referral"):
        life = lives["support.referral", row["id"]]
        went, answered = bool(life.stands("send")), bool(life.stands("answer", "refuse"))
        said = (row["sent_on"] is not None, row["answered_on"] is not None)
        may_go = row["consent_on"] is not None or bool(row["without_consent"].strip())
        if said != (went, answered) or (went and not may_go):
            found.append(row["id"])
    return found


ON, OFF, WITH_A_REASON = "on", "off", "with a reason"


def how_cases_end() -> dict[int, str]:
    """Return open case → whether *resolve* is on: confirmed, nothing open, somebody reached.

    The last can be replaced by a reason. Nothing beside the ladder counts here.
    """
    waiting = oracle.open_steps()
    reached = {
        *(row["case_id"] for row in table("cases_contact") if _is_reached(row)),
        *(row["case_id"] for row in table("cases_summons") if row["status"] == "ATTENDED"),
        *(row["case_id"] for row in table("homevisits_visit") if _is_met(row)),
    }
    frozen = {row["id"] for row in table("school_semester") if row["frozen_at"]}
    found = {}
    for case in table("cases_case"):
        if case["status"] == "OPEN":
            is_off = case["semester_id"] in frozen or waiting.get(case["id"])
            how = ON if case["id"] in reached else WITH_A_REASON
            found[case["id"]] = OFF if is_off or not case["confirmed_at"] else how
    return found


def _is_reached(row: Row) -> bool:
    return row["status"] == "LOGGED" and row["outcome"] == "REACHED"


def _is_met(row: Row) -> bool:
    return row["status"] == "RECORDED" and row["outcome"] == "MET"

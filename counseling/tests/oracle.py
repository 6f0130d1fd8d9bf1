"""Reads states and tables from the raw rows, without any query, act or lifecycle of the project.

It is slow and simple on purpose. If it and the project differ, one of them is wrong.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection

from cases.models import Rung
from counseling.tests.rows import own_models

VISITS_THAT_COUNT = ("PROPOSED", "APPROVED", "SCHEDULED", "RECORDED")
COLUMNS = {rung.value: rung.column for rung in Rung}


def table(name: str) -> list[dict[str, Any]]:
    """Return all rows of a table of the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rungs() -> dict[int, int]:
    """Return case id → the highest rung that its rows show."""
    shown = {case["id"]: Rung.REVIEW for case in table("cases_case")}
    for contact in table("cases_contact"):
        if contact["status"] == "LOGGED":
            shown[contact["case_id"]] = max(shown[contact["case_id"]], Rung.CONTACT)
    for summons in table("cases_summons"):
        if summons["status"] != "WITHDRAWN":
            shown[summons["case_id"]] = max(shown[summons["case_id"]], Rung.SUMMONS)
    for visit in table("homevisits_visit"):
        if visit["status"] in VISITS_THAT_COUNT:
            shown[visit["case_id"]] = Rung.HOME_VISIT
    return shown


def frozen_semesters() -> set[int]:
    return {row["id"] for row in table("school_semester") if row["frozen_at"]}


def is_frozen(semester_id: int) -> bool:
    return semester_id in frozen_semesters()


def stored_rungs() -> dict[int, int]:
    return {case["id"]: case["rung"] for case in table("cases_case")}


def last_classes(semester_id: int) -> dict[int, int]:
    """Return student id → id of the last class that they were in during the semester."""
    semester = next(row for row in table("school_semester") if row["id"] == semester_id)
    first, last = day_of(semester["starts_on"]), day_of(semester["ends_on"])
    found: dict[int, tuple[date, int]] = {}
    for row in table("school_enrolment"):
        begins, ends = day_of(row["starts_on"]), row["ends_on"] and day_of(row["ends_on"])
        if begins > last or (ends and ends < first):
            continue
        if row["student_id"] not in found or begins > found[row["student_id"]][0]:
            found[row["student_id"]] = (begins, row["school_class_id"])
    return {student: class_id for student, (_begins, class_id) in found.items()}


def tables_2_and_3(semester_id: int) -> dict[str, dict[str, int]]:
    """Return class name → its students, its cases, and its cases on each rung."""
    semester = next(row for row in table("school_semester") if row["id"] == semester_id)
    names = {
        row["id"]: row["name"]
        for row in table("school_schoolclass")
        if row["year_id"] == semester["year_id"]
    }
    classes = last_classes(semester_id)
    found: dict[str, Counter[str]] = {name: Counter() for name in names.values()}
    for class_id in classes.values():
        found[names[class_id]]["students"] += 1
    shown = rungs()
    for case in table("cases_case"):
        if case["semester_id"] == semester_id and case["status"] != "DISMISSED":
            row = found[names[classes[case["student_id"]]]]
            row["cases"] += 1
            row[COLUMNS[shown[case["id"]]]] += 1
    keys = ("students", "cases", *COLUMNS.values())
    return {name: {key: row[key] for key in keys} for name, row in found.items()}


def stays_that_overlap() -> list[tuple[int, int]]:
    """Return the pairs of stays of a student that share a day."""
    found = []
    stays = sorted(table("school_enrolment"), key=lambda row: str(row["starts_on"]))
    for at, one in enumerate(stays):
        for other in stays[at + 1 :]:
            if one["student_id"] == other["student_id"] and _share_a_day(one, other):
                found.append((one["id"], other["id"]))
    return found


def classes_on(day: date) -> dict[int, tuple[int, bool]]:
    """Return student → class of the day, else of the last one before, and whether they are there.

    Who went into the holidays is there.
    """
    found: dict[int, tuple[int, bool]] = {}
    for row in sorted(table("school_enrolment"), key=lambda row: str(row["starts_on"])):
        if day_of(row["starts_on"]) <= day:
            ends = row["ends_on"] and day_of(row["ends_on"])
            is_there = ends is None or ends >= day or row["end_reason"] == "YEAR_END"
            found[row["student_id"]] = (row["school_class_id"], is_there)
    return found


def groups_taught_on(day: date, teacher: int) -> set[int]:
    """Return the groups that a person teaches on a day."""
    return {
        row["group_id"]
        for row in table("school_teachingassignment")
        if row["teacher_id"] == teacher and holds_on(row, day)
    }


def classes_led_on(day: date, teacher: int) -> set[int]:
    """Return the classes of which a person is homeroom teacher on a day."""
    return {
        row["school_class_id"]
        for row in table("school_homeroomassignment")
        if row["teacher_id"] == teacher and holds_on(row, day)
    }


def states_of_the_log() -> dict[tuple[str, int], str]:
    """Return (kind, id) → the state after the last entry of the log, of all that have a status.

    Raises AssertionError if an act starts from another state than the one before it ended in.
    """
    states: dict[tuple[str, int], str] = {}
    with_a_status = tables_with_a_status()
    for entry in sorted(table("workflow_actionentry"), key=lambda row: row["id"]):
        key = (entry["kind"], entry["object_id"])
        if entry["kind"] not in with_a_status:
            continue
        if entry["source"]:
            assert states[key] == entry["source"], entry
        states[key] = entry["target"]
    return states


def states_of_the_rows() -> dict[tuple[str, int], str]:
    """Return (kind, id) → status of every row that has one."""
    return {
        (kind, row["id"]): row["status"]
        for kind, name in tables_with_a_status().items()
        for row in table(name)
    }


@cache
def tables_with_a_status() -> dict[str, str]:
    """Return kind → table of every model of the school that has a status."""
    return {
        model._meta.label_lower: model._meta.db_table
        for model in own_models()
        if model._meta.app_label != "workflow"
        and any(found.name == "status" for found in model._meta.fields)
    }


def entries_on_lists() -> dict[tuple[int, int], set[tuple[int, int]]]:
    """Return class id and period id → (student id, group id) of each entry that counts there."""
    groups, recaps, periods, sheets = (
        {row["id"]: row for row in table(name)}
        for name in (
            *("school_teachinggroup", "recaps_recap"),
            *("school_recapperiod", "recaps_sheet"),
        )
    )
    found: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for entry in table("recaps_entry"):
        sheet = sheets[entry["sheet_id"]]
        if not sheet["stands"]:
            continue
        recap = recaps[sheet["recap_id"]]
        group, student = groups[recap["group_id"]], entry["student_id"]
        for class_id in _classes_of(group, student, periods[recap["period_id"]]):
            found[class_id, recap["period_id"]].add((student, group["id"]))
    return found


def _classes_of(group: dict[str, Any], student: int, period: dict[str, Any]) -> set[int]:
    """Return the classes in which the student was on a day of the period as a member."""
    if group["school_class_id"]:
        return {group["school_class_id"]}
    return {
        stay["school_class_id"]
        for member in table("school_groupmember")
        for stay in table("school_enrolment")
        if (member["group_id"], member["student_id"]) == (group["id"], student)
        and stay["student_id"] == student
        and _share_a_day(member, stay, period)
    }


def _share_a_day(*rows: dict[str, Any]) -> bool:
    first = max(day_of(row["starts_on"]) for row in rows)
    return first <= min(day_of(row["ends_on"]) if row["ends_on"] else date.max for row in rows)


def holds_on(row: dict[str, Any], day: date) -> bool:
    return _share_a_day(row, {"starts_on": day, "ends_on": day})


def open_steps() -> dict[int, list[str]]:
    """Return case id → its summonses without outcome and its visits under way."""
    found: dict[int, list[str]] = defaultdict(list)
    for summons in table("cases_summons"):
        if summons["status"] == "ISSUED":
            found[summons["case_id"]].append("summons")
    for visit in table("homevisits_visit"):
        if visit["status"] in VISITS_THAT_COUNT[:3]:
            found[visit["case_id"]].append("visit")
    return found


def follow_ups_owed() -> list[int]:
    """Return the commitments of recorded visits that nobody follows up, each once in its case."""
    visits = {row["id"]: row for row in table("homevisits_visit")}
    reports = {row["id"]: row for row in table("homevisits_visitreport")}
    kept = Counter((row["case_id"], row["origin"]) for row in table("support_followup"))
    owed = []
    for promised in table("homevisits_commitment"):
        visit = visits[reports[promised["report_id"]]["visit_id"]]
        wanted = 1 if visit["status"] == "RECORDED" else 0
        if kept[visit["case_id"], f"homevisits.commitment {promised['id']}"] != wanted:
            owed.append(promised["id"])
    return owed


def open_in_false_alarms() -> list[int]:
    """Return the follow-ups that are open in a case that was dismissed."""
    dismissed = {row["id"] for row in table("cases_case") if row["status"] == "DISMISSED"}
    rows = table("support_followup")
    return [row["id"] for row in rows if row["status"] == "OPEN" and row["case_id"] in dismissed]


def cases_given_away() -> set[int]:
    """Return the cases with a referral that somebody outside has got."""
    got = ("SENT", "ANSWERED", "REFUSED")
    return {row["case_id"] for row in table("support_referral") if row["status"] in got}


def day_of(value: Any) -> date:
    """Return a date, in whichever form the database gives it."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])

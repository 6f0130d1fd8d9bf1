"""The acts on recaps and class lists."""

import re

from counseling.tests.year.school import School
from counseling.tests.year.tables import listed
from recaps.models import Entry, Recap, Sheet
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    return_recap,
    save_entry,
    save_header,
    write_knowledge,
)
from school.models import RecapPeriod, TeachingAssignment, User

HEADERS = {"P1": (4, 4), "P2": (8, 6), "P3": (2, 1), "Q1": (6, 4), "Q2": (8, 4)}
"""Period → meetings and assignments of every recap in it."""
CHOICES = {"refer": "REFER", "watch": "WATCH", "none": "NO_CONCERN"}
FIGURES = {
    "absent": r"\bA(\d)",
    "sick": r"\bS(\d)",
    "missing_work": r"missing (\d)",
    "late_work": r"late (\d)",
    "own_meetings": r"own (\d)",
}


def recap(school: School, by: User, whom: str, words: str) -> None:
    """Write the sheet and hand it over."""
    of, period = _of(school, whom)
    last = (
        Sheet.objects.filter(recap__group=of.group, recap__period=period).order_by("number").last()
    )
    meetings, assignments = HEADERS[whom.rsplit(maxsplit=1)[-1]]
    save_header(
        of,
        period,
        by=by,
        meetings=meetings,
        assignments=assignments,
        read_at=last.version if last else 1,
    )
    found = Recap.objects.get(group=of.group, period=period)
    _write(school, of, period, found, by, words)
    hand_over(found, by=by)


def correct_recap(school: School, by: User, whom: str, words: str) -> None:
    of, period = _of(school, whom)
    found = Recap.objects.get(group=of.group, period=period)
    begin_correction(found, by=by, reason="Salah hitung")
    found.refresh_from_db()
    _write(school, of, period, found, by, words)
    found.refresh_from_db()
    hand_over(found, by=by)


def return_it(school: School, by: User, whom: str, _words: str) -> None:
    of, period = _of(school, whom)
    return_recap(Recap.objects.get(group=of.group, period=period), by=by, reason="Periksa lagi")


def hand_over_class_list(school: School, by: User, whom: str, words: str) -> None:
    """Decide on the students that the words name, and hand the list over."""
    class_name, period = whom.split()
    found = class_list_of(school.classes[class_name], school.periods[period], by=by)
    for each in listed(words):
        name, choice, *known = each.split()
        if known:
            write_knowledge(found, school.students[name], by=by, values={known[0]: True}, read_at=0)
        decide(found, [school.students[name]], CHOICES[choice], by=by)
    hand_over_list(found, by=by)


def _of(school: School, whom: str) -> tuple[TeachingAssignment, RecapPeriod]:
    class_name, subject, period = whom.split()
    return school.teaching[class_name, subject], school.periods[period]


def _write(
    school: School, of: TeachingAssignment, period: RecapPeriod, found: Recap, by: User, words: str
) -> None:
    sheet = found.sheets.latest("number")
    for each in listed(words):
        if each == "nihil":
            continue
        student = school.students[each.split()[0]]
        there = Entry.objects.filter(sheet=sheet, student=student).first()
        values = _values(each)
        save_entry(
            of, period, student.pk, by=by, values=values, read_at=there.version if there else 0
        )


def _values(words: str) -> dict[str, object]:
    """Return the fields of an entry: "Candra S2 A1 missing 2"."""
    values: dict[str, object] = {}
    for name, pattern in FIGURES.items():
        if found := re.search(pattern, words):
            values[name] = int(found[1])
    if words.endswith("below"):
        values["activity"] = "BELOW"
    return values

"""Plain recaps of a whole month: begun, filled and handed over while the class list is open.

There are thousands of them, so they are written in bulk. `test_demo_recaps` proves that the rows
are those that the acts (`recaps.workflow`) would write. All else in the demo is done by its act.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counseling.demo.classes import Class
from counseling.demo.moments import working_day, working_hour
from recaps.models import ClassList, Entry, Recap, RecapStatus, Sheet
from school.models import RecapPeriod, Student, TeachingAssignment
from workflow.models import ActionEntry, BeforeImage

USUAL = (4, 2)
"""Meetings and assignments of a sheet that nobody has changed."""
Header = tuple[int, int]
Noted = list[tuple[Student, dict[str, Any]]]


@dataclass
class Filled:
    """One teacher's recap of one class for one month; without entries it is nihil."""

    lesson: TeachingAssignment
    period: RecapPeriod
    begun_at: datetime
    handed_over_at: datetime
    header: Header = USUAL
    entries: Noted = field(default_factory=list)
    recap: Recap | None = None


class Archive:
    """Remembers each lesson's last header, with which its next sheet begins."""

    def __init__(self) -> None:
        self.headers: dict[int, Header] = {}

    def hand_over(self, filled: list[Filled]) -> None:
        """Write the rows that `save_header`, `save_entry` and `hand_over` would write for each."""
        filled.sort(key=lambda f: (f.handed_over_at, f.lesson.pk))
        recaps = Recap.objects.bulk_create(
            Recap(group=f.lesson.group, period=f.period, status=RecapStatus.HANDED_OVER)
            for f in filled
        )
        for f, recap in zip(filled, recaps, strict=True):
            f.recap = recap
        sheets = Sheet.objects.bulk_create(self._sheet(f) for f in filled)
        Entry.objects.bulk_create(
            Entry(sheet=sheet, student=student, **values)
            for f, sheet in zip(filled, sheets, strict=True)
            for student, values in f.entries
        )
        _log(filled, _begin_lists(filled))

    def _sheet(self, f: Filled) -> Sheet:
        before = self.headers.get(f.lesson.group_id, USUAL)
        self.headers[f.lesson.group_id] = f.header
        meetings, assignments = f.header
        return Sheet(
            recap=f.recap,
            author=f.lesson.teacher,
            meetings=meetings,
            assignments=assignments,
            handed_over_at=f.handed_over_at,
            handed_over_by=f.lesson.teacher,
            stands=True,
            version=1 if f.header == before else 2,
        )


def _begin_lists(filled: list[Filled]) -> list[tuple[Filled, ClassList]]:
    """Begin the list of each class that has none; return it with the recap that begins it."""
    there = set(
        ClassList.objects.filter(period__in={f.period.pk for f in filled}).values_list(
            "school_class", "period"
        )
    )
    first: list[tuple[Filled, int]] = []
    for f in filled:
        for class_id in sorted(f.lesson.group.class_ids(f.period.starts_on, f.period.ends_on)):
            if (class_id, f.period.pk) not in there:
                there.add((class_id, f.period.pk))
                first.append((f, class_id))
    lists = ClassList.objects.bulk_create(
        ClassList(school_class_id=class_id, period=f.period) for f, class_id in first
    )
    return [(f, class_list) for (f, _class), class_list in zip(first, lists, strict=True)]


def _log(filled: list[Filled], begun: list[tuple[Filled, ClassList]]) -> None:
    """Write the log's entries in order of time, and what an undo of each hand-over needs."""
    entries = []
    for f in filled:
        entries.append(_entry(f, f.recap, "begin", "", "DRAFT", f.begun_at))
        entries.append(_entry(f, f.recap, "hand_over", "DRAFT", "HANDED_OVER", f.handed_over_at))
    entries += [_entry(f, row, "begin", "", "OPEN", f.handed_over_at) for f, row in begun]
    entries.sort(key=lambda entry: entry.happened_at)
    ActionEntry.objects.bulk_create(entries)
    BeforeImage.objects.bulk_create(
        BeforeImage(entry=entry, fields={}) for entry in entries if entry.action == "hand_over"
    )


def _entry(
    f: Filled, row: Any, action: str, source: str, target: str, moment: datetime
) -> ActionEntry:
    kind = row._meta.label_lower
    return ActionEntry(
        actor=f.lesson.teacher,
        kind=kind,
        object_id=row.pk,
        root_kind=kind,
        root_id=row.pk,
        action=action,
        source=source,
        target=target,
        happened_at=moment,
        logged_at=moment,
    )


@dataclass
class Trouble:
    """What shows of a student in a month, and in how many subjects."""

    student: Student
    shows: str
    subjects: int


def month_of(
    rng: random.Random,
    classes: Iterable[Class],
    period: RecapPeriod,
    troubles: dict[int, list[Trouble]],
    *,
    within: int = 3,
) -> list[Filled]:
    """Return the recaps of all classes for a month, handed over by `within` days after it.

    `troubles`: class id → its students who stand out; others are sick or late at times.
    """
    filled: list[Filled] = []
    for c in classes:
        sheets = {lesson.pk: blank(rng, lesson, period, within) for lesson in c.lessons}
        for trouble in troubles.get(c.row.pk, ()):
            for lesson in rng.sample(c.lessons, min(trouble.subjects, len(c.lessons))):
                sheet = sheets[lesson.pk]
                sheet.entries.append((trouble.student, noted(rng, trouble.shows, sheet.header)))
        _everyday(rng, c, sheets)
        filled += sheets.values()
    return filled


def blank(
    rng: random.Random, lesson: TeachingAssignment, period: RecapPeriod, within: int
) -> Filled:
    day = working_day(rng, period.ends_on, period.ends_on + timedelta(days=within))
    # On the last day of the month only after the lessons.
    hours = (7, 7, 8, 8) if day == period.ends_on else (0, 0, 4, 6)
    handed_over_at = working_hour(rng, day) + timedelta(hours=rng.choice(hours))
    begun_at = handed_over_at - timedelta(minutes=rng.randint(1, 12))
    weeks = (period.ends_on - period.starts_on).days // 7
    header = (max(2, min(weeks, 4)), rng.choice((1, 2, 2, 3)))
    return Filled(lesson, period, begun_at, handed_over_at, header)


def noted(rng: random.Random, shows: str, header: Header) -> dict[str, Any]:
    """Return the values of an entry that shows NEVER, LOW or MISSING, or for MIXED one of them."""
    meetings, assignments = header
    if shows == "MIXED":
        shows = rng.choice(("NEVER", "LOW", "LOW", "MISSING", "MISSING"))
    if shows == "NEVER":
        note = rng.choice(("", "", "", "Belum pernah masuk kelas daring"))
        return {"absent": meetings, "missing_work": assignments, "note": note}
    if shows == "LOW":
        if rng.randrange(4) == 0:
            return {"activity": "BELOW", "late": 1}
        return {"absent": meetings - meetings // 3, "late_work": min(1, assignments)}
    return {"missing_work": assignments}


def _everyday(rng: random.Random, c: Class, sheets: dict[int, Filled]) -> None:
    """Add entries that are no cause for concern: sick for a day, permitted, late, late work."""
    for pupil in rng.sample(c.pupils, len(c.pupils) // 8):
        sheet = sheets[rng.choice(c.lessons).pk]
        if all(student != pupil for student, _values in sheet.entries):
            field_name = rng.choice(("sick", "sick", "permitted", "late", "late_work", "dispensed"))
            sheet.entries.append((pupil, {field_name: 1}))

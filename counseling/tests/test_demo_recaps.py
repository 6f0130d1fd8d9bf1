"""The recaps that the demo writes in bulk equal those that the acts write."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from counseling.demo.recaps import USUAL, Archive, Filled
from recaps.models import ClassList, Entry, Recap, Sheet
from recaps.workflow import hand_over, open_sheet, save_entry, save_header
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.models import ActionEntry, ActionNote, BeforeImage

pytestmark = pytest.mark.django_db

TABLES = (Recap, Sheet, Entry, ClassList, ActionEntry, ActionNote, BeforeImage)


def months(cast: Cast) -> list[Filled]:
    """Return recaps of a month (nihil, with another header, with entries) and of the next one."""
    ended = clock.day_start(clock.today()) - timedelta(days=2)
    who = cast.students
    earlier = [
        Filled(cast.maths, cast.earlier_period, at(ended, 0), at(ended, 9)),
        Filled(cast.physics, cast.earlier_period, at(ended, 1), at(ended, 8), (3, 1)),
        Filled(
            cast.english,
            cast.earlier_period,
            at(ended, 2),
            at(ended, 7),
            (4, 3),
            [
                (who[0], {"absent": 4, "missing_work": 3}),
                (who[1], {"sick": 1, "note": "Surat ada"}),
            ],
        ),
        Filled(cast.foreign_english, cast.earlier_period, at(ended, 3), at(ended, 6)),
    ]
    later = [
        Filled(cast.maths, cast.period, at(ended, 20), at(ended, 29), (4, 3)),
        Filled(cast.physics, cast.period, at(ended, 21), at(ended, 28), (3, 1)),
        Filled(
            cast.english, cast.period, at(ended, 22), at(ended, 27), (4, 2), [(who[2], {"late": 1})]
        ),
    ]
    return [*earlier, *later]


def at(moment: Any, minutes: int) -> Any:
    return moment + timedelta(minutes=minutes)


def by_acts(filled: list[Filled]) -> None:
    """Do each act at its moment, in order of time."""
    acts = [(f.begun_at, "begin", f) for f in filled]
    acts += [(f.handed_over_at, "hand over", f) for f in filled]
    for moment, act, f in sorted(acts, key=lambda row: row[0]):
        by = f.lesson.teacher
        with clock.still_at(moment):
            if act == "hand over":
                hand_over(Recap.objects.get(**keys(f)), by=by)
                continue
            sheet = open_sheet(f.lesson, f.period, by=by)
            if (sheet.meetings, sheet.assignments) != f.header:
                meetings, assignments = f.header
                header = {"meetings": meetings, "assignments": assignments}
                save_header(f.lesson, f.period, by=by, read_at=1, **header)
            for student, values in f.entries:
                save_entry(f.lesson, f.period, student.pk, by=by, values=values, read_at=0)


def by_sets(filled: list[Filled]) -> None:
    archive = Archive()
    for period in dict.fromkeys(f.period for f in filled):
        archive.hand_over([f for f in filled if f.period == period])


def what_is_left(way: Any, filled: list[Filled]) -> Any:
    """Return the rows and the log after `way`, which is then rolled back."""
    savepoint = transaction.savepoint()
    way(filled)
    found = rows(), log_in_order()
    transaction.savepoint_rollback(savepoint)
    return found


def keys(f: Filled) -> dict[str, Any]:
    lesson = f.lesson
    return {"group": lesson.group, "period": f.period}


def rows() -> dict[str, list[Any]]:
    """Return every row of the tables, with keys replaced by what they stand for."""
    recaps = {r.pk: (r.group_id, r.period_id) for r in Recap.objects.all()}
    sheets = {s.pk: (recaps[s.recap_id], s.number) for s in Sheet.objects.all()}
    lists = {c.pk: (c.school_class_id, c.period_id) for c in ClassList.objects.all()}
    roots = {"recaps.recap": recaps, "recaps.classlist": lists}
    entries = {
        e.pk: (e.kind, roots[e.kind][e.object_id], e.action) for e in ActionEntry.objects.all()
    }
    names = {Sheet: ("recap_id", recaps), Entry: ("sheet_id", sheets)}
    found = {}
    for model in TABLES:
        of_model = []
        for row in model.objects.values():
            row.pop("id")
            if model in names:
                name, known = names[model]
                row[name] = known[row[name]]
            if model is ActionEntry:
                row["object_id"] = roots[row["kind"]][row["object_id"]]
                row["root_id"] = roots[row["root_kind"]][row["root_id"]]
            if model is BeforeImage:
                row["entry_id"] = entries[row["entry_id"]]
            of_model.append(sorted(row.items()))
        found[model.__name__] = sorted(of_model, key=repr)
    return found


def log_in_order() -> list[tuple[str, str, Any]]:
    return list(ActionEntry.objects.order_by("pk").values_list("kind", "action", "happened_at"))


def test_set_by_set_leaves_what_the_acts_leave() -> None:
    cast = small_school()
    (acts, acts_log), (sets, sets_log) = (
        what_is_left(way, months(cast)) for way in (by_acts, by_sets)
    )
    for name in acts:
        assert sets[name] == acts[name], name
    assert sets_log == acts_log


def test_a_sheet_nobody_touched_has_the_usual_header() -> None:
    cast = small_school()
    sheet = open_sheet(cast.maths, cast.period, by=cast.guru)
    assert (sheet.meetings, sheet.assignments) == USUAL

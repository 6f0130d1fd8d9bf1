"""The chips of a row: one table of rules for the page and its script."""

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from recaps.chips import chips, compact
from recaps.models import Activity, Entry, Sheet
from recaps.workflow import save_entry
from school.models import Policy
from school.tests.cast import small_school

HEADER = Sheet(meetings=4, assignments=2)
POLICY = Policy(activity_below=50)

ROWS = [
    ({}, []),
    ({"sick": 1, "permitted": 2}, ["Sick 1", "Excused 2"]),
    ({"absent": 3, "dispensed": 1}, ["Absent 3 of 3", "Exempted 1"]),
    ({"absent": 3}, ["Absent 3"]),
    ({"absent": 4}, ["Absent 4 of 4"]),
    ({"absent": 5}, ["Absent 5", "More than 4 meetings"]),
    ({"late": 2, "late_work": 1}, ["Late 2", "Late work 1"]),
    ({"missing_work": 1}, ["Missing work 1 of 2"]),
    ({"missing_work": 3}, ["Missing work 3 of 2", "More than 2 assignments"]),
    ({"activity": Activity.BELOW}, ["Participation below 50%"]),
    ({"activity": Activity.NOT_BELOW}, ["Participation 50% or more"]),
    ({"own_meetings": 0, "own_assignments": 1}, ["0 meetings", "1 assignments"]),
    ({"own_meetings": 2, "absent": 2}, ["Absent 2 of 2", "2 meetings"]),
    ({"note": "Pindah kos"}, ["Note"]),
]


@pytest.mark.parametrize(("fields", "words"), ROWS)
def test_a_row_says_what_was_noted(fields, words):
    with translation.override("en"):
        shown = [text.replace("\N{NO-BREAK SPACE}", "") for _, text in _chips(fields)]
    assert shown == words


def _chips(fields):
    return chips(Entry(**fields), HEADER, POLICY)


@pytest.mark.parametrize(("fields", "words"), ROWS)
def test_the_script_gets_what_differs_from_an_empty_row(fields, words):
    kept = {name: value for name, value in fields.items() if value not in (None, "")}
    assert compact(Entry(**fields)) == kept


@pytest.mark.browser
def test_the_script_draws_the_same_chips_from_the_same_rules(page_of) -> None:
    cast = small_school(len(ROWS))
    for student, (fields, _words) in zip(cast.students, ROWS, strict=True):
        save_entry(cast.maths, cast.period, student.pk, by=cast.guru, values=fields, read_at=0)
    page: Page = page_of(cast.guru)
    page.goto(f"/rekap/{cast.maths.pk}/{cast.period.pk}/")
    page.evaluate("document.querySelector('#header').dispatchEvent(new Event('input'))")
    entries = {entry.student_id: entry for entry in Entry.objects.select_related("sheet")}
    policy = cast.semester.policy
    with translation.override("id"):
        for student in cast.students:
            entry = entries[student.pk]
            drawn = page.locator(f"#s{student.pk} .who .chip")
            expect(drawn).to_have_text([text for _, text in chips(entry, entry.sheet, policy)])

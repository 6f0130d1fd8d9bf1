"""The figures and indicators of an entry are the same in Python and in SQL."""

from typing import Any

import pytest
from django.db.models import IntegerField

from recaps.models import Activity, ClassList, Entry, Recap, Sheet
from recaps.models.arithmetic import CONDITIONS, COUNTS, holds, numbers_of, where, with_numbers
from recaps.models.indicators import figures_in_periods, figures_of_list, with_indicators
from recaps.models.noted import NOTED_BY_STANDING
from recaps.workflow import misfit
from school.models import Policy
from school.models.written import Written
from school.tests import factories as make

pytestmark = pytest.mark.django_db

OWN_3 = {"own_meetings": 3, "own_assignments": 1}
NOTHING_DUE = {"sick": 2, "permitted": 1, "dispensed": 1}


def noted(**fields: Any) -> Entry:
    """Return an entry on a sheet of 4 meetings and 2 assignments that was handed over."""
    period, of_class = make.RecapPeriodFactory(), make.SchoolClassFactory()
    group = make.group_of(of_class, make.SubjectFactory())
    recap = Recap.objects.create(group=group, period=period, status="HANDED_OVER")
    sheet = Sheet.objects.create(
        recap=recap,
        author=make.person(),
        meetings=4,
        assignments=2,
        stands=True,
        handed_over_at=make.days_ago(0).strftime("%Y-%m-%dT00:00Z"),
    )
    return Entry.objects.create(sheet=sheet, student=make.StudentFactory(), **fields)


@pytest.mark.parametrize(
    ("fields", "numbers", "conditions"),
    [
        ({}, {"meetings": 4, "assignments": 2, "due": 4, "attended": 4}, set()),
        ({"sick": 1, "permitted": 1, "dispensed": 1}, {"due": 1, "attended": 1, "away": 3}, set()),
        ({"absent": 3}, {"due": 4, "attended": 1, "away": 3}, set()),
        ({"absent": 4}, {"due": 4, "attended": 0}, {"never"}),
        ({"sick": 3, "absent": 1}, {"due": 1, "attended": 0}, {"never"}),
        ({"sick": 4}, {"due": 0, "attended": 0}, set()),
        ({"late": 4}, {"due": 4, "attended": 4, "away": 4}, set()),
        ({"late": 5}, {"due": 4, "attended": 4, "away": 5}, {"too_much"}),
        ({"absent": 5}, {"due": 4, "attended": 0}, {"too_much"}),
        ({"sick": 5}, {"due": 0, "attended": 0}, {"too_much"}),
        ({"sick": 4, "absent": 1}, {"due": 0}, {"too_much"}),
        (OWN_3, {"meetings": 3, "assignments": 1, "due": 3}, set()),
        ({"absent": 3, **OWN_3}, {"due": 3, "attended": 0}, {"never"}),
        ({"own_meetings": 0}, {"meetings": 0, "due": 0}, set()),
        ({"own_meetings": 0, "absent": 1}, {"meetings": 0, "due": 0}, {"too_much"}),
        ({"missing_work": 1, "late_work": 1}, {"work": 2}, set()),
        ({"missing_work": 2, "late_work": 1}, {"work": 3}, {"too_much_work"}),
        ({"missing_work": 3}, {"work": 3}, {"too_much_work"}),
        ({"missing_work": 2, **OWN_3}, {"assignments": 1, "work": 2}, {"too_much_work"}),
    ],
)
def test_own_numbers_or_the_headers_and_what_follows_from_them(fields, numbers, conditions):
    entry = noted(**fields)
    found = numbers_of(entry, entry.sheet)
    assert numbers.items() <= found.items()
    assert {name for name in CONDITIONS if holds(name, found)} == conditions
    row = with_numbers(Entry.objects.all()).get()
    assert {name: getattr(row, name) for name in found} == found
    by_sql = {n for n in CONDITIONS if with_numbers(Entry.objects.all()).filter(where(n)).exists()}
    assert by_sql == conditions
    assert bool(misfit(entry.sheet, entry)) == bool(conditions & {"too_much", "too_much_work"})


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ""),
        ({"absent": 4}, "never"),
        ({"absent": 3}, "low"),
        ({"absent": 2}, ""),
        ({"absent": 2, "late": 2}, ""),
        ({"sick": 1, "absent": 2}, "low"),
        (NOTHING_DUE, ""),
        ({"activity": Activity.BELOW}, "low"),
        ({**NOTHING_DUE, "activity": Activity.BELOW}, "low"),
        ({"absent": 4, "activity": Activity.BELOW}, "never"),
        ({"absent": 4, "activity": Activity.NOT_BELOW}, "never"),
        ({"absent": 3, "activity": Activity.NOT_BELOW}, ""),
        ({"absent": 3, "own_meetings": 6}, ""),
        ({"missing_work": 1}, ""),
        ({"missing_work": 2}, "missing"),
        ({"missing_work": 1, "own_assignments": 1}, "missing"),
        ({"late_work": 2}, ""),
        ({"own_assignments": 0}, ""),
        ({"absent": 4, "missing_work": 2}, "never missing"),
        ({"absent": 3, "missing_work": 2}, "low missing"),
    ],
)
def test_which_indicators_hold(fields, shown):
    entry = noted(**fields)
    period, of_class = entry.sheet.recap.period, entry.sheet.recap.group.school_class
    policy = Policy.objects.get(semester=period.semester)
    row: Any = with_indicators(Entry.objects.all(), policy).get()
    names = ("never", "low", "missing")
    assert [name for name in names if getattr(row, f"is_{name}")] == shown.split()
    class_list = ClassList(school_class=of_class, period=period)
    sums = figures_of_list(class_list)[entry.student_id]
    assert [name for name in names if getattr(sums, name)] == shown.split()
    by_period = figures_in_periods(of_class.pk, period.semester)
    assert by_period == {period.pk: {entry.student_id: sums}}


@pytest.mark.parametrize(
    ("limits", "fields", "shown"),
    [
        ({"activity_below": 75}, {"absent": 2}, "low"),
        ({"activity_below": 75}, {"absent": 1}, ""),
        ({"activity_below": 25}, {"absent": 3}, ""),
        ({"missing_work_above": 49}, {"missing_work": 1}, "missing"),
        ({"missing_work_above": 99}, {"missing_work": 2}, "missing"),
    ],
)
def test_the_limits_are_those_of_the_semester(limits, fields, shown):
    entry = noted(**fields)
    Policy.objects.update(**limits)
    row: Any = with_indicators(Entry.objects.all(), Policy.objects.get()).get()
    flags = ("never", "low", "missing")
    assert [n for n in flags if getattr(row, f"is_{n}")] == shown.split(), entry


@pytest.mark.parametrize(
    "fields",
    [{}, *({name: 1} for name in COUNTS), *({"activity": one} for one in Activity), {"note": "x"}],
    ids=str,
)
def test_an_entry_is_noted_in_sql_unless_it_is_plainly_active(fields):
    entry = noted(**fields)
    assert Entry.objects.filter(Entry.noted()).exists() == (not entry.is_plainly_active)
    recap = Recap.objects.annotate(n=Written(NOTED_BY_STANDING, IntegerField())).get()
    assert recap.n == (not entry.is_plainly_active)

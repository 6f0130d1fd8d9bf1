"""A school with the paper's counts has exactly the paper's Tables 2 and 3."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from cases.models import Rung
from reports.comparison import compare
from reports.rates import percent
from reports.tables import CLASS, Tally, reports_of
from reports.tests.factories import IN_SESSION, PAPER, paper_school
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def semesters():
    with clock.shifted_to(IN_SESSION):
        yield paper_school()


def test_table_2_is_the_papers(semesters):
    first, second = reports_of(semesters)
    shown = [
        [
            label,
            first.row(label).tally.students,
            first.row(label).tally.cases,
            second.row(label).tally.cases,
            str(first.row(label).tally.rate),
            str(second.row(label).tally.rate),
        ]
        for label in ("X", "XI", "XII")
    ]
    assert shown == PAPER["problem_rate"]["rows"]
    totals = [first.total.tally, second.total.tally]
    assert PAPER["problem_rate"]["total"] == [
        "Jumlah",
        totals[0].students,
        *(tally.cases for tally in totals),
        *(str(tally.rate) for tally in totals),
    ]


def test_table_3_is_the_papers(semesters):
    first, second = reports_of(semesters)

    def line(label, rows):
        rungs = (None, Rung.CONTACT, Rung.SUMMONS, Rung.HOME_VISIT)
        return [label, *(row.tally.at(rung) for rung in rungs for row in rows)]

    grades = ("X", "XI", "XII")
    shown = [line(grade, [first.row(grade), second.row(grade)]) for grade in grades]
    assert shown == PAPER["handling"]["rows"]
    assert line("Jumlah", [first.total, second.total]) == PAPER["handling"]["total"]


def test_the_visits_are_the_papers_share_of_all_students(semesters):
    for number, each in enumerate(reports_of(semesters), start=1):
        tally = each.total.tally
        visits, share = PAPER["home_visit_share_of_all_students"][f"semester_{number}"]
        visited = tally.at(Rung.HOME_VISIT)
        assert (visited, str(percent(visited, tally.students))) == (visits, share)


def test_the_change_between_the_semesters_is_the_papers(semesters):
    first, second = reports_of(semesters)
    change = compare(first.total.tally, second.total.tally)
    assert (change.cases.difference, str(change.cases.percent)) == (-63, "-63.64")
    assert (str(change.points), change.visits.difference) == ("-7.78", -19)
    assert str(change.visits.percent) == "-79.17"


def test_the_classes_add_up_to_the_grades(semesters):
    for by_grade, by_class in zip(reports_of(semesters), reports_of(semesters, CLASS), strict=True):
        assert len(by_class.rows) == 24
        for row in by_grade.rows:
            own = [each.tally for each in by_class.rows if each.grade == row.label]
            assert Tally.sum(own) == row.tally


@pytest.mark.parametrize("code", ["2020/2021-1", "2020/2021-2"])
def test_the_command_prints_them(semesters, code):
    printed = StringIO()
    call_command("semester_report", code, stdout=printed)
    data = json.loads(printed.getvalue())
    offset = int(code[-1]) - 1
    assert [
        [row["label"], row["students"], row["cases"], row["rate"]]
        for row in data["problem_rate"]["rows"]
    ] == [
        [row[0], row[1], row[2 + offset], row[4 + offset]] for row in PAPER["problem_rate"]["rows"]
    ]
    assert [
        [row["label"], row["cases"], 0, row["contact"], row["summons"], row["home_visit"]]
        for row in data["handling"]["rows"]
    ] == [
        [row[0], row[1 + offset], 0, row[3 + offset], row[5 + offset], row[7 + offset]]
        for row in PAPER["handling"]["rows"]
    ]

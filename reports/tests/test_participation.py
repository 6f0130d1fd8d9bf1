"""What the recaps say of participation, counted by hand for two classes and two periods."""

from decimal import Decimal
from typing import Any

import pytest

from recaps.models import Activity
from recaps.tests.factories import handed_over_recap
from recaps.workflow import save_header, withdraw
from reports.kinds import participation
from reports.kinds.base import Asked
from reports.tables import CLASS
from reports.tests.pages import figures_of
from school.models import Enrolment
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

D = Decimal
NONE = D("0.00")


@pytest.fixture
def cast() -> Cast:
    """Return a school with five recaps that stand, one that was taken back and a draft.

    In the first period maths, physics, English of the other class and religion, which a student of
    each class takes; in the second one English.
    """
    cast = small_school()
    first, second, third, fourth = cast.students
    of_other = cast.foreign_students[0]
    religion = make.mixed_group(cast.guru2, [first, of_other], cast.own.year)
    handed_over_recap(
        cast.maths,
        cast.earlier_period,
        {
            first: {"absent": 4},
            second: {"absent": 3},
            third: {"missing_work": 2, "sick": 1, "permitted": 1},
        },
    )
    entry = {"own_meetings": 2, "absent": 1, "late": 1}
    handed_over_recap(cast.physics, cast.earlier_period, {first: entry}, meetings=6)
    handed_over_recap(cast.foreign_english, cast.earlier_period)
    noted = {first: {"missing_work": 1}, of_other: {"absent": 3}}
    handed_over_recap(religion, cast.earlier_period, noted, meetings=3, assignments=1)
    below = {fourth: {"activity": Activity.BELOW, "dispensed": 1}}
    handed_over_recap(cast.english, cast.period, below)
    taken_back = handed_over_recap(cast.maths, cast.period, {first: {"absent": 4}})
    withdraw(taken_back, by=cast.guru)
    save_header(cast.physics, cast.period, by=cast.guru, meetings=9, assignments=9, read_at=1)
    return cast


def read(cast: Cast, only: frozenset[int] | None = None) -> dict[str, dict[str, list[Any]]]:
    return figures_of(participation.KIND, Asked(cast.principal, [cast.semester], CLASS, only))


def test_each_indicator_counts_in_lines_of_the_recaps_that_stand(cast: Cast) -> None:
    found = read(cast)
    # Lines; never took part, low participation and missing work, each as a number and in percent
    assert found["participation_by_subject"] == {
        "Bahasa Inggris": [6, 0, NONE, 1, D("16.67"), 0, NONE],
        "Fisika": [4, 0, NONE, 0, NONE, 0, NONE],
        "Matematika": [4, 1, D("25.00"), 1, D("25.00"), 1, D("25.00")],
        "Pendidikan Agama": [2, 1, D("50.00"), 0, NONE, 1, D("50.00")],
        "Jumlah": [16, 2, D("12.50"), 2, D("12.50"), 2, D("12.50")],
    }
    assert found["participation_by_row"] == {
        "X MIPA 3": [13, 1, D("7.69"), 2, D("15.38"), 2, D("15.38")],
        "X MIPA 4": [3, 1, D("33.33"), 0, NONE, 0, NONE],
        "Jumlah": [16, 2, D("12.50"), 2, D("12.50"), 2, D("12.50")],
    }


def test_absences_are_shared_by_the_meetings_of_each_line(cast: Cast) -> None:
    found = read(cast)
    # Meetings, absent, in percent of those of all lines, sick, excused, exempted, late
    assert found["attendance_by_subject"] == {
        "Bahasa Inggris": [8, 0, NONE, 0, 0, 1, 0],
        "Fisika": [6, 1, D("5.00"), 0, 0, 0, 1],
        "Matematika": [4, 7, D("43.75"), 1, 1, 0, 0],
        "Pendidikan Agama": [3, 3, D("50.00"), 0, 0, 0, 0],
        "Jumlah": [21, 11, D("16.67"), 1, 1, 1, 1],
    }
    assert found["attendance_by_row"] == {
        "X MIPA 3": [17, 8, D("14.55"), 1, 1, 1, 1],
        "X MIPA 4": [7, 3, D("27.27"), 0, 0, 0, 0],
        "Jumlah": [21, 11, D("16.67"), 1, 1, 1, 1],
    }
    [chart] = participation.KIND.content(Asked(cast.principal, [cast.semester], CLASS)).charts
    assert list(chart.series[0].values) == [11, 0]


def test_a_homeroom_teacher_reads_the_lines_of_the_own_class(cast: Cast) -> None:
    found = read(cast, frozenset({cast.foreign.pk}))
    assert found["participation_by_subject"] == {
        "Bahasa Inggris": [2, 0, NONE, 0, NONE, 0, NONE],
        "Pendidikan Agama": [1, 1, D("100.00"), 0, NONE, 0, NONE],
        "Jumlah": [3, 1, D("33.33"), 0, NONE, 0, NONE],
    }


def test_a_member_of_a_group_counts_in_the_last_class_of_the_period(cast: Cast) -> None:
    stay = Enrolment.objects.get(student=cast.foreign_students[0])
    stay.ends_on = make.days_ago(50)
    stay.save()
    make.EnrolmentFactory(student=stay.student, school_class=cast.own, starts_on=make.days_ago(49))
    rows = read(cast)["participation_by_row"]
    assert {label: row[:2] for label, row in rows.items()} == {
        "X MIPA 3": [17, 2],
        "X MIPA 4": [2, 0],
        "Jumlah": [19, 2],
    }


def test_the_report_asks_the_same_number_of_queries_of_many_recaps(cast: Cast) -> None:
    client = signed_in(cast.principal)
    url = "/laporan/keaktifan/?by=class"
    client.get(url)
    few = queries_of(client, url)
    for _n in range(30):
        taught = make.TeachingAssignmentFactory(
            teacher=cast.guru, group=make.group_of(cast.own, None)
        )
        cast.guru.forget_ties()
        handed_over_recap(taught, cast.period, {cast.students[0]: {"absent": 1}})
    assert queries_of(client, url) == few

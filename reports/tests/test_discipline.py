"""When recaps and class lists came, counted by hand for two classes and one period."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from recaps.models import Recap
from recaps.tests.factories import handed_over_recap
from recaps.workflow import (
    begin_correction,
    class_list_of,
    hand_over,
    hand_over_list,
    return_recap,
    withdraw,
)
from reports.kinds import discipline
from reports.kinds.base import Asked
from reports.tables import CLASS
from reports.tests.pages import figures_of
from school.models import Semester
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

NOTED = {"absent": 1}
"""One of four meetings: noted, but no indicator holds."""
D = Decimal


@contextmanager
def on(days_ago: int) -> Iterator[None]:
    with clock.shifted_to(clock.now() - timedelta(days=days_ago)):
        yield


@pytest.fixture
def cast() -> Cast:
    """Return a school in which the recaps of a period were due 29 days ago, its lists 26 days ago.

    Maths came in time, was returned and came again; physics came 4 days late; English of the own
    class came on its last day and was corrected; English of the other one was taken back and came
    10 days late. Religion, with a student of each class, never came. The own class's list went 2
    days late, and once more when English was corrected.
    """
    cast = small_school()
    period, student = cast.earlier_period, cast.students[0]
    make.mixed_group(cast.guru2, [student, cast.foreign_students[0]], cast.own.year)
    with on(30):
        maths = handed_over_recap(cast.maths, period)
    with on(29):
        english = handed_over_recap(cast.english, period, {student: NOTED})
    with on(28):
        return_recap(maths, by=cast.wali, reason="Siswa 002 sakit")
    with on(27):
        foreign = handed_over_recap(cast.foreign_english, period)
        withdraw(foreign, by=cast.guru2)
    with on(25):
        handed_over_recap(cast.physics, period, {student: NOTED})
    with on(24):
        hand_over_list(class_list_of(cast.own, period, by=cast.wali), by=cast.wali)
    with on(20):
        hand_over(maths, by=cast.guru)
    with on(19):
        hand_over(foreign, by=cast.guru2)
    with on(10):
        begin_correction(english, by=cast.guru2, reason="Salah hitung")
        hand_over(english, by=cast.guru2)
        hand_over_list(class_list_of(cast.own, period, by=cast.wali), by=cast.wali)
    handed_over_recap(cast.maths, cast.period)
    return cast


def read(cast: Cast, semesters: list[Semester], only: frozenset[int] | None = None) -> Any:
    return figures_of(discipline.KIND, Asked(cast.principal, semesters, CLASS, only))


def test_a_recap_counts_by_its_first_hand_over_that_was_not_taken_back(cast: Cast) -> None:
    # Expected, on time, in percent, late, median of days, missing, nihil in percent
    assert read(cast, [cast.semester]) == {
        "discipline_by_subject": {
            "Bahasa Inggris": [2, 1, D("50.00"), 1, 10, 0, D("50.00")],
            "Fisika": [1, 0, D("0.00"), 1, 4, 0, D("0.00")],
            "Matematika": [1, 1, D("100.00"), 0, None, 0, D("100.00")],
            "Pendidikan Agama": [1, 0, D("0.00"), 0, None, 1, None],
            "Jumlah": [5, 2, D("40.00"), 2, 7, 1, D("50.00")],
        },
        "discipline_by_row": {
            "X MIPA 3": [4, 2, D("50.00"), 1, 4, 1, D("33.33")],
            "X MIPA 4": [2, 0, D("0.00"), 1, 10, 1, D("100.00")],
            "Jumlah": [5, 2, D("40.00"), 2, 7, 1, D("50.00")],
        },
        "class_lists_by_row": {
            "X MIPA 3": [1, 0, D("0.00"), 1, 2, 0],
            "X MIPA 4": [1, 0, D("0.00"), 0, None, 1],
            "Jumlah": [2, 0, D("0.00"), 1, 2, 1],
        },
    }


def test_a_recap_that_lies_returned_is_missing(cast: Cast) -> None:
    Recap.objects.filter(group=cast.maths.group, period=cast.earlier_period).update(
        status="RETURNED"
    )
    found = read(cast, [cast.semester])["discipline_by_subject"]["Matematika"]
    assert found == [1, 0, D("0.00"), 0, None, 1, None]


def test_a_homeroom_teacher_reads_the_subjects_of_the_own_class(cast: Cast) -> None:
    found = read(cast, [cast.semester], frozenset({cast.foreign.pk}))
    assert found["discipline_by_subject"] == {
        "Bahasa Inggris": [1, 0, D("0.00"), 1, 10, 0, D("100.00")],
        "Pendidikan Agama": [1, 0, D("0.00"), 0, None, 1, None],
        "Jumlah": [2, 0, D("0.00"), 1, 10, 1, D("100.00")],
    }
    assert list(found["class_lists_by_row"]) == ["X MIPA 4", "Jumlah"]


def test_each_semester_stands_by_its_own_periods_and_policy(cast: Cast) -> None:
    earlier = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(400), ends_on=make.days_ago(300)
    )
    found = read(cast, [earlier, cast.semester])["class_lists_by_row"]["Jumlah"]
    assert found == [0, 2, 0, 0, None, D("0.00"), 0, 1, None, 2, 0, 1]
    cast.semester.policy.recap_days = 40
    cast.semester.policy.save()
    assert read(cast, [cast.semester]) == {}


def test_the_report_asks_the_same_number_of_queries_of_many_recaps(cast: Cast) -> None:
    client = signed_in(cast.principal)
    url = "/laporan/ketertiban/?by=class"
    client.get(url)
    few = queries_of(client, url)
    for _n in range(30):
        taught = make.TeachingAssignmentFactory(
            teacher=cast.guru, group=make.group_of(cast.own, None)
        )
        cast.guru.forget_ties()
        handed_over_recap(taught, cast.earlier_period)
    assert queries_of(client, url) == few

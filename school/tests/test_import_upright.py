"""Tables with classes or days along their head: lessons of a school, attendance of a month."""

from typing import Any

import pytest

from school.imports.reading import read
from school.sheets.errors import NotReadable
from school.tests.cast import Cast, small_school
from school.tests.import_files import book, plan_for

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def cast() -> Cast:
    return small_school()


WHO = ["No", "Nama Guru", "Mata Pelajaran"]
LESSONS = [[1, "Hadi Susanto", "Kimia", 4, 4, 8], [2, "Sri Lestari", "Fisika", None, 2, 2]]


@pytest.mark.parametrize(
    "head",
    [
        [[*WHO, "X MIPA 3", "X MIPA 4", "Jumlah Jam"]],
        [[*WHO, "Kelas", None, "Jml"], [None, None, None, "X MIPA 3", "X-MIPA-4"]],
        [["Semester Ganjil"], [*WHO, "Jam"], [], [None, None, None, "10 MIPA 3", "10 MIPA 4"]],
    ],
)
def test_lessons_stand_below_their_classes(cast: Cast, head: list[list[Any]]) -> None:
    file = book([["PEMBAGIAN TUGAS MENGAJAR"], *head, *LESSONS, ["Jumlah", None, None, 4, 6, 10]])
    plan = plan_for(file, cast.operator)
    first = len(head) + 2
    assert [(line.row, line.who) for line in plan.new] == [
        (first, "X MIPA 3 · Kimia"),
        (first, "X MIPA 4 · Kimia"),
        (first + 1, "X MIPA 4 · Fisika"),
    ]
    assert plan.refusals == []


@pytest.mark.parametrize("tick", ["v", "V", "√", "✓", "✔", "•"])
def test_a_tick_below_a_class_is_a_lesson_and_a_dash_is_none(cast: Cast, tick: str) -> None:
    file = book([[*WHO, "X MIPA 3", "X MIPA 4"], [1, "Hadi Susanto", "Kimia", "-", tick]])
    plan = plan_for(file, cast.operator)
    assert [line.who for line in plan.new] == ["X MIPA 4 · Kimia"]


def month_of(cast: Cast) -> tuple[str, int]:
    day = cast.period.ends_on
    return f"{day:%B %Y}", day.day


@pytest.mark.parametrize("is_split", [False, True])
def test_attendance_stands_below_the_days_of_a_month(cast: Cast, is_split: bool) -> None:
    month, day = month_of(cast)
    first, second = cast.students[:2]
    days = [*range(1, 32)]
    heads = [["No", "NIS", "Nama", "L/P", *days, "S", "I", "A"]]
    if is_split:
        heads = [["No", "NIS", "Nama", "L/P", "Tanggal"], [None, None, None, None, *days, "S"]]
    ill = ["S" if n == day else "." for n in days]
    there = ["v"] * 31
    rows = [
        [1, first.nis, first.name, "L", *ill, 1, 0, 0],
        [2, second.nis, second.name, "P", *there],
    ]
    plan = plan_for(book([["DAFTAR HADIR"], [f"Bulan: {month}"], *heads, *rows]), cast.operator)
    assert [(line.row, line.who) for line in plan.recorded] == [(len(heads) + 3, first.name)]
    assert plan.refusals == []


def test_a_code_that_is_none_is_refused_by_its_row(cast: Cast) -> None:
    month, day = month_of(cast)
    cells = ["Z" if n == day else None for n in range(1, 32)]
    rows = [["NIS", "Nama", *range(1, 32)], [cast.students[0].nis, cast.students[0].name, *cells]]
    (refusal,) = plan_for(book([[month], *rows]), cast.operator).refusals
    assert (refusal.row, refusal.why) == (3, "“Z” bukan kode kehadiran. Tulis S, I, atau A.")


def test_days_without_a_month_are_no_attendance() -> None:
    rows = [["NIS", "Nama", *range(1, 32)], [1, "Anak", *["S"] * 31]]
    with pytest.raises(NotReadable):
        read(book([["DAFTAR HADIR"], *rows]), "ATTENDANCE")


def test_an_empty_form_is_a_list_of_its_class() -> None:
    rows = [["NIS", "Nama", *range(1, 32)], [1, "Anak"]]
    found = read(book([["Kelas : X MIPA 3"], ["Bulan : Juli 2021"], *rows]), "CLASS_LISTS")
    assert [row["class"] for row in found.rows] == ["X MIPA 3"]

"""Daily attendance of the whole school from the operator's file: entered, but not read."""

from datetime import date, timedelta
from typing import Any

import pytest

from recaps.models import Absence
from recaps.workflow.attendance import save_day
from school.days import Holiday
from school.imports.plan import Plan
from school.models import Change, Enrolment, Policy, Student
from school.tests.cast import Cast, small_school
from school.tests.import_files import book, imported, plan_for, seen
from school.workflow import changes
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db
HEAD = ["NIS", "Nama", "Kelas", "Tanggal", "Keterangan"]


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def day(cast: Cast) -> date:
    return cast.period.ends_on


def plan(cast: Cast, *rows: list[Any]) -> Plan:
    return plan_for(book([HEAD, *rows]), cast.operator)


def why(found: Plan) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.why) for refusal in found.refusals]


def standing() -> list[tuple[str, date, str]]:
    rows = Absence.objects.order_by("student__name", "day")
    return list(rows.values_list("student__name", "day", "code"))


def test_absences_of_several_classes_are_entered_replaced_and_taken_away(
    cast: Cast, day: date
) -> None:
    first, second, third = cast.students[:3]
    codes = {first.pk: "A", second.pk: "S"}
    save_day(cast.own, cast.period, day, by=cast.wali, codes=codes, read={})
    foreign = cast.foreign_students[0]
    file = book(
        [
            HEAD,
            [first.nis, None, None, day, "Izin"],
            [None, second.name, "X MIPA 3", f"{day:%d/%m/%Y}", "Hadir"],
            [third.nis, None, None, day, "sakit"],
            [foreign.nis, None, None, day, "A"],
            [cast.students[3].nis, None, None, None, None],
        ]
    )
    assert imported(cast.operator, file).status_code == 302
    assert standing() == [
        (first.name, day, "I"),
        (third.name, day, "S"),
        (foreign.name, day, "A"),
    ]
    assert plan_for(file, cast.operator).writes == []
    changes.undo(Change.objects.get(), by=cast.operator)
    assert standing() == [(first.name, day, "A"), (second.name, day, "S")]


def test_what_stands_is_not_shown_to_the_operator(cast: Cast, day: date) -> None:
    first = cast.students[0]
    save_day(cast.own, cast.period, day, by=cast.wali, codes={first.pk: "A"}, read={})
    page = seen(signed_in(cast.operator), book([HEAD, [first.nis, None, None, day, "S"]]))
    (line,) = page.context["plan"].recorded
    assert [(field.was, field.becomes) for field in line.fields] == [("", "S")]


@pytest.mark.parametrize("code", ["S", "A", "H"])
def test_a_file_does_not_tell_whether_somebody_was_absent(cast: Cast, day: date, code: str) -> None:
    was_absent, was_there = cast.students[:2]
    save_day(cast.own, cast.period, day, by=cast.wali, codes={was_absent.pk: "A"}, read={})

    def shown(student: Student) -> list[object]:
        row = [student.nis, None, None, day, code]
        page = seen(signed_in(cast.operator), book([HEAD, row]))
        lists = [(one.name, one.count) for one in page.context["lists"]]
        return [page.context["counts"], lists, page.context["plan"].is_possible]

    assert shown(was_absent) == shown(was_there) == [["1 dicatat"], [("recorded", 1)], True]
    row = [was_absent.nis, None, None, day, code]
    assert imported(cast.operator, book([HEAD, row])).status_code == 302
    assert Change.objects.get().counts == {"recorded": 1}


def test_each_h_is_said_to_take_an_entry_away_whether_or_not_one_stands(
    cast: Cast, day: date
) -> None:
    was_absent, was_there, ill = cast.students[:3]
    save_day(cast.own, cast.period, day, by=cast.wali, codes={was_absent.pk: "A"}, read={})
    rows = [[one.nis, None, None, day, code] for one, code in ((was_absent, "H"), (was_there, "H"))]
    page = seen(signed_in(cast.operator), book([HEAD, *rows, [ill.nis, None, None, day, "S"]]))
    assert [remark.rows for remark in page.context["plan"].remarks] == [(2, 3)]
    assert "H menghapus S, I, atau A pada hari itu" in page.content.decode()


def test_refused_rows_are_listed_by_their_numbers(cast: Cast, day: date) -> None:
    first, second = cast.students[:2]
    found = plan(
        cast,
        [first.nis, None, None, day, "S"],
        [first.nis, None, None, date(2001, 1, 1), "S"],
        [second.nis, None, None, day, "Entah"],
        ["99", None, None, day, "S"],
    )
    assert [row for row, _why in why(found)] == [3, 4, 5]


def test_a_change_in_the_meantime_is_shown_before_it_is_replaced(cast: Cast, day: date) -> None:
    first = cast.students[0]
    before = plan(cast, [first.nis, None, None, day, "S"])
    save_day(cast.own, cast.period, day, by=cast.wali, codes={first.pk: "A"}, read={})
    after = plan(cast, [first.nis, None, None, day, "S"])
    save_day(cast.own, cast.period, day, by=cast.wali, codes={first.pk: "I"}, read={first.pk: "A"})
    later = plan(cast, [first.nis, None, None, day, "S"])
    assert len({before.seal, after.seal, later.seal}) == 3


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Tanggal": "besok"}, "bukan tanggal"),
        ({"Tanggal": None}, "Tanggal belum diisi"),
        ({"Keterangan": "X"}, "bukan"),
        ({"Keterangan": None}, "kosong"),
        ({"NIS": "99999"}, "Tidak ada siswa dengan NIS"),
        ({"Tanggal": "1/1/2001"}, "Tidak ada periode rekap"),
    ],
)
def test_a_bad_row_is_refused(cast: Cast, day: date, cells: dict[str, Any], said: str) -> None:
    usual = {"NIS": cast.students[0].nis, "Tanggal": day, "Keterangan": "S"}
    row = [(usual | cells).get(name) for name in HEAD]
    ((number, text),) = why(plan(cast, row))
    assert number == 2
    assert said in text


def test_days_without_lessons_and_students_elsewhere_are_refused(cast: Cast, day: date) -> None:
    Policy.objects.update(holidays=[Holiday(day, day, "Maulid Nabi")])
    first, second = cast.students[:2]
    eve = day - timedelta(days=1)
    Enrolment.objects.filter(student=second).update(ends_on=eve - timedelta(days=1))
    found = plan(cast, [first.nis, None, None, day, "S"], [second.nis, None, None, eve, "S"])
    assert ["Maulid Nabi" in why(found)[0][1], "tidak berada di kelas" in why(found)[1][1]] == [
        True,
        True,
    ]


def test_nothing_is_entered_into_a_frozen_semester(cast: Cast, day: date) -> None:
    cast.semester.frozen_at = clock.now()
    cast.semester.save(update_fields=["frozen_at"])
    assert "dibekukan" in why(plan(cast, [cast.students[0].nis, None, None, day, "S"]))[0][1]


def test_a_student_and_day_that_are_there_twice(cast: Cast, day: date) -> None:
    first = cast.students[0]
    row = [first.nis, None, None, day, "S"]
    assert plan(cast, row, [*row[:4], "Sakit"]).counts == {"recorded": 1, "unchanged": 1}
    assert "Baris 2" in why(plan(cast, row, [*row[:4], "A"]))[0][1]

"""Whom a row of a Google file means, and what of a file is kept at all."""

from typing import Any

import pytest

from recaps.google import form
from recaps.google.fill import LEAVE_OUT, Fill, GivenFile
from recaps.google.intake import Neighbors, kept, of_the_group
from recaps.google.matching import How, Match, Members, identity, matches_of
from recaps.google.said import Form, Meet, Person
from school.models import Student

pytestmark = pytest.mark.once
SITI, BUDI, OTHER_BUDI, ADI = 1, 2, 3, 4
STUDENTS = [
    Student(pk=SITI, name="Siti Nur Aini", nis="1", email="siti@siswa.sch.id"),
    Student(pk=BUDI, name="Budi Santoso", nis="2"),
    Student(pk=OTHER_BUDI, name="Budi Santoso", nis="3", email="Budi.3@siswa.sch.id"),
    Student(pk=ADI, name="Tik'a Prasetyo", nis="4"),
]


def meet(*people: tuple[str, str]) -> Meet:
    named = [Person(n, name, email) for n, (name, email) in enumerate(people, start=2)]
    return Meet("2020-08-06", "", named, [30] * len(named))


def matched(
    *people: tuple[str, str], answers: dict[str, str] | None = None, **remembered: Any
) -> list[Match]:
    fill = Fill([GivenFile("a.csv", meet(*people))], answers or {})
    return list(matches_of(fill, Members(STUDENTS, {}, **remembered)).values())


def key(name: str, email: str = "") -> str:
    return identity(Person(0, name, email))


@pytest.mark.parametrize(
    ("name", "email", "how", "student", "likely"),
    [
        ("Aini", "SITI@siswa.sch.id", How.EMAIL, SITI, []),
        ("Siti Nur Aini", "", How.NAME, SITI, []),
        ("Nur Aini SITI", "x@gmail.com", How.NAME, SITI, []),
        ("Tika Prasetyo", "", How.NAME, ADI, []),
        ("Budi Santoso", "", How.NAMESAKES, None, [BUDI, OTHER_BUDI]),
        ("Budi Santoso", "budi.3@siswa.sch.id", How.EMAIL, OTHER_BUDI, []),
        ("Siti Nuraini", "", How.LIKE, None, [SITI]),
        ("Siti", "", How.LIKE, None, [SITI]),
        ("Tika Prasetyo", "siti@siswa.sch.id", How.TWO, None, [SITI, ADI]),
        ("Rina Melati", "", How.UNKNOWN, None, []),
        ("", "rina@gmail.com", How.UNKNOWN, None, []),
    ],
)
def test_a_row_means_somebody_by_address_then_by_name_and_else_it_is_asked(
    name: str, email: str, how: How, student: int | None, likely: list[int]
) -> None:
    (match,) = matched((name, email))
    assert (match.how, match.student, match.likely) == (how, student, likely)
    assert match.is_open == (student is None)


def test_likeness_is_looked_at_only_where_nothing_else_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Members, "likely", lambda *_: pytest.fail("looked at"))
    found = matched(("Aini", "SITI@siswa.sch.id"), ("Budi Santoso", ""))
    assert [each.how for each in found] == [How.EMAIL, How.NAMESAKES]


def test_two_rows_that_mean_a_student_by_name_are_asked_about() -> None:
    found = matched(("Siti Nur Aini", "siti@siswa.sch.id"), ("Siti Nur Aini", "hp@gmail.com"))
    assert [(each.how, each.student) for each in found] == [(How.EMAIL, SITI), (How.TWICE, None)]
    assert found[1].likely == [SITI]


def test_an_answer_holds_in_all_files_and_is_remembered_without_address_or_name() -> None:
    mine, his = key("Guru", "guru@sekolah.id"), key("Budi Santoso")
    answers = {f"w-{mine}": LEAVE_OUT, f"w-{his}": str(BUDI)}
    people = (("Guru", "guru@sekolah.id"), ("Santoso Budi", ""))
    assert [each.student for each in matched(*people, answers=answers)] == [None, BUDI]
    found = matched(*people, remembered={mine: None, his: BUDI})
    assert [(each.how, each.student) for each in found] == [
        (How.REMEMBERED, None),
        (How.REMEMBERED, BUDI),
    ]
    assert "guru" not in mine


def test_a_match_that_is_wrong_can_be_taken_back() -> None:
    (match,) = matched(("Siti Nur Aini", ""), answers={f"n-{key('Siti Nur Aini')}": "1"})
    assert (match.how, match.likely) == (How.UNKNOWN, [SITI])


def test_whoever_is_not_in_the_group_is_nobody_whatever_is_answered() -> None:
    (match,) = matched(("Rina", ""), answers={f"w-{key('Rina')}": "99"})
    assert (match.how, match.student) == (How.ANSWERED, None)


NEIGHBORS = Neighbors(
    [("rina@siswa.sch.id", "Rina Melati"), ("", "Budi Santoso")], ["X MIPA 1"], ["X MIPA 1", "X-2"]
)


def test_rows_about_students_of_other_classes_are_not_kept() -> None:
    people = [
        ("Rina", "RINA@siswa.sch.id"),
        ("Melati Rina", ""),
        ("Budi Santoso", "baru@gmail.com"),
        ("Pak Guru", ""),
        ("Siti Nur Aini", "siti@siswa.sch.id"),
    ]
    said, left_out = kept(meet(*people), Members(STUDENTS, {}), NEIGHBORS)
    assert [each.name for each in said.people] == ["Budi Santoso", "Pak Guru", "Siti Nur Aini"]
    assert left_out == 2


def test_of_a_form_nothing_is_kept_that_names_another_class_or_its_students() -> None:
    head = ["Timestamp", "Email Address", "Nama", "Kelas", "Kehadiran"]
    rows = [
        ["1", "siti@siswa.sch.id", "Siti", "X-2", "Hadir"],
        ["2", "rina@siswa.sch.id", "Budi Santoso", "X MIPA 1", "Hadir"],
        ["3", "", "Budi Santoso", "X MIPA 2", "Hadir"],
        ["4", "", "Rina Melati", "", "Hadir"],
        ["5", "", "Budi Santoso", "x-2", "Hadir"],
        ["6", "a@gmail.com", "Si Tika", "X MIPA-1", "Hadir"],
    ]
    given = Form(head, [(n, row) for n, row in enumerate(rows, start=2)])
    said, left_out = kept(given, Members(STUDENTS, {}), NEIGHBORS)
    assert isinstance(said, Form)
    assert [row[0] for _number, row in said.table] == ["1", "3", "6"]
    assert left_out == 3
    dated = [[f"{n}/8/2020", *row[1:]] for n, row in enumerate(rows, start=1)]
    answers = form.answers_of(Form(head, list(enumerate(dated))), form.proposed(head))
    ours = of_the_group(answers, Members(STUDENTS, {}), NEIGHBORS)
    assert [one.day[-1] for one in ours] == ["1", "6"]

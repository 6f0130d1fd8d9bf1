"""What files of Google say of a group in a period, counted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from recaps.google.counting import unknown_words, word_key
from recaps.google.days import is_month_first_in
from recaps.google.figures import Counting, Figures
from recaps.google.fill import Fill, GivenFile
from recaps.google.matching import Members
from recaps.google.said import Assignment, Classroom, Form, Meet, Person, Sent
from school.models import Enrolment, RecapPeriod, Student

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITI, BUDI, ADI = 1, 2, 3
STUDENTS = [
    Student(pk=SITI, name="Siti", nis="1"),
    Student(pk=BUDI, name="Budi", nis="2"),
    Student(pk=ADI, name="Adi", nis="3"),
]
PEOPLE = [Person(n, each.name, "") for n, each in enumerate(STUDENTS, start=4)]
AUGUST = RecapPeriod(starts_on=date(2020, 8, 1), ends_on=date(2020, 8, 31))
GRADES = GivenFile(
    "nilai.csv",
    Classroom(
        [
            Assignment("Tugas 1", "2020-08-03"),
            Assignment("Tugas 2", "2020-08-10"),
            Assignment("Juli", "2020-07-30"),
            Assignment("Kuis", ""),
        ],
        PEOPLE,
        ["xx--", "-0--", "mexx"],
    ),
)


def meet(day: str, *minutes: int, at: str = "07:30", name: str = "") -> GivenFile:
    return GivenFile(name or f"{day} {at}.csv", Meet(day, at, PEOPLE, list(minutes)))


def form(*sent: tuple[int, str, str]) -> GivenFile:
    return GivenFile("presensi.csv", Form([], people=PEOPLE, sent=[Sent(*each) for each in sent]))


def counting(
    *files: GivenFile, members: Members | None = None, meant: Any = None, **answers: str
) -> Counting:
    given = {name.replace("_", "-", 1): text for name, text in answers.items()}
    members = members or Members(STUDENTS, {})
    return Counting(Fill(list(files), given), members, AUGUST, meant or {})


def figures(*files: GivenFile, **given: Any) -> Figures:
    return counting(*files, **given).figures()


def answered(first: str, **more: str) -> dict[str, str]:
    """Return answers about the assignments of August, of which `first` is about the empty ones."""
    asked = [task for task in counting(GRADES).tasks_asked if task.day]
    return {f"e_{task.key}": first for task in asked} | more


def test_assignments_of_the_period_count_and_an_empty_mark_as_was_answered() -> None:
    found = figures(GRADES, **answered("missing"))
    assert found.header == {"assignments": 2}
    work = {pk: values["missing_work"] for pk, values in found.entries.items()}
    assert work == {SITI: 0, BUDI: 1, ADI: 1}
    assert found.origins["missing_work"] == "Classroom: nilai.csv"
    later = figures(GRADES, **answered("later"))
    assert later.entries[BUDI]["missing_work"] == 0


def test_a_mark_of_zero_counts_as_missing_only_if_the_teacher_says_so() -> None:
    second = next(task for task in counting(GRADES).tasks if task.title == "Tugas 2")
    assert second.zero == 1
    found = figures(GRADES, **answered("later", **{f"z_{second.key}": "missing"}))
    assert found.entries[BUDI]["missing_work"] == 1


def test_an_assignment_without_a_day_counts_only_if_it_is_ticked() -> None:
    quiz = next(task for task in counting(GRADES).tasks if task.title == "Kuis")
    assert figures(GRADES, **{f"a_{quiz.key}": "yes"}).header == {"assignments": 3}
    assert [task.title for task in counting(GRADES).tasks_asked] == ["Tugas 1", "Tugas 2", "Kuis"]


def test_an_assignment_in_two_files_is_one_and_the_better_sign_counts() -> None:
    said = GRADES.said
    assert isinstance(said, Classroom)
    newer = GivenFile("baru.csv", replace(said, cells=["----", "xxxx", "----"]))
    found = figures(GRADES, newer, **answered("missing"))
    assert found.header == {"assignments": 2}
    assert [found.entries[pk]["missing_work"] for pk in (SITI, BUDI, ADI)] == [0, 0, 1]


def test_who_is_not_in_a_meeting_long_enough_was_absent_unless_it_is_answered_otherwise() -> None:
    files = (meet("2020-08-06", 40, 4, 0), meet("2020-08-13", 40, 40, 40))
    found = figures(*files)
    assert found.header == {"meetings": 2}
    assert [found.entries[pk]["absent"] for pk in (SITI, BUDI, ADI)] == [0, 1, 1]
    assert [(away.student, away.minutes) for away in found.away] == [(BUDI, 4), (ADI, 0)]
    first, second = (away.key.replace("-", "_", 1) for away in found.away)
    other = figures(*files, least="1", **{first: "S", second: "D"})
    assert other.entries[BUDI] == {
        **dict.fromkeys(("sick", "permitted", "absent", "dispensed"), 0),
        "own_meetings": None,
    }
    assert (other.entries[ADI]["dispensed"], other.entries[ADI]["absent"]) == (1, 0)


def test_a_meeting_outside_the_period_is_left_out() -> None:
    found = figures(meet("2020-07-31", 9, 9, 9), meet("2020-08-06", 9, 9, 9))
    assert found.header == {"meetings": 1}
    assert [each.is_in_period for each in found.meetings] == [False, True]


def test_the_same_meeting_in_two_files_is_one_and_two_on_a_day_are_two() -> None:
    same = figures(meet("2020-08-06", 3, 9, 9), meet("2020-08-06", 4, 9, 9, name="salinan.csv"))
    assert (same.header, same.entries[SITI]["absent"]) == ({"meetings": 1}, 1)
    two = figures(meet("2020-08-06", 9, 9, 9), meet("2020-08-06", 9, 9, 0, at="10:00"))
    assert (two.header, two.entries[ADI]["absent"]) == ({"meetings": 2}, 1)


def test_a_form_has_a_meeting_for_each_day_and_its_last_answer_counts() -> None:
    found = figures(
        form(
            (0, "2020-08-03", "Sakit"),
            (0, "2020-08-03", "Hadir"),
            (1, "2020-08-03", "Izin (acara keluarga)"),
            (2, "2020-08-10", "Terlambat"),
            (1, "2020-08-10", "Dispensasi"),
        )
    )
    assert found.header == {"meetings": 2}
    assert [found.entries[SITI][name] for name in ("sick", "absent")] == [0, 1]
    assert [found.entries[BUDI][name] for name in ("permitted", "dispensed")] == [1, 1]
    assert [found.entries[ADI][name] for name in ("late", "absent")] == [1, 1]


def test_a_form_on_the_day_of_a_meet_says_why_somebody_was_not_in_it() -> None:
    files = (
        form((1, "2020-08-06", "Sakit"), (0, "2020-08-06", "Izin"), (2, "2020-08-06", "Hadir")),
        meet("2020-08-06", 40, 0, 0),
    )
    found = figures(*files)
    assert found.header == {"meetings": 1}
    assert [found.entries[pk]["sick"] for pk in (SITI, BUDI, ADI)] == [0, 1, 0]
    assert (found.away, found.entries[SITI]["permitted"]) == ([], 0)
    assert found.origins["sick"] == "Meet: 2020-08-06 07:30.csv · Form: presensi.csv"


def test_an_answer_that_nobody_knows_is_asked_once() -> None:
    files = [form((0, "2020-08-03", "Nyimak"), (1, "2020-08-03", "nyimak"))]
    assert unknown_words(Fill(files)) == ["nyimak"]
    assert len(figures(*files).away) == 3
    found = figures(*files, meant={word_key("nyimak"): "T"})
    assert [found.entries[pk]["late"] for pk in (SITI, BUDI, ADI)] == [1, 1, 0]


def test_who_joined_later_has_fewer_meetings_and_assignments() -> None:
    since: list[Any] = [Enrolment(student_id=ADI, starts_on=date(2020, 8, 5))]
    members = Members(STUDENTS, {ADI: [since]})
    files = (GRADES, meet("2020-08-04", 9, 9, 0), meet("2020-08-06", 9, 9, 0))
    adi = figures(*files, members=members, **answered("missing")).entries[ADI]
    assert (adi["own_meetings"], adi["absent"]) == (1, 1)
    assert (adi["own_assignments"], adi["missing_work"]) == (1, 0)


@pytest.mark.parametrize(
    ("texts", "is_month_first"),
    [
        (["8/3/2020 7:54:11", "8/24/2020 7:54:11"], True),
        (["3/8/2020", "24/8/2020"], False),
        (["8/3/2020", "8/10/2020"], True),
        (["3/8/2020", "10/8/2020"], False),
        (["8/8/2020", "2020-08-03"], False),
    ],
)
def test_the_order_of_day_and_month_is_that_which_fits(
    texts: list[str], *, is_month_first: bool
) -> None:
    assert is_month_first_in(texts, AUGUST) == is_month_first

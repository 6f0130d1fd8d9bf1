"""Acts of the operator say what they do to Table 2, and leave semesters that are over alone."""

from types import SimpleNamespace

import pytest

from cases.models import Case
from cases.tests.factories import direct_case
from reports.tables import CLASS, report
from school.effects import Scope, effects_of
from school.models import Enrolment, Semester
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.enrolment import arrive, leave, move

pytestmark = pytest.mark.django_db
ago = make.days_ago
ACTS = {
    "move": lambda cast, on: move(cast.students[0], cast.foreign, on=on, by=cast.operator),
    "leave": lambda cast, on: leave(cast.students[0], on=on, by=cast.operator),
    "arrive": lambda cast, on: arrive(make.StudentFactory(), cast.own, on=on, by=cast.operator),
}


@pytest.fixture
def cast():
    """Return the small school in the second semester of its year, with a case in each."""
    cast = small_school()
    Semester.objects.update(term=2)
    first = make.SemesterFactory(term=1, starts_on=ago(300), ends_on=ago(120))
    Enrolment.objects.update(starts_on=first.starts_on)
    case = direct_case(cast, cast.students[0])
    Case.objects.filter(pk=case.pk).update(semester=first)
    direct_case(cast, cast.students[0])
    return SimpleNamespace(**vars(cast), first=first)


def figures(semester):
    return {
        row.label: (row.tally.students, row.tally.cases) for row in report(semester, CLASS).rows
    }


@pytest.mark.parametrize("name", ACTS)
def test_figures_of_a_semester_that_is_over_do_not_move_and_the_others_come_back(cast, name):
    before = figures(cast.first), figures(cast.semester)
    assert before[0] == {"X MIPA 3": (4, 1), "X MIPA 4": (2, 0)}
    change = ACTS[name](cast, ago(10))
    assert figures(cast.first) == before[0]
    changes.undo(change, by=cast.operator)
    assert (figures(cast.first), figures(cast.semester)) == before


def test_in_its_semester_a_mover_counts_in_the_new_class_with_the_case(cast):
    ACTS["move"](cast, ago(10))
    assert figures(cast.semester) == {"X MIPA 3": (3, 0), "X MIPA 4": (3, 1)}


@pytest.mark.parametrize(
    ("name", "on", "first", "said"),
    [
        (
            "move",
            10,
            10,
            ["Tabel 2 Genap 2021/2022: dihitung di X MIPA 4, tidak lagi di X MIPA 3."],
        ),
        ("leave", 10, 9, ["Tabel 2 Genap 2021/2022: tetap dihitung di X MIPA 3."]),
        ("leave", 110, 109, ["Tabel 2 Genap 2021/2022: tidak lagi dihitung di X MIPA 3."]),
        (
            "move",
            130,
            130,
            [
                "Tabel 2 Ganjil 2021/2022: dihitung di X MIPA 4, tidak lagi di X MIPA 3.",
                "Ganjil 2021/2022 sudah lewat, dan angkanya ikut berubah.",
                "Tabel 2 Genap 2021/2022: dihitung di X MIPA 4, tidak lagi di X MIPA 3.",
            ],
        ),
    ],
)
def test_what_it_does_to_table_2_is_said_before(cast, name, on, first, said):
    students = frozenset([cast.students[0].pk])
    scope = Scope(ChangeKind.MOVE, ago(first), students=students)
    found = effects_of(scope, lambda: ACTS[name](cast, ago(on)))
    assert [
        text for text in map(str, found) if ("20" in text and "Tabel" in text) or "lewat" in text
    ] == said

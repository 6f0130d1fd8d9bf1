"""The grade of a class, read from its name; the order of classes."""

import pytest

from school.grades import GRADES, grade_of, next_grade, renamed
from school.models import SchoolClass
from school.tests.factories import SchoolClassFactory

NAMES = {
    "X MIPA 1": "X",
    "X-1": "X",
    "X-E1": "X",
    "XE1": "X",
    "XTKJ1": "X",
    "7A": "VII",
    "10 MIPA 1": "X",
    "XI-A": "XI",
    "XII IPS 2": "XII",
    "Kelas IX A": "IX",
    " kelas x mipa 3 ": "X",
    "Kls. XI IPS 1": "XI",
    "VII": "VII",
    "VIIA": "VII",
    "VIIIA": "VIII",
    "VIII-2": "VIII",
    "XIII TKJ 1": "XIII",
    "13 TKJ 1": "XIII",
    "8.2": "VIII",
    "10MIPA1": "X",
    "XIPS1": "X",
    "XIPA2": "X",
    "XIMIPA1": "XI",
    "XIIPS1": "XI",
    "XIA": "XI",
    "XIF3": "XI",
    "XIIA": "XII",
    "XITKJ1": None,
    "XIITKJ1": None,
    "VI A": None,
    "6A": None,
    "71": None,
    "14 A": None,
    "Akselerasi": None,
    "": None,
}


@pytest.mark.parametrize(("name", "grade"), NAMES.items())
def test_the_grade_is_read_from_the_name_or_asked(name: str, grade: str | None) -> None:
    assert grade_of(name) == grade


@pytest.mark.django_db
def test_grades_are_sorted_from_vii_to_xiii() -> None:
    for grade in sorted(GRADES):
        SchoolClassFactory(grade=grade, name=f"{grade} A")
    assert tuple(SchoolClass.objects.values_list("grade", flat=True)) == GRADES


@pytest.mark.django_db
def test_classes_of_a_grade_keep_the_order_that_the_school_gives_them() -> None:
    for order, name in ((10, "X MIPA 10"), (2, "X MIPA 2"), (11, "X IPS 1"), (2, "X MIPA 1")):
        SchoolClassFactory(grade="X", name=name, order=order)
    SchoolClassFactory(grade="IX", name="IX B", order=99)
    names = list(SchoolClass.objects.values_list("name", flat=True))
    assert names == ["IX B", "X MIPA 1", "X MIPA 2", "X MIPA 10", "X IPS 1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "names",
    [
        ["X IPS 1", "X IPS 2", "X MIPA 1", "X MIPA 2", "X MIPA 10"],
        ["X-E1", "X-E2", "X-E10", "X-E11"],
        ["X-A", "X-B", "X-C"],
        ["X 2 IPA", "X 10 IPA", "X 10 IPS", "X 11 IPA"],
        ["X TKJ 2 A", "X TKJ 2 B", "X TKJ 10 A"],
        ["7A1", "7A2", "7A10", "7B1"],
        ["10 MIPA 1", "10 MIPA 2", "10 MIPA 10"],
        ["XE1", "XE2", "XE10"],
        ["Kelas IX A", "Kelas IX A 2", "Kelas IX A 12", "Kelas IX B"],
        ["X MIPA", "X MIPA 0", "X MIPA 1"],
    ],
)
def test_classes_without_an_order_are_sorted_as_people_read_their_names(names: list[str]) -> None:
    for name in sorted(names):
        SchoolClassFactory(grade="X", name=name)
    assert list(SchoolClass.objects.values_list("name", flat=True)) == names


@pytest.mark.django_db
def test_a_name_of_numbers_alone_fits_its_place() -> None:
    made = SchoolClassFactory(grade="X", name="1 " * 15)
    made.refresh_from_db()
    assert made.place == "13000" + "01 " * 15


@pytest.mark.django_db
def test_grades_count_before_names() -> None:
    for grade, name in (("XIII", "13 TKJ 1"), ("VII", "7B"), ("VIII", "8 A"), ("X", "10 MIPA 1")):
        SchoolClassFactory(grade=grade, name=name)
    names = list(SchoolClass.objects.values_list("name", flat=True))
    assert names == ["7B", "8 A", "10 MIPA 1", "13 TKJ 1"]


@pytest.mark.parametrize(
    ("name", "grade", "after"),
    [
        ("X MIPA 1", "X", "XI MIPA 1"),
        ("XI MIPA 1", "XI", "XII MIPA 1"),
        ("X-1", "X", "XI-1"),
        ("XE1", "X", "XIF1"),
        ("X-E1", "X", "XI-F1"),
        ("X.E.10", "X", "XI.F.10"),
        ("XI-F1", "XI", "XII-F1"),
        ("X EKONOMI 1", "X", "XI EKONOMI 1"),
        ("XTKJ1", "X", "XITKJ1"),
        ("7A", "VII", "8A"),
        ("VIIA", "VII", "VIIIA"),
        ("10 MIPA 1", "X", "11 MIPA 1"),
        ("Kelas VIII A", "VIII", "Kelas IX A"),
        ("kelas x mipa 3", "X", "kelas XI mipa 3"),
        ("TKJ 1", "X", "TKJ 1"),
        ("1 MIPA", "X", "1 MIPA"),
    ],
)
def test_a_class_that_goes_up_keeps_its_name_but_for_the_grade(name, grade, after):
    assert renamed(name, grade, next_grade(grade)) == after


def test_after_the_last_grade_there_is_none():
    assert [next_grade(grade) for grade in ("VII", "XII", "XIII", "?")] == [
        "VIII",
        "XIII",
        None,
        None,
    ]

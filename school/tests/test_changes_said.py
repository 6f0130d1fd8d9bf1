"""The history of changes says of each kind what became of what, by whom, and how much it was."""

import pytest
from django.urls import reverse

from school.changed_lines import WAYS
from school.changes_said import counted
from school.models import SchoolClass, TeachingGroup
from school.models.change import ChangeKind
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.assignments import assign_teaching
from school.workflow.changes import FROM_FILES, recording, undo
from school.workflow.classes import add_classes, delete_classes
from school.workflow.counselors import give_classes
from school.workflow.enrolment import arrive, leave, move
from school.workflow.groups import join
from school.workflow.groups import leave as leave_group
from school.workflow.homerooms import add_homeroom, end_homeroom
from school.workflow.merge import merge
from school.workflow.replacement import replace
from school.workflow.students import add_student
from school.workflow.subjects import add_subjects
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ago = make.days_ago
CHANGES = "/perubahan/"


@pytest.fixture
def cast():
    return small_school()


def classes(cast):
    return list(SchoolClass.objects.filter(pk=cast.own.pk))


def came_back(cast, on):
    leave(cast.students[0], on=ago(9), by=cast.operator)
    arrive(cast.students[0], cast.foreign, on=on, by=cast.operator)


def taught_by(cast, teachers):
    wanted = {(cast.own.pk, cast.maths.group.subject_id): [one.pk for one in teachers]}
    assign_teaching(cast.own.year, wanted, by=cast.operator, on=ago(0))


def replaced(cast):
    who = {"teaching": [cast.maths], "homerooms": []}
    replace(cast.guru, cast.guru2, on=ago(0), by=cast.operator, **who)


def in_group(cast):
    group = TeachingGroup.objects.create(
        year=cast.own.year, subject=cast.maths.group.subject, name="Lanjutan"
    )
    join(group, [one.pk for one in cast.students[:2]], by=cast.operator, on=ago(9))
    return group


def out_of_group(cast):
    leave_group(in_group(cast), [cast.students[0].pk], by=cast.operator, last=ago(1))


def deleted(cast):
    (made,) = add_classes(cast.own.year, {"X MIPA 9": "X"}, by=cast.operator)
    delete_classes([made], by=cast.operator)


NEW = {"name": "Siti Baru", "nis": "90009", "gender": "P"}
ACTS = {
    "move": (
        lambda cast: move(cast.students[0], cast.foreign, on=ago(0), by=cast.operator),
        ("Pindah kelas", "Siswa 001: X MIPA 3 → X MIPA 4"),
    ),
    "arrival": (
        lambda cast: came_back(cast, ago(0)),
        ("Siswa masuk", "Siswa 001: X MIPA 4"),
    ),
    "new student": (
        lambda cast: add_student(NEW, by=cast.operator, to=cast.own, on=ago(0)),
        ("Siswa masuk", "Siti Baru: X MIPA 3"),
    ),
    "new student without class": (
        lambda cast: add_student(NEW, by=cast.operator),
        ("Siswa masuk", "Siti Baru"),
    ),
    "leaving": (
        lambda cast: leave(cast.students[0], on=ago(0), by=cast.operator),
        ("Siswa keluar", "Siswa 001: X MIPA 3 → –"),
    ),
    "merge": (
        lambda cast: merge(cast.foreign, cast.own, on=ago(0), by=cast.operator),
        ("Kelas digabungkan", "X MIPA 4 → X MIPA 3 · 2 siswa"),
    ),
    "homeroom": (
        lambda cast: add_homeroom(
            cast.own, cast.guru2, stops=[cast.wali.pk], by=cast.operator, on=ago(0)
        ),
        ("Wali kelas", "X MIPA 3: Agus Santoso → Sri Lestari"),
    ),
    "end of homeroom": (
        lambda cast: end_homeroom(cast.own.homerooms.get(), by=cast.operator, last=ago(0)),
        ("Wali kelas", "X MIPA 3: Agus Santoso → –"),
    ),
    "lessons": (
        lambda cast: taught_by(cast, [cast.guru2]),
        ("Tugas mengajar", "Matematika, X MIPA 3: Hadi Susanto → Sri Lestari"),
    ),
    "replacement": (
        replaced,
        ("Guru diganti", "Hadi Susanto → Sri Lestari · 1 tugas mengajar"),
    ),
    "members": (in_group, ("Anggota kelompok", "Matematika, Lanjutan · 2 siswa")),
    "members who leave": (
        out_of_group,
        ("Anggota kelompok", "Matematika, Lanjutan → – · 1 diakhiri"),
    ),
    "counselors": (
        lambda cast: give_classes(classes(cast), cast.bk2, by=cast.operator),
        ("Guru BK tiap kelas", "X MIPA 3: Retno Wulandari → Bambang Irawan"),
    ),
    "classes": (
        lambda cast: add_classes(
            cast.own.year, {"X MIPA 8": "X", "X MIPA 9": "X"}, by=cast.operator
        ),
        ("Kelas", "X MIPA 8; X MIPA 9 · 2 baru"),
    ),
    "subjects": (
        lambda cast: add_subjects(["Batik", "Tari"], by=cast.operator),
        ("Mata pelajaran", "Batik; Tari · 2 baru"),
    ),
    "deleted classes": (deleted, ("Kelas", "X MIPA 9 · 1 dihapus")),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_says_what_became_of_what(cast, act):
    do, said = ACTS[act]
    do(cast)
    listed = signed_in(cast.operator).get(CHANGES).context["changes"]
    assert (listed[0].title, listed[0].about) == said
    page = signed_in(cast.operator).get(reverse("school:change", args=[listed[0].change.pk]))
    assert said[1] in page.content.decode()


def test_each_kind_that_comes_from_no_file_says_what_it_is_about():
    assert set(WAYS) == set(ChangeKind) - set(FROM_FILES)


def test_an_undone_change_still_says_what_it_was(cast):
    moved = move(cast.students[0], cast.foreign, on=ago(0), by=cast.operator)
    undo(moved, by=cast.operator)
    (one,) = signed_in(cast.operator).get(CHANGES).context["changes"]
    assert (one.about, one.state) == ("Siswa 001: X MIPA 3 → X MIPA 4", "diurungkan")


def test_the_line_says_from_when_it_holds_and_who_did_it(cast):
    move(cast.students[0], cast.foreign, on=ago(5), by=cast.operator)
    (one,) = signed_in(cast.operator).get(CHANGES).context["changes"]
    about, since, who, _at = one.line.split(" · ")
    assert (about, who) == ("Siswa 001: X MIPA 3 → X MIPA 4", cast.operator.called)
    assert since.startswith("mulai ")


def test_a_change_of_many_says_how_much_and_its_page_names_them(cast):
    names = {f"X MIPA {n}": "X" for n in range(5, 12)}
    add_classes(cast.own.year, names, by=cast.operator)
    client = signed_in(cast.operator)
    (one,) = client.get(CHANGES).context["changes"]
    assert one.about == "7 baru"
    page = client.get(reverse("school:change", args=[one.change.pk])).content.decode()
    assert all(name in page for name in names)


def test_counts_leave_out_zeros_and_have_dots():
    assert counted({"new": 0, "changed": 10000, "gone": 1}) == ["10.000 berubah", "1 dihapus"]


@pytest.mark.parametrize("kind", [ChangeKind.MOVE, ChangeKind.TEACHING, ChangeKind.NEW_YEAR])
def test_a_change_without_rows_says_how_much_it_was(cast, kind):
    with recording(kind, by=cast.operator) as change:
        change.counts = {"new": 3}
    (one,) = signed_in(cast.operator).get(CHANGES).context["changes"]
    assert one.about == "3 baru"


def test_changes_of_every_kind_take_no_more_queries_when_there_are_more_of_them():
    cast = small_school(30)
    taught_by(cast, [cast.guru2])
    move(cast.students[0], cast.foreign, on=ago(0), by=cast.operator)
    first = queries_of(signed_in(cast.operator), CHANGES)
    taught_by(cast, [cast.guru])
    for student in cast.students[1:]:
        move(student, cast.foreign, on=ago(0), by=cast.operator)
    assert queries_of(signed_in(cast.operator), CHANGES) == first

"""Staff, lessons, phones, class lists and holidays from files."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from school.days import Holiday
from school.imports.kinds import KINDS
from school.imports.plan import Plan
from school.models import (
    Change,
    Enrolment,
    GroupMember,
    Guardian,
    HomeroomAssignment,
    OfficeHolding,
    Policy,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.change import ChangeKind
from school.models.semesters import Term
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.tests.import_files import SECRET, book, imported, plan_for
from school.workflow.imports import write
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
NIP = "198609262015051001"


@pytest.fixture
def cast() -> Cast:
    return small_school()


def why(found: Plan) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.why) for refusal in found.refusals]


def changes(found: Plan) -> list[tuple[str, str, str, str]]:
    return [(line.who, f.name, f.was, f.becomes) for line in found.changed for f in line.fields]


def twice(cast: Cast, *rows: list[Any]) -> None:
    """Apply a file; the second time it has nothing to do."""
    file = book([list(row) for row in rows])
    assert imported(cast.operator, file).status_code == 302
    again = plan_for(file, cast.operator)
    assert (again.new, again.changed, again.writes, again.refusals) == ([], [], [], [])


# Staff

STAFF = ["Nama", "L/P", "NIP", "Nama Pengguna", "HP", "Pangkat", "Jabatan"]


def test_staff_come_with_titles_and_without_an_office(cast: Cast) -> None:
    twice(
        cast,
        STAFF,
        [
            "Dra. Hj. Siti Aminah, M.Pd.",
            "P",
            f"{NIP[:8]} {NIP[8:]}",
            None,
            81234567890,
            "IV/a",
            "Guru BK",
        ],
        ["Bambang Irawan Putra", "L", "-", "bambang.p", None, None, None],
    )
    made = User.objects.get(nip=NIP)
    assert (made.title_before, made.name, made.title_after) == ("Dra. Hj.", "Siti Aminah", "M.Pd.")
    assert (made.username, made.phone, made.position) == ("siti.aminah", "6281234567890", "Guru BK")
    assert (made.has_usable_password(), made.must_change_password) == (False, True)
    assert not OfficeHolding.objects.filter(user=made).exists()
    assert User.objects.get(username="bambang.p").honorific == "BAPAK"
    assert Change.objects.get().counts == {"new": 2}


def test_staff_are_found_by_nip_user_name_or_name(cast: Cast) -> None:
    User.objects.filter(pk=cast.guru.pk).update(nip=NIP)
    found = plan_for(
        book(
            [
                STAFF,
                ["Hadi Susanto, S.Pd.", "L", NIP, None, None, None, None],
                ["Sri Lestari", "P", None, None, None, "III/b", None],
                ["Agus Santosa", "L", None, "wali", None, None, None],
                ["Budi Utomo", "P", None, None, None, None, None],
            ]
        ),
        cast.operator,
    )
    assert changes(found) == [
        ("Hadi Susanto, S.Pd.", "title_after", "", "S.Pd."),
        ("Sri Lestari", "grade_rank", "", "III/b"),
        ("Agus Santosa", "name", "Agus Santoso", "Agus Santosa"),
    ]
    assert [q.key for q in found.open_questions] == ["who-5"]
    assert {line.who for line in found.gone} >= {"Retno Wulandari", "Tri Hartono"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([None, "L", None], "Nama belum diisi"),
        (["Siti", None, None], "L atau P belum diisi"),
        (["Siti", "P", "123"], "berisi 3 angka"),
        (["Siti", "P", 198609262015051001], "memendekkan NIP"),
        (["Siti", "P", None, "a b"], "huruf kecil"),
        (["Siti", "P", None, None, None, "x" * 61], "lebih dari 60"),
        (["Sri", "P", NIP, "guru2"], "Perbaiki salah satu"),
    ],
)
def test_a_bad_row_of_staff_is_refused(cast: Cast, row: list[Any], said: str) -> None:
    User.objects.filter(pk=cast.guru.pk).update(nip=NIP)
    ((number, text),) = why(plan_for(book([STAFF, row + [None] * (7 - len(row))]), cast.operator))
    assert number == 2
    assert said in text


def test_the_login_of_who_sees_cases_is_not_changed_by_a_file(cast: Cast) -> None:
    User.objects.filter(pk=cast.bk.pk).update(nip=NIP)
    file = book([STAFF, ["Retno Wulandari", "P", NIP, "saya", None, None, None]])
    assert "melihat kasus" in why(plan_for(file, cast.operator))[0][1]
    phone = book([STAFF, ["Retno Wulandari", "P", NIP, "bk", "085700000001", None, None]])
    assert imported(cast.operator, phone).status_code == 302
    assert User.objects.get(pk=cast.bk.pk).phone == "6285700000001"


def test_user_names_that_follow_from_equal_names_are_told_apart(cast: Cast) -> None:
    twice(cast, STAFF, ["Siti Aminah", "P", NIP], ["Siti Aminah", "P", f"2{NIP[1:]}"])
    assert set(User.objects.filter(name="Siti Aminah").values_list("username", flat=True)) == {
        "siti.aminah",
        "siti.aminah2",
    }


def test_a_user_name_that_is_made_is_none_of_a_later_row(cast: Cast) -> None:
    other = ["Sri Aminah", "P", None, "siti.aminah"]
    twice(cast, STAFF, ["Siti Aminah", "P", NIP], other)
    assert list(
        User.objects.filter(name__contains="Aminah").order_by("name").values_list("username")
    ) == [("siti.aminah2",), ("siti.aminah",)]


def test_one_user_name_for_two_people_is_refused(cast: Cast) -> None:
    rows = [["Siti Aminah", "P", NIP, "siti"], ["Sri Aminah", "P", None, "siti"]]
    assert [row for row, _why in why(plan_for(book([STAFF, *rows]), cast.operator))] == [3]


# Lessons

LESSONS = ["Guru", "Mapel", "Kelas"]


def test_lessons_begin_and_replace_those_of_others(cast: Cast) -> None:
    today = clock.today()
    twice(
        cast,
        LESSONS,
        ["Hadi Susanto, S.Pd.", "Kimia", "X MIPA 3, X MIPA 4"],
        ["Sri Lestari", "Matematika", "10 MIPA 3"],
        ["Hadi", "Wali Kelas", "X MIPA 4"],
    )
    assert Subject.objects.filter(name="Kimia").count() == 1
    assert TeachingGroup.objects.filter(subject__name="Kimia").count() == 2
    cast.maths.refresh_from_db()
    assert cast.maths.ends_on == today - timedelta(days=1)
    new = TeachingAssignment.objects.get(teacher=cast.guru2, group=cast.maths.group)
    assert (new.starts_on, new.ends_on) == (today, None)
    (left, came) = HomeroomAssignment.objects.filter(school_class=cast.foreign).order_by("pk")
    assert (left.teacher, left.ends_on) == (cast.wali2, today - timedelta(days=1))
    assert (came.teacher, came.starts_on) == (cast.guru, today)
    assert cast.physics.ends_on is None


def test_days_of_a_teacher_who_stays_are_left_alone(cast: Cast) -> None:
    until = clock.today() + timedelta(days=30)
    cast.maths.ends_on = until
    cast.maths.save()
    later = {"group": cast.maths.group, "teacher": cast.guru2}
    after = make.TeachingAssignmentFactory(**later, starts_on=until + timedelta(days=1))
    same = plan_for(book([LESSONS, ["Hadi Susanto", "Matematika", "X MIPA 3"]]), cast.operator)
    assert (same.unchanged, same.writes) == (1, [])
    twice(cast, LESSONS, ["Hadi Susanto; Agus Santoso", "Matematika", "X MIPA 3"])
    standing = TeachingAssignment.objects.filter(group=cast.maths.group).order_by("starts_on")
    assert [(row.teacher, row.starts_on, row.ends_on) for row in standing] == [
        (cast.guru, cast.maths.starts_on, until),
        (cast.wali, clock.today(), None),
        (cast.guru2, after.starts_on, None),
    ]


def test_who_was_to_come_later_is_named_when_somebody_else_comes(cast: Cast) -> None:
    today = clock.today()
    later = {"group": cast.maths.group, "teacher": cast.guru2}
    make.TeachingAssignmentFactory(**later, starts_on=today + timedelta(days=30))
    file = book([LESSONS, ["Agus Santoso", "Matematika", "X MIPA 3"]])
    names = "Hadi Susanto; Sri Lestari"
    assert changes(plan_for(file, cast.operator)) == [
        ("X MIPA 3 · Matematika", "teacher", names, "Agus Santoso")
    ]
    assert imported(cast.operator, file).status_code == 302
    standing = TeachingAssignment.objects.filter(group=cast.maths.group).order_by("starts_on")
    assert [(row.teacher, row.ends_on) for row in standing] == [
        (cast.guru, today - timedelta(days=1)),
        (cast.wali, None),
    ]


def test_two_teachers_of_one_lesson_and_joined_cells(cast: Cast) -> None:
    file = book(
        [
            LESSONS,
            ["Hadi Susanto; Sri Lestari;", "Kimia", "X MIPA 3"],
            ["Agus Santoso", "Seni", "X MIPA 3"],
            [None, "Seni", "X MIPA 4"],
            [None, None, "XI MIPA 1"],
        ]
    )
    found = plan_for(file, cast.operator)
    assert [(line.who, line.fields[0].becomes) for line in found.new] == [
        ("X MIPA 3 · Kimia", "Hadi Susanto; Sri Lestari"),
        ("X MIPA 3 · Seni", "Agus Santoso"),
        ("X MIPA 4 · Seni", "Agus Santoso"),
        ("XI MIPA 1 · Seni", "Agus Santoso"),
    ]
    assert [(remark.rows) for remark in found.remarks] == [(4, 5)]
    assert [(q.key, q.usual) for q in found.questions] == [
        ("subject-kimia", "new"),
        ("subject-seni", "new"),
        ("class-ximipa1", "new:XI"),
    ]


def test_an_unknown_teacher_is_asked_about_once(cast: Cast) -> None:
    file = book(
        [LESSONS, ["Hadi Susamto", "Kimia", "X MIPA 3"], ["Hadi Susamto", "Kimia", "X MIPA 4"]]
    )
    found = plan_for(file, cast.operator)
    (question,) = found.open_questions
    assert (question.key, question.choices[0][0]) == ("teacher-hadisusamto", str(cast.guru.pk))
    named = plan_for(file, cast.operator, **{question.key: str(cast.guru.pk)})
    assert len(named.new) == 2
    assert plan_for(file, cast.operator, **{question.key: "-"}).new == []


def test_a_group_that_is_no_class_is_found_by_its_name(cast: Cast) -> None:
    held = make.mixed_group(cast.guru, cast.students, cast.own.year)
    twice(cast, LESSONS, ["Sri Lestari", "Pendidikan Agama", "Kristen X"])
    assert (
        TeachingAssignment.objects.filter(group=held.group, ends_on=None).get().teacher
        == cast.guru2
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([None, "Kimia", "X MIPA 3"], "Guru belum diisi"),
        (["Hadi Susanto", None, "X MIPA 3"], "Mapel belum diisi"),
        (["Hadi Susanto", "Kimia", None], "Kelasnya kosong"),
        (["Hadi Susanto", "x" * 90, "X MIPA 3"], "lebih dari 80"),
    ],
)
def test_a_bad_row_of_lessons_is_refused(cast: Cast, row: list[Any], said: str) -> None:
    ((number, text),) = why(plan_for(book([LESSONS, row]), cast.operator))
    assert number == 2
    assert said in text


def test_an_operator_is_given_no_lessons(cast: Cast) -> None:
    found = plan_for(book([LESSONS, ["Tri Hartono", "Kimia", "X MIPA 3"]]), cast.operator)
    assert [q.key for q in found.open_questions] == ["teacher-trihartono"]


# Parents' phones


def test_phones_come_in_rows_or_in_columns(cast: Cast) -> None:
    first, second = cast.students[:2]
    twice(
        cast,
        ["NIS", "Nama", "Hubungan", "Nama Orang Tua", "HP"],
        [first.nis, first.name, "Ibu", "Suminah", "0812-0000-0001"],
        [first.nis, None, "Ayah", "Slamet", "0812 0000 0002"],
        [None, second.name, "nenek", "Mbah Siti", 81200000003],
    )
    twice(
        cast,
        ["NIS", "Nama Ayah", "HP Ayah", "HP Ibu"],
        [second.nis, "Tarno", "081200000004", "081200000005"],
    )
    kept = Guardian.objects.filter(student__in=[first, second]).order_by("student__nis", "pk")
    assert list(kept.values_list("name", "relation", "kinship", "phone")) == [
        ("Suminah", "MOTHER", "", "6281200000001"),
        ("Slamet", "FATHER", "", "6281200000002"),
        ("Suminah", "MOTHER", "", "6281200000005"),
        ("Mbah Siti", "GUARDIAN", "nenek", "6281200000003"),
        ("Tarno", "FATHER", "", "6281200000004"),
    ]


def test_the_phone_of_an_uncle_is_not_given_to_the_grandmother(cast: Cast) -> None:
    first = cast.students[0]
    head = ["NIS", "Hubungan", "Nama Orang Tua", "HP"]
    twice(cast, head, [first.nis, "nenek", "Mbah Siti", "081200000003"])
    assert why(
        plan_for(book([head, [first.nis, "paman", None, "081200000009"]]), cast.operator)
    ) == [(2, "Ada nomor orang tua/wali, tetapi namanya belum ada. Isi “Nama wali”.")]
    twice(cast, head, [first.nis, "nenek", None, "081200000009"])
    assert Guardian.objects.get(student=first, relation="GUARDIAN").phone == "6281200000009"


def test_a_nis_with_zeros_is_another_one_than_without(cast: Cast) -> None:
    with_zeros = make.EnrolmentFactory(student=make.StudentFactory(nis="0771", name="Rina Wati"))
    without = make.EnrolmentFactory(student=make.StudentFactory(nis="771", name="Rina Sari"))
    head = ["NIS", "Hubungan", "Nama Orang Tua", "HP"]
    rows = [["0771", "Ibu", "Siti", "081200000001"], ["771", "Ibu", "Tuti", "081200000002"]]
    assert imported(cast.operator, book([head, *rows])).status_code == 302
    assert [each.student.guardians.get().name for each in (with_zeros, without)] == ["Siti", "Tuti"]
    unclear = plan_for(book([head, ["00771", "Ibu", "Siti", "081200000001"]]), cast.operator)
    assert why(unclear) == [
        (2, "NIS 00771 bisa berarti 0771, 771. Tulis lengkap dengan nol di depan.")
    ]


@pytest.mark.parametrize(
    ("name", "is_like"),
    [
        ("Muhammad Rizki Pratama", True),
        ("Rizki Pratama", True),
        ("Muhammad Rizki Pratama Putra", True),
        ("Muhammad Iqbal", False),
        ("Rizki", True),
    ],
)
def test_a_name_beside_a_nis_has_all_words_of_the_shorter(
    cast: Cast, name: str, is_like: bool
) -> None:
    known = make.StudentFactory(nis="5501", name="Muhammad Rizki Pratama")
    make.EnrolmentFactory(student=known)
    head = ["NIS", "Nama", "Hubungan", "Nama Orang Tua", "HP"]
    row = ["5501", name, "Ibu", "Siti", "081200000001"]
    assert (why(plan_for(book([head, row]), cast.operator)) == []) is is_like


def test_whose_phone_it_is_is_asked_once(cast: Cast) -> None:
    first, second = cast.students[:2]
    file = book(
        [["NIS", "Hubungan", "HP"], [first.nis, "-", "0812111"], [second.nis, None, "0812112"]]
    )
    (question,) = plan_for(file, cast.operator).open_questions
    named = plan_for(file, cast.operator, **{question.key: "MOTHER"})
    assert (len(named.changed), named.refusals) == (2, [])


def test_the_phone_of_a_parent_without_a_name_is_kept_as_that(cast: Cast) -> None:
    first, second = cast.students[:2]
    head = ["NIS", "Nama", "No HP Ortu"]
    twice(cast, head, [first.nis, first.name, "081200000011"])
    twice(cast, ["NIS", "Hubungan", "HP"], [second.nis, "Ortu", "081200000012"])
    added = Guardian.objects.filter(kinship="orang tua").order_by("student__nis")
    assert [(one.student, one.called, one.relation_said, one.phone) for one in added] == [
        (first, "Orang tua", "orang tua", "6281200000011"),
        (second, "Orang tua", "orang tua", "6281200000012"),
    ]
    (question,) = plan_for(book([head, [first.nis, None, "081200000013"]]), cast.operator).questions
    assert (question.usual, len(question.choices)) == ("PARENT", 4)


def test_the_file_to_fill_in_begins_with_students_without_a_number(cast: Cast) -> None:
    last = cast.students[-1]
    Guardian.objects.filter(student=last).update(phone="")
    rows = KINDS["PHONES"].template().rows
    assert rows[0][2] == last.name
    assert {row[2] for row in rows} >= {one.name for one in cast.students}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["99", "Siswa 001", "Ibu", "Siti", "0812"], "Tidak ada siswa dengan NIS 99"),
        ([21001, "Orang Lain", "Ibu", "Siti", "0812"], "bukan “Orang Lain”"),
        ([None, None, "Ibu", "Siti", "0812"], "NISN, NIS, dan nama kosong"),
        ([None, "Bukan Siswa", "Ibu", "Siti", "0812"], "Tidak ada siswa bernama"),
        ([21001, None, "tetangga", "Siti", "0812"], "bukan hubungan keluarga"),
        ([21001, None, "Ayah", None, "0812345678"], "namanya belum ada"),
        ([21001, None, "Ibu", "Siti", "8.12E+11"], "memendekkan"),
    ],
)
def test_a_bad_row_of_phones_is_refused(cast: Cast, row: list[Any], said: str) -> None:
    head = ["NIS", "Nama", "Hubungan", "Nama Orang Tua", "HP"]
    ((number, text),) = why(plan_for(book([head, row]), cast.operator))
    assert number == 2
    assert said in text


def test_namesakes_are_told_apart_by_class(cast: Cast) -> None:
    twin = make.EnrolmentFactory(
        student=make.StudentFactory(name="Siswa 001"), school_class=cast.foreign
    )
    head = ["Nama", "Kelas", "Hubungan", "Nama Orang Tua", "HP"]
    row = ["Siswa 001", "X MIPA 4", "Ibu", "Siti", "081234567890"]
    assert why(plan_for(book([head, [*row[:1], None, *row[2:]]]), cast.operator))
    assert imported(cast.operator, book([head, row])).status_code == 302
    assert Guardian.objects.get(name="Siti").student == twin.student


# Classes of a new year


def test_students_come_into_the_classes_of_a_new_year(cast: Cast) -> None:
    ends_on = cast.semester.ends_on
    year = make.AcademicYearFactory(label="2022/2023")
    later = make.SemesterFactory(
        year=year,
        term=Term.ODD,
        starts_on=ends_on + timedelta(days=10),
        ends_on=ends_on + timedelta(days=100),
    )
    file = book(
        [
            ["NIS", "Nama", "Kelas", "Kelas Baru"],
            *[[each.nis, each.name, "X MIPA 3", "XI MIPA 3"] for each in cast.students],
        ]
    )
    found = plan_for(file, cast.operator, semester=later)
    assert len(found.changed) == 4
    assert found.answers.on == later.starts_on
    first = cast.students[0]
    write(found, ChangeKind.CLASS_LISTS, by=cast.operator)
    old, new = first.enrolments.order_by("starts_on")
    assert (old.ends_on, old.end_reason) == (later.starts_on - timedelta(days=1), "YEAR_END")
    assert (new.school_class.name, new.school_class.year) == ("XI MIPA 3", year)
    assert plan_for(file, cast.operator, semester=later).counts == {"unchanged": 4}


def test_who_moves_class_in_the_year_goes_on_in_the_groups_of_the_new_one(cast: Cast) -> None:
    moved, stays = cast.students[0], cast.foreign_students[0]
    first = make.mixed_group(cast.guru, [moved, cast.students[1]], cast.own.year, name="Kristen A")
    subject = first.group.subject
    second = make.mixed_group(cast.guru2, [stays], cast.own.year, subject=subject, name="Kristen B")
    file = book([["NIS", "Kelas"], [moved.nis, "X MIPA 4"]])
    assert imported(cast.operator, file).status_code == 302
    today = clock.today()
    groups = moved.groups.order_by("pk").values_list("group", "starts_on", "ends_on")
    assert list(groups) == [
        (first.group.pk, make.days_ago(90), today - timedelta(days=1)),
        (second.group.pk, today, None),
    ]
    assert Enrolment.objects.filter(student=moved, ends_on=None).get().school_class == cast.foreign


def test_students_who_move_together_are_fitted_by_those_who_are_there(cast: Cast) -> None:
    moved, stays = cast.students, cast.foreign_students[0]
    first = make.mixed_group(cast.guru, moved, cast.own.year, name="Kristen A")
    subject = first.group.subject
    second = make.mixed_group(cast.guru2, [stays], cast.own.year, subject=subject, name="Kristen B")

    def applied_to(*students: Student) -> int:
        rows = [[each.nis, "X MIPA 4"] for each in students]
        found = plan_for(book([["NIS", "Kelas"], *rows]), cast.operator)
        with CaptureQueriesContext(connection) as queries:
            write(found, ChangeKind.CLASS_LISTS, by=cast.operator)
        return len(queries)

    applied_to(moved[0])
    assert applied_to(moved[1]) == applied_to(*moved[2:])
    members = GroupMember.objects.filter(group=second.group, ends_on=None)
    assert {each.student for each in members} == {stays, *moved}
    assert not GroupMember.objects.filter(group=first.group, ends_on=None).exists()


def test_a_class_that_moves_as_a_whole_keeps_its_groups(cast: Cast) -> None:
    held = make.mixed_group(cast.guru, cast.students, cast.own.year)
    rows = [[each.nis, "X MIPA 7"] for each in cast.students]
    assert imported(cast.operator, book([["NIS", "Kelas"], *rows])).status_code == 302
    still = GroupMember.objects.filter(group=held.group, ends_on=None)
    assert still.count() == len(cast.students)


def test_one_student_in_two_classes_is_refused(cast: Cast) -> None:
    first = cast.students[0]
    head = ["NIS", "Kelas"]
    assert why(
        plan_for(book([head, [first.nis, "X MIPA 4"], [first.nis, "X MIPA 3"]]), cast.operator)
    ) == [(3, "Baris 2 tentang siswa yang sama (nomor induknya sama). Sisakan salah satu.")]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (LESSONS, [SECRET, "Kimia", "X MIPA 3"]),
        (["Tanggal", "Keterangan"], [date(2021, 8, 17), SECRET]),
    ],
)
def test_a_private_number_that_was_not_read_is_named(
    cast: Cast, head: list[str], row: list[Any]
) -> None:
    found = plan_for(book([head, row]), cast.operator)
    assert [remark.rows for remark in found.remarks] == [(2,)]
    assert SECRET not in repr([found.remarks, found.refusals])


# Holidays


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        (["17/8/2021"], date(2021, 8, 17), date(2021, 8, 17)),
        (["2021-08-17", "18/08/2021"], date(2021, 8, 17), date(2021, 8, 18)),
        (["20-24 Agustus 2021"], date(2021, 8, 20), date(2021, 8, 24)),
        (["20 Agt 2021 s.d. 2 September 2021"], date(2021, 8, 20), date(2021, 9, 2)),
        (["20/8/2021 - 24/8/2021"], date(2021, 8, 20), date(2021, 8, 24)),
        ([date(2021, 8, 17)], date(2021, 8, 17), date(2021, 8, 17)),
        (["Selasa, 17 Agustus 2021"], date(2021, 8, 17), date(2021, 8, 17)),
    ],
)
def test_days_of_a_holiday_are_read_as_schools_write_them(
    cells: list[Any], first: date, last: date
) -> None:
    semester = make.SemesterFactory(starts_on=date(2021, 7, 12), ends_on=date(2021, 12, 17))
    operator = make.person()
    row = [cells[0], cells[1] if len(cells) > 1 else None, "Libur"]
    found = plan_for(book([["Mulai", "Sampai", "Libur"], row]), operator)
    assert found.refusals == []
    (policy,) = (row for write in found.writes for row in write.rows)
    assert isinstance(policy, Policy)
    assert policy.semester == semester
    assert policy.holidays == (Holiday(first, last, "Libur"),)


def test_holidays_are_added_corrected_and_shown_when_gone(cast: Cast) -> None:
    day = cast.semester.starts_on
    days = [day + timedelta(days=n) for n in range(20)]
    stands = [Holiday(days[0], days[0], "Satu"), Holiday(days[5], days[6], "Dua")]
    Policy.objects.update(holidays=[*stands, Holiday(days[8], days[8], "Tiga")])
    file = book(
        [
            ["Mulai", "Selesai", "Nama Libur"],
            [days[0], None, "Satu"],
            [days[5], days[7], "Dua"],
            [days[9], None, "Empat"],
        ]
    )
    found = plan_for(file, cast.operator)
    assert [line.who for line in found.new] == ["Empat"]
    assert [line.who for line in found.changed] == ["Dua"]
    assert ([line.who for line in found.gone], found.unchanged) == (["Tiga"], 1)
    assert imported(cast.operator, file).status_code == 302
    kept = Policy.objects.get().holidays
    assert [(each.name, each.last) for each in kept] == [
        ("Satu", days[0]),
        ("Dua", days[7]),
        ("Tiga", days[8]),
        ("Empat", days[9]),
    ]
    assert plan_for(file, cast.operator).writes == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([None, None, "Libur"], "Hari pertama belum diisi"),
        (["17/8/2021", None, None], "Nama hari libur belum diisi"),
        (["besok", None, "Libur"], "bukan tanggal"),
        (["18/8/2021", "17/8/2021", "Libur"], "berakhir sebelum mulai"),
        (["17/8/2021", "17/8/2022", "Libur"], "lebih dari dua bulan"),
        (["17/8/1999", None, "Libur"], "Tidak ada semester"),
        (["17/8/2021", None, "x" * 90], "paling banyak 80 huruf"),
    ],
)
def test_a_bad_row_of_holidays_is_refused(row: list[Any], said: str) -> None:
    make.SemesterFactory(starts_on=date(2021, 7, 12), ends_on=date(2021, 12, 17))
    found = plan_for(book([["Mulai", "Selesai", "Libur"], row]), make.person())
    ((number, text),) = why(found)
    assert number == 2
    assert said in text


def test_more_holidays_than_fit_into_a_semester_are_refused(cast: Cast) -> None:
    day = cast.semester.starts_on
    Policy.objects.update(holidays=[Holiday(day, day, f"Libur {n:03}") for n in range(99)])
    rows = [[day + timedelta(days=n), f"Cuti {n}"] for n in (1, 2)]
    found = plan_for(book([["Tanggal", "Keterangan"], *rows]), cast.operator)
    assert why(found) == [(3, "Satu semester memuat paling banyak 100 hari libur.")]
    assert not found.is_possible


def test_holidays_of_a_frozen_semester_stay(cast: Cast) -> None:
    cast.semester.frozen_at = clock.now()
    cast.semester.save(update_fields=["frozen_at"])
    file = book([["Tanggal", "Keterangan"], [cast.semester.starts_on, "Libur"]])
    assert "dibekukan" in why(plan_for(file, cast.operator))[0][1]

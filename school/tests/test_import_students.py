"""Students from a file: matched, compared field by field, enrolled; all of it or nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from school.imports.plan import Plan
from school.models import Change, Enrolment, Guardian, SchoolClass, Student
from school.models.change import ChangeKind
from school.tests.cast import Cast, small_school
from school.tests.import_files import BUDI, SAMPLE, SECRET, book, dapodik, imported, plan_for
from school.workflow.imports import write
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def cast() -> Cast:
    return small_school()


def plan(cast: Cast, *people: dict[str, Any], **more: Any) -> Plan:
    return plan_for(book(dapodik(people)), cast.operator, **more)


def person(**more: Any) -> dict[str, Any]:
    return {name: value for name, value in {**BUDI, **more}.items() if value is not None}


def why(found: Plan) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.why) for refusal in found.refusals]


def changes(found: Plan) -> list[tuple[str, str, str]]:
    return [(f.name, f.was, f.becomes) for line in found.changed for f in line.fields]


def take(cast: Cast, *people: dict[str, Any]) -> None:
    assert imported(cast.operator, book(dapodik(people))).status_code == 302


def budi() -> Student:
    return Student.objects.get(name="Budi Santoso")


def test_a_new_student_comes_with_parents_and_class(cast: Cast) -> None:
    take(cast, person())
    made = budi()
    assert (made.nis, made.nisn, made.gender, made.birth_date) == (
        "40001",
        "0051234567",
        "L",
        date(2005, 3, 5),
    )
    assert made.address == "Dsn. Krajan RT 02/RW 03, Muntung, Candiroto"
    assert (made.phone, made.email) == ("6281234567890", "budi@siswa.sch.id")
    assert [str(number) for number in made.point or ()] == ["-7.248407", "110.080099"]
    parents = made.guardians.values_list("relation", "name")
    assert list(parents) == [("FATHER", "Slamet"), ("MOTHER", "Siti")]
    (seat,) = made.enrolments.all()
    assert (seat.school_class, seat.ends_on) == (cast.own, None)
    assert made.history.get().history_user == cast.operator


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    take(cast, person())
    again = plan(cast, person())
    assert (again.counts, again.writes, again.refusals) == ({"unchanged": 1}, [], [])


def test_the_sample_of_dapodik_is_read_whole(cast: Cast) -> None:
    content = SAMPLE.read_bytes()
    found = plan_for(content, cast.operator)
    assert (len(found.new), found.refusals) == (64, [])
    assert [(q.key, q.usual) for q in found.questions] == [
        ("class-xmipa1", "new:X"),
        ("class-xiips2", "new:XI"),
    ]
    assert imported(cast.operator, content).status_code == 302
    assert Student.objects.exclude(nisn=None).count() == 62
    assert SchoolClass.objects.get(name="XI IPS 2").enrolments.count() == 33
    assert plan_for(content, cast.operator).counts == {"unchanged": 64}


def test_what_differs_is_shown_field_by_field(cast: Cast) -> None:
    take(cast, person())
    found = plan(
        cast,
        person(
            **{"HP": "0857-1111-2222", "RT": None, "Data Ayah": "Slamet Riyadi"},
            **{"Rombel Saat Ini": "X MIPA 4", "Tanggal Lahir": "06/03/2005"},
        ),
        on=clock.today(),
    )
    assert changes(found) == [
        ("birth_date", "5 Maret 2005", "6 Maret 2005"),
        ("phone", "0812-3456-7890", "0857-1111-2222"),
        ("FATHER-name", "Slamet", "Slamet Riyadi"),
        ("class", "X MIPA 3", "X MIPA 4"),
    ]


def test_a_column_can_be_kept_as_the_school_has_it(cast: Cast) -> None:
    take(cast, person())
    found = plan(cast, person(HP="085711112222", RT=9), kept=["phone"])
    assert changes(found) == [("rt", "02", "09")]
    assert found.replaced.keys() == {"phone", "rt"}


def test_who_moves_within_the_year_and_who_comes_into_the_next(cast: Cast) -> None:
    take(cast, person())
    today = clock.today()
    Enrolment.objects.update(starts_on=today - timedelta(days=60))
    student = budi()
    file = book(dapodik([person(**{"Rombel Saat Ini": "X MIPA 4"})]))
    found = plan_for(file, cast.operator, on=today)
    assert changes(found) == [("class", "X MIPA 3", "X MIPA 4")]
    assert imported(cast.operator, file).status_code == 302
    first, second = student.enrolments.order_by("starts_on")
    assert (first.ends_on, first.end_reason) == (today - timedelta(days=1), "MOVED_CLASS")
    assert (second.starts_on, second.school_class) == (today, cast.foreign)


def test_who_has_left_comes_back_only_if_the_operator_says_so(cast: Cast) -> None:
    take(cast, person())
    stay, left_on = budi().enrolments, clock.today() - timedelta(days=3)
    first_day = left_on - timedelta(days=30)
    stay.update(starts_on=first_day, ends_on=left_on, end_reason="LEFT")
    (question,) = plan(cast, person()).open_questions
    assert question.text.startswith("Budi Santoso: Keluar dari sekolah")
    stays_away = plan(cast, person(), **{question.key: "no"})
    assert (stays_away.unchanged, stays_away.writes) == (1, [])
    back = plan(cast, person(), **{question.key: "yes"})
    write(back, ChangeKind.STUDENTS, by=cast.operator)
    days = stay.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(days) == [(first_day, left_on), (clock.today(), None)]


def test_a_planned_leaving_moves_to_the_new_class(cast: Cast) -> None:
    take(cast, person())
    today, student = clock.today(), budi()
    leaves_on = today + timedelta(days=20)
    first_day = today - timedelta(days=60)
    student.enrolments.update(starts_on=first_day, ends_on=leaves_on, end_reason="LEFT")
    take(cast, person(**{"Rombel Saat Ini": "X MIPA 4"}))
    stays = student.enrolments.order_by("starts_on")
    assert list(stays.values_list("school_class", "ends_on", "end_reason")) == [
        (cast.own.pk, today - timedelta(days=1), "MOVED_CLASS"),
        (cast.foreign.pk, leaves_on, "LEFT"),
    ]


def test_on_the_day_of_the_enrolment_the_class_itself_is_corrected(cast: Cast) -> None:
    take(cast, person())
    day = budi().enrolments.get().starts_on
    found = plan(cast, person(**{"Rombel Saat Ini": "X MIPA 4"}), on=day)
    assert [(write.act, write.fields) for write in found.writes] == [("update", ("school_class",))]


def test_who_is_enrolled_later_cannot_come_before(cast: Cast) -> None:
    take(cast, person())
    Enrolment.objects.filter(student=budi()).update(starts_on=clock.today())
    found = plan(cast, person(**{"Rombel Saat Ini": "X MIPA 4"}), on=cast.semester.starts_on)
    assert "Pilih tanggal itu atau setelahnya" in why(found)[0][1]


@pytest.mark.parametrize(
    ("changed", "asks"),
    [
        ({}, None),
        ({"NIPD": "77777"}, None),
        ({"NISN": None}, None),
        ({"NISN": None, "Nama": "Budi S."}, None),
        ({"NISN": None, "Nama": "Budi S.", "Tanggal Lahir": None}, "same-7"),
        ({"NISN": "0059999999"}, "same-7"),
        ({"NISN": None, "NIPD": "77777"}, "who-7"),
        ({"NISN": "0059999999", "NIPD": "77777"}, "who-7"),
        ({"NISN": None, "NIPD": "77777", "Tanggal Lahir": None}, "who-7"),
        ({"NISN": None, "NIPD": "77777", "Tanggal Lahir": "2005-03-06"}, None),
        ({"NISN": None, "NIPD": "77777", "Nama": "Wati"}, None),
    ],
)
def test_a_student_is_found_by_nisn_then_nis_then_name_and_birth(
    cast: Cast, changed: dict[str, Any], asks: str | None
) -> None:
    take(cast, person())
    found = plan(cast, person(**changed))
    assert [q.key for q in found.questions] == [asks] * bool(asks)
    is_new = asks is None and ("NIPD" in changed and "NISN" in changed)
    assert len(found.new) == is_new
    if asks == "same-7":
        assert plan(cast, person(**changed), **{asks: "yes"}).refusals == []
        assert "Beri siswa ini NIS lain" in why(plan(cast, person(**changed), **{asks: "no"}))[0][1]
    if asks == "who-7":
        same = plan(cast, person(**changed), **{asks: str(budi().pk)})
        assert ("nis", "40001", "77777") in changes(same)
        assert len(plan(cast, person(**changed), **{asks: "new"}).new) == 1


def test_numbers_of_two_students_in_one_row_are_refused(cast: Cast) -> None:
    take(cast, person())
    other = cast.students[0]
    assert why(plan(cast, person(NIPD=other.nis))) == [
        (7, "NISN milik Budi Santoso, NIS milik Siswa 001. Perbaiki salah satu.")
    ]


def test_a_number_moves_on_only_when_it_is_free(cast: Cast) -> None:
    take(cast, person(), person(Nama="Wati", NIPD="40002", NISN="0051234568"))
    found = plan(cast, person(NISN="0051234567", NIPD="40009"))
    assert changes(found) == [("nis", "40001", "40009")]
    swapped = plan(
        cast,
        person(NIPD="40002"),
        person(Nama="Wati", NIPD="40001", NISN="0051234568"),
    )
    assert [row for row, _why in why(swapped)] == [7, 8]


BAD_CELLS: list[tuple[dict[str, Any], str]] = [
    ({"Nama": None}, "Nama belum diisi"),
    ({"Nama": "123"}, "bukan nama"),
    ({"Nama": "x" * 130}, "lebih dari 120 huruf"),
    ({"JK": None}, "L atau P belum diisi"),
    ({"JK": "X"}, "bukan L atau P"),
    ({"NIPD": None, "NISN": None}, "NIS (di Dapodik NIPD) kosong"),
    ({"NIPD": "1" * 21}, "lebih dari 20"),
    ({"NISN": "12345"}, "bukan 10 angka"),
    ({"NISN": "005123456789"}, "bukan 10 angka"),
    ({"NISN": "5,1234567E+07"}, "memendekkan NISN"),
    ({"Tanggal Lahir": "kemarin"}, "bukan tanggal"),
    ({"Tanggal Lahir": "31/02/2005"}, "bukan tanggal"),
    ({"Tanggal Lahir": "2035-01-01"}, "Periksa tahunnya"),
    ({"Rombel Saat Ini": None}, "Kelasnya kosong"),
    ({"Rombel Saat Ini": "2021-01-10"}, "menjadi tanggal"),
    ({"Rombel Saat Ini": "X" * 31}, "terlalu panjang untuk nama kelas"),
    ({"HP": "8.1234567890E+10"}, "memendekkan nomor telepon"),
    ({"HP": "0812345678901234567890"}, "terlalu panjang"),
    ({"Alamat": "x" * 130}, "lebih dari 120 huruf"),
    ({"Keluarahan": "x" * 90}, "lebih dari 80 huruf"),
    ({"Data Ayah": "1234"}, "bukan nama"),
]


def test_a_bad_cell_is_refused_with_its_row_and_what_to_do(cast: Cast) -> None:
    good = person(Nama="Wati", NIPD="1", NISN=None)
    for changed, said in BAD_CELLS:
        found = plan(cast, good, person(**changed))
        ((row, text),) = why(found)
        assert (row, said in text, found.is_possible) == (8, True, False), (changed, text)


CELLS: list[tuple[dict[str, Any], str, object]] = [
    ({"NISN": 51234567}, "nisn", "0051234567"),
    ({"NISN": "'0051234567"}, "nisn", "0051234567"),
    ({"NISN": "-"}, "nisn", None),
    ({"NIPD": 40001.0}, "nis", "40001"),
    ({"JK": "Perempuan"}, "gender", "P"),
    ({"JK": "laki - laki"}, "gender", "L"),
    ({"Nama": " Budi\u00a0 Santoso "}, "name", "Budi Santoso"),
    ({"Tanggal Lahir": date(2005, 3, 5)}, "birth_date", date(2005, 3, 5)),
    ({"Tanggal Lahir": "5 Maret 2005"}, "birth_date", date(2005, 3, 5)),
    ({"Tanggal Lahir": "Temanggung, 05-03-2005"}, "birth_date", date(2005, 3, 5)),
    ({"Tanggal Lahir": "5/3/05"}, "birth_date", date(2005, 3, 5)),
    ({"Tanggal Lahir": 38416}, "birth_date", date(2005, 3, 5)),
    ({"Tanggal Lahir": "2005-03-05 00:00:00"}, "birth_date", date(2005, 3, 5)),
    ({"HP": 81234567890}, "phone", "6281234567890"),
    ({"HP": "0812-3456-7890 / 0857"}, "phone", "6281234567890"),
    ({"HP": "-", "Telepon": "0293123456"}, "phone", "62293123456"),
    ({"RT": 0}, "rt", ""),
    ({"RT": "RT 4"}, "rt", "04"),
    ({"Dusun": "Gendu"}, "street", "Dsn. Krajan, Dsn. Gendu"),
    ({"Alamat": None, "Dusun": "Gendu"}, "street", "Dsn. Gendu"),
    ({"E-Mail": "kosong"}, "email", ""),
    ({"Lintang": 0}, "latitude", None),
    ({"Bujur": 999}, "longitude", None),
]


def test_cells_are_read_as_schools_write_them(cast: Cast) -> None:
    for changed, column, value in CELLS:
        found = plan(cast, person(**changed))
        assert found.refusals == [], changed
        (made,) = (row for write in found.writes for row in write.rows if isinstance(row, Student))
        assert getattr(made, column) == value, changed


@pytest.mark.parametrize(
    ("numbers", "nis", "nisn"),
    [
        ("40001 / 0051234567", "40001", "0051234567"),
        ("0051234567/40001", "40001", "0051234567"),
        ("40001", "40001", None),
        ("40001 / -", "40001", None),
    ],
)
def test_nis_and_nisn_may_stand_in_one_column(
    cast: Cast, numbers: str, nis: str, nisn: str | None
) -> None:
    head = ["Nama", "NIS/NISN", "Jenis Kelamin (L/P)", "Kelas"]
    found = plan_for(book([head, ["Budi", numbers, "L", "X MIPA 3"]]), cast.operator)
    assert found.refusals == []
    (made,) = (row for write in found.writes for row in write.rows if isinstance(row, Student))
    assert (made.nis, made.nisn) == (nis, nisn)


def test_new_students_without_nis_are_asked_about_once(cast: Cast) -> None:
    people = [person(NIPD=None, NISN=f"005100000{n}", Nama=f"Siswa Baru {n}") for n in range(3)]
    (question,) = plan(cast, *people).open_questions
    assert (question.key, "7, 8, 9" in question.text) == ("nis", True)
    found = plan(cast, *people, nis="nisn")
    assert [line.note for line in found.new] == [f"NIS 005100000{n} · X MIPA 3" for n in range(3)]
    assert [row for row, _why in why(plan(cast, *people, nis="no"))] == [7, 8, 9]


def test_many_namesakes_are_asked_about_at_once(cast: Cast) -> None:
    people = [
        person(NIPD=str(50000 + n), NISN=None, Nama=f"Siswa Baru {n}", HP=None) for n in range(12)
    ]
    take(cast, *people)
    renumbered = [{**each, "NIPD": f"6{each['NIPD']}"} for each in people]
    assert [q.key for q in plan(cast, *renumbered).open_questions] == ["who-all"]
    same = plan(cast, *renumbered, **{"who-all": "same"})
    assert [f.name for line in same.changed for f in line.fields] == ["nis"] * 12
    assert len(plan(cast, *renumbered, **{"who-all": "each"}).open_questions) == 12


def test_zeros_that_were_lost_are_put_back_with_a_remark(cast: Cast) -> None:
    found = plan(cast, person(NISN=51234567))
    assert [(r.said, r.rows) for r in found.remarks] == [
        ("Nol di depan NISN hilang, dan sudah ditambahkan lagi.", (7,))
    ]


def test_month_before_day_is_asked(cast: Cast) -> None:
    people = (
        person(**{"Tanggal Lahir": "03/27/2005"}),
        person(Nama="Wati", NIPD="2", NISN=None, **{"Tanggal Lahir": "03/05/2005"}),
    )
    found = plan(cast, *people)
    assert [q.key for q in found.open_questions] == ["month_first"]
    read = plan(cast, *people, month_first="yes")
    days = [f.becomes for line in read.new for f in line.fields if f.name == "birth_date"]
    assert days == ["27 Maret 2005", "5 Maret 2005"]
    assert [row for row, _why in why(plan(cast, *people, month_first="no"))] == [7]


def test_a_row_that_is_there_twice(cast: Cast) -> None:
    assert plan(cast, person(), person()).counts == {"new": 1, "unchanged": 1}
    ((row, text),) = why(plan(cast, person(), person(HP="085700000000")))
    assert (row, text.startswith("Baris 7 tentang siswa yang sama")) == (8, True)


@pytest.mark.parametrize(
    ("name", "asked", "usual"),
    [
        ("X MIPA 3", None, None),
        ("Kelas X-MIPA.3", None, None),
        ("10 MIPA 3", None, None),
        ("kls. x mipa 3", None, None),
        ("X MIPA 9", "class-xmipa9", "new:X"),
        ("Melati", "class-melati", ""),
        ("XITKJ1", "class-xitkj1", ""),
    ],
)
def test_a_class_is_found_or_offered(
    cast: Cast, name: str, asked: str | None, usual: str | None
) -> None:
    found = plan(cast, person(**{"Rombel Saat Ini": name}))
    assert [(q.key, q.usual) for q in found.questions] == [(asked, usual)] * bool(asked)
    assert bool(found.open_questions) == (usual == "")
    if asked:
        other = plan(cast, person(**{"Rombel Saat Ini": name}), **{asked: str(cast.own.pk)})
        assert "X MIPA 3" in other.new[0].note


def test_who_is_not_in_the_file_is_shown_and_stays(cast: Cast) -> None:
    first = cast.students[0]
    found = plan(
        cast, person(Nama=first.name, NIPD=first.nis, NISN=None, **{"Tanggal Lahir": None})
    )
    assert [line.who for line in found.gone] == ["Siswa 002", "Siswa 003", "Siswa 004"]
    assert Enrolment.objects.filter(ends_on=None).count() == 6


def test_notes_below_the_table_are_left_out_and_named(cast: Cast) -> None:
    rows = dapodik([person()])
    rows += [[None] * 3, [None, "Jumlah", "1"], [None, "Mengetahui,"], [None, "Drs. Slamet"]]
    found = plan_for(book(rows), cast.operator)
    assert (len(found.new), found.refusals) == (1, [])
    broken = dapodik([person(), {"Nama": "Wati"}])
    assert [row for row, _why in why(plan_for(book(broken), cast.operator))] == [8]


def test_private_numbers_reach_nothing(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    file = book(dapodik([person(Nama=f"Budi {SECRET}"), person(HP=SECRET, NIPD=SECRET)]))
    found = plan_for(file, cast.operator)
    assert SECRET not in repr([found.refusals, found.new, found.remarks, found.questions])
    assert imported(cast.operator, book(dapodik([person(HP=SECRET)]))).status_code == 302
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert SECRET not in repr(cursor.fetchall()), table
    assert SECRET not in caplog.text


def test_parents_are_completed_and_corrected(cast: Cast) -> None:
    first = cast.students[0]
    same = person(Nama=first.name, NIPD=first.nis, NISN=None, **{"Data Ibu": "Suminah"})
    take(cast, same)
    assert list(first.guardians.values_list("relation", "name")) == [
        ("MOTHER", "Suminah"),
        ("FATHER", "Slamet"),
    ]
    assert Guardian.objects.get(student=first, relation="MOTHER").phone == "6281298765432"


def test_the_schools_own_sheet_has_parents_phones(cast: Cast) -> None:
    head = ["Nama", "NIS", "L/P", "Kelas", "Nama Ayah", "HP Ayah", "HP Ibu"]
    file = book([head, ["Budi", 40001, "L", "X MIPA 3", "Slamet", "0812 3456 7890", None]])
    assert imported(cast.operator, file).status_code == 302
    assert Guardian.objects.get(name="Slamet").phone == "6281234567890"
    nobody = book([head, ["Budi", 40001, "L", "X MIPA 3", None, None, "0812 3456 7890"]])
    assert "namanya belum ada" in why(plan_for(nobody, cast.operator))[0][1]


@pytest.mark.sqlite
def test_as_many_queries_for_30_rows_as_for_1(cast: Cast) -> None:
    asked = []
    for size in (1, 30):
        people = [
            person(NIPD=str(n), NISN=f"{n:010}", Nama=f"Siswa Baru {n}") for n in range(1, size + 1)
        ]
        with CaptureQueriesContext(connection) as queries:
            plan(cast, *people)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_was_done_is_counted_without_names(cast: Cast) -> None:
    take(cast, person())
    change = Change.objects.get()
    assert (change.kind, change.counts, change.made_by) == ("STUDENTS", {"new": 1}, cast.operator)

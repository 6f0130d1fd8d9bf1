"""Students and guardians as the operator keeps them: added, corrected, found incomplete, kept."""

import pytest

from school.models import Change, Enrolment, Guardian, Student
from school.roles import COORDINATOR, OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.changes import undo
from school.workflow.enrolment import arrive, leave, move
from workflow import clock
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEW = "/siswa/baru/"
RUDI = {"name": "Rudi Hartono", "nis": "28000", "nisn": "0051234567", "gender": "L", "read_at": 0}


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


def test_a_student_who_comes_late_is_added_with_class_and_day_and_undone_whole(cast, client):
    page = post(client, NEW, {**RUDI, "to": cast.own.pk, "on": clock.today()})
    student = Student.objects.get(nis="28000")
    assert page["Location"] == student.get_absolute_url()
    stay = Enrolment.objects.get(student=student)
    assert (stay.school_class, stay.starts_on, stay.ends_on) == (cast.own, clock.today(), None)
    assert student.history.get().history_user == cast.operator
    undo(Change.objects.get(), by=cast.operator)
    assert not Student.objects.filter(nis="28000").exists()


def test_a_student_can_be_added_without_a_class(client):
    post(client, NEW, RUDI)
    assert not Enrolment.objects.filter(student__nis="28000").exists()


def test_the_next_student_is_added_at_once(client):
    page = post(client, NEW, {**RUDI, "another": "1"})
    assert Student.objects.filter(nis="28000").exists()
    assert page["Location"] == NEW


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"nis": "21001"}, "nis"),
        ({"nisn": "123"}, "nisn"),
        ({"nisn": "12345678９0"}, "nisn"),
        ({"name": "Ru\u202edi"}, "name"),
        ({"birth_date": "1920-01-01"}, "birth_date"),
        ({"gender": "X"}, "gender"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(client, typed, field):
    page = post(client, NEW, {**RUDI, **typed})
    assert list(page.context["form"].errors) == [field]


def test_a_number_of_somebody_else_is_refused_with_their_name_and_class(cast, client):
    taken = cast.students[0]
    page = post(client, NEW, {**RUDI, "nis": taken.nis})
    (said,) = page.context["form"].errors["nis"]
    assert said == f"NIS ini milik {taken.name} ({cast.own}). Periksa keduanya."


def test_a_day_outside_the_year_of_the_class_is_refused(cast, client):
    page = post(client, NEW, {**RUDI, "to": cast.own.pk, "on": make.days_ago(200)})
    assert page.context["form"].non_field_errors()
    assert not Student.objects.filter(nis="28000").exists()


def test_identity_is_corrected_and_of_two_editors_the_later_sees_both_texts(cast, client):
    student = cast.students[0]
    url = f"/siswa/{student.pk}/identitas/"
    sent = {"name": "Siti", "nis": student.nis, "nisn": "0051234567", "gender": "P", "read_at": 1}
    post(client, url, sent)
    student.refresh_from_db()
    assert (student.name, student.nisn, student.gender) == ("Siti", "0051234567", "P")
    page = post(client, url, {**sent, "name": "Sita"})
    assert [one.standing for one in page.context["form"].conflict] == ["Siti"]


def test_a_guardian_is_removed_and_the_history_keeps_who_it_was(cast, client):
    student = cast.students[0]
    guardian = student.guardians.get()
    assert (
        f"/wali-murid/{guardian.pk}/hapus/"
        in client.get(f"/wali-murid/{guardian.pk}/perbaiki/").content.decode()
    )
    post(client, f"/wali-murid/{guardian.pk}/hapus/")
    assert not Guardian.objects.filter(student=student).exists()
    page = client.get(f"/siswa/{student.pk}/riwayat/")
    assert [edit.is_last for edit in page.context["guardians"]["Suminah"]] == [True, False]


def test_others_who_correct_a_guardian_are_offered_no_removal(cast):
    guardian = cast.students[0].guardians.get()
    page = signed_in(cast.wali).get(f"/wali-murid/{guardian.pk}/perbaiki/")
    assert "/hapus/" not in page.content.decode()


def test_the_history_says_who_changed_what_of_a_student(cast, client):
    student = cast.students[0]
    sent = {"name": "Siti", "nis": student.nis, "nisn": "", "gender": "L", "read_at": 1}
    post(client, f"/siswa/{student.pk}/identitas/", sent)
    edit, *_earlier = client.get(f"/siswa/{student.pk}/riwayat/").context["edits"]
    assert edit.by == cast.operator.called
    assert [(one.was, one.now) for one in edit.differences] == [("Siswa 001", "Siti")]


def test_the_history_says_when_a_student_came_moved_left_and_came_back(cast, client):
    student, ago = cast.students[0], make.days_ago
    first = student.enrolments.get().starts_on
    move(student, cast.foreign, on=ago(20), by=cast.operator)
    leave(student, on=ago(10), by=cast.operator)
    arrive(student, cast.own, on=ago(5), by=cast.operator)
    undone = move(student, cast.foreign, on=ago(2), by=cast.operator)
    undo(undone, by=cast.operator)
    page = client.get(f"/siswa/{student.pk}/riwayat/")
    by = cast.operator.called
    assert [(str(m.title), m.day, m.was, m.now, m.by) for m in page.context["moves"]] == [
        ("Siswa masuk", ago(5), "", "X MIPA 3", by),
        ("Siswa keluar", ago(10), "X MIPA 4", "", by),
        ("Pindah kelas", ago(20), "X MIPA 3", "X MIPA 4", by),
        ("Siswa masuk", first, "", "X MIPA 3", ""),
    ]


def test_the_filters_find_students_of_whom_something_is_missing(cast, client):
    nobody, silent = (make.StudentFactory(name=name) for name in ("Tanpa Kelas", "Tanpa Nomor"))
    make.GuardianFactory(student=nobody)
    make.GuardianFactory(student=silent, phone="")
    make.EnrolmentFactory(student=silent, school_class=cast.own)
    Student.objects.exclude(pk=silent.pk).update(nisn=None)
    Student.objects.filter(pk=silent.pk).update(nisn="0051234567")

    def found(lacks):
        return {one.name for one in client.get(f"/siswa/?lacks={lacks}").context["page"]}

    assert found("class") == {"Tanpa Kelas"}
    assert found("phone") == {"Tanpa Nomor"}
    assert "Tanpa Nomor" not in found("nisn")
    assert "Tanpa Kelas" in found("nisn")


def test_nobody_else_learns_of_whom_a_number_is_missing(cast):
    client = signed_in(cast.wali)
    assert "lacks=" not in client.get("/siswa/").content.decode()
    assert list(client.get("/siswa/?lacks=nisn").context["page"]) == []


@pytest.mark.sqlite
def test_the_history_asks_as_many_queries_for_30_changes_as_for_1(cast, client):
    student = cast.students[0]
    url = f"/siswa/{student.pk}/riwayat/"
    client.get(url)
    one = queries_of_warm(client, url)
    for number in range(29):
        student.name = f"Siswa {number}"
        student.save()
        make.GuardianFactory(student=student, name=f"Wali {number}")
    assert queries_of_warm(client, url) == one


@pytest.mark.parametrize(("office", "adds"), [(OPERATOR, True), (COORDINATOR, False)])
def test_an_empty_list_tells_the_operator_alone_to_add_students(office, adds):
    page = signed_in(make.person(office)).get("/siswa/").content.decode()
    assert "Tidak ada siswa di sini" in page
    assert ("Tambahkan siswa, atau impor dari file." in page) is adds

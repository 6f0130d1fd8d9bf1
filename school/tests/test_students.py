"""Students are found by name or NIS; phones, guardians and addresses can be corrected."""

import pytest
from django.urls import reverse

from school.models import Enrolment, Guardian, Student
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.models import AccessEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = pytest.mark.django_db

STUDENTS = "/siswa/"
ADDRESS = {"street": "Dsn. Baru", "rt": "1", "rw": "2", "village": "Muntung", "district": "C"}
GUARDIAN = {"read_at": 1, "name": "Suminah", "relation": "MOTHER", "phone": "0812 9999 8888"}


def url(name, obj):
    return reverse(f"school:{name}", args=[obj.pk])


def found(user, query=""):
    return {student.nis for student in signed_in(user).get(STUDENTS + query).context["page"]}


@pytest.mark.parametrize(
    ("who", "own", "foreign"),
    [
        ("guru", True, False),
        ("guru2", True, True),
        ("wali", True, False),
        ("wali2", False, True),
        ("bk", True, True),
        ("coordinator", True, True),
        ("principal", True, True),
        ("student_affairs", True, True),
        ("operator", True, True),
    ],
)
def test_each_office_finds_the_students_it_may_know_of(who, own, foreign):
    cast = small_school()
    seen = found(getattr(cast, who))
    assert (cast.students[0].nis in seen) == own
    assert (cast.foreign_students[0].nis in seen) == foreign


def test_who_holds_nothing_finds_nobody():
    small_school()
    response = signed_in(make.person()).get(STUDENTS)
    assert response.status_code == 200
    assert not response.context["page"].object_list


@pytest.mark.parametrize(
    ("query", "nis"),
    [
        ("?q=002", {"21002"}),
        ("?q=siswa+003", {"21003"}),
        ("?q=003+SISWA", {"21003"}),
        ("?q=21004", {"21004"}),
        ("?q=2100", {"21001", "21002", "21003", "21004"}),
        ("?q=tidak+ada", set()),
        ("?q=%00001", {"21001"}),
        ("?q=" + "x" * 5000, set()),
        ("?class=own", {"21001", "21002", "21003", "21004"}),
        ("?class=own&q=101", set()),
        ("?class=999999", set()),
        ("?class=99999999999999999999999&q=001", set()),
        ("?class=abc&q=001", set()),
        ("?grade=XI", set()),
        ("?grade=nonsense&q=001", set()),
        ("?status=nonsense&q=001", set()),
        ("?status=left", set()),
        ("?page=99&q=001", {"21001"}),
        ("?page=x&q=001", {"21001"}),
    ],
)
def test_students_are_found_by_name_nis_class_and_grade(query, nis):
    cast = small_school()
    assert found(cast.coordinator, query.replace("own", str(cast.own.pk))) == nis


def test_namesakes_are_told_apart_by_their_nis():
    cast = small_school()
    Student.objects.update(name="Bagas")
    html = signed_in(cast.bk).get(STUDENTS).content.decode()
    assert all(student.nis in html for student in cast.students)


def test_who_has_left_is_found_under_the_left_only():
    cast = small_school()
    held = Enrolment.objects.get(student=cast.students[0])
    held.ends_on, held.end_reason = make.days_ago(3), "LEFT"
    held.save()
    assert cast.students[0].nis not in found(cast.bk)
    assert found(cast.bk, "?status=left") == {cast.students[0].nis}


def test_a_student_who_moved_stands_in_the_class_of_today():
    cast = small_school()
    held = Enrolment.objects.get(student=cast.students[0])
    held.ends_on, held.end_reason = make.days_ago(3), "MOVED_CLASS"
    held.save()
    make.EnrolmentFactory(
        student=cast.students[0], school_class=cast.foreign, starts_on=make.days_ago(2)
    )
    assert cast.students[0].nis not in found(cast.wali)
    assert cast.students[0].nis in found(cast.wali2)
    assert cast.students[0].nis in found(cast.bk, f"?class={cast.foreign.pk}")


def test_a_script_gets_only_what_was_found():
    cast = small_school()
    response = signed_in(cast.bk).get(STUDENTS + "?q=001", headers={"HX-Request": "true"})
    html = response.content.decode()
    assert html.lstrip().startswith('<div id="found">')
    assert "21001" in html
    assert "21002" not in html


def test_fifty_stand_on_a_page_and_the_filters_stay_in_the_address():
    cast = small_school(60)
    response = signed_in(cast.wali).get(STUDENTS + "?q=siswa")
    assert len(response.context["page"]) == 50
    assert "?q=siswa&amp;page=2" in response.content.decode()


@pytest.mark.sqlite
def test_a_long_list_asks_no_more_queries_than_a_short_one():
    cast = small_school(1)
    client = signed_in(cast.coordinator)
    few = queries_of(client, STUDENTS)
    for _ in range(30):
        make.EnrolmentFactory(school_class=cast.own)
    assert queries_of(client, STUDENTS) == few
    assert few <= 15


CORRECTS = [
    ("guru", 403),
    ("wali", 200),
    ("wali2", 404),
    ("bk", 200),
    ("bk2", 403),
    ("coordinator", 200),
    ("principal", 403),
    ("student_affairs", 403),
    ("operator", 200),
]


@pytest.mark.parametrize(("who", "answer"), CORRECTS)
def test_homeroom_teacher_counselor_and_operator_correct_and_nobody_else(who, answer):
    cast = small_school()
    student, client = cast.students[0], signed_in(getattr(cast, who))
    for name in ("correct_student", "add_guardian"):
        assert client.get(url(name, student)).status_code == answer
        assert (post(client, url(name, student), {"read_at": "x"}).status_code) == answer
    guardian = student.guardians.get()
    sees_contacts = answer == 200 or who == "principal"
    expected = answer if sees_contacts else 404
    assert client.get(url("correct_guardian", guardian)).status_code == expected
    assert AccessEntry.objects.filter(kind="school.guardian", object_id=guardian.pk).exists()


def test_phone_and_address_are_corrected_and_one_comes_back_where_one_was():
    cast = small_school()
    student = cast.students[0]
    given = {"read_at": 1, "phone": "0812-3456-7890", "point": "-7.2541, 110.0562", **ADDRESS}
    given["next"] = "/kasus/5/"
    response = post(signed_in(cast.wali), url("correct_student", student), given)
    assert response.headers["Location"] == "/kasus/5/"
    student.refresh_from_db()
    assert (student.phone, student.street, student.version) == ("6281234567890", "Dsn. Baru", 2)
    assert (str(student.latitude), str(student.longitude)) == ("-7.254100", "110.056200")
    assert student.history.first().history_user == cast.wali


def test_the_history_says_how_a_student_was_with_a_manager_that_is_made_once():
    student = small_school().students[0]
    before, was = student.history.get().history_date, student.name
    student.name = "Siti Aminah"
    student.save()
    assert student.history.as_of(before).name == was
    assert Student.history.as_of(before).get(pk=student.pk).name == was
    assert [each.name for each in student.history.all()] == ["Siti Aminah", was]
    assert type(student.history) is type(Student.history)


def test_one_never_comes_back_to_another_site():
    cast = small_school()
    given = {"read_at": 1, **ADDRESS, "next": "https://elsewhere.example/"}
    response = post(signed_in(cast.wali), url("correct_student", cast.students[0]), given)
    assert response.headers["Location"] == "/"
    page = signed_in(cast.wali).get(
        url("correct_student", cast.students[0]) + "?next=javascript:alert(1)"
    )
    assert "javascript:alert" not in page.content.decode()


def test_a_guardians_wrong_number_is_corrected():
    cast = small_school()
    guardian = cast.students[0].guardians.get()
    post(signed_in(cast.bk), url("correct_guardian", guardian), GUARDIAN)
    guardian.refresh_from_db()
    assert guardian.phone == "6281299998888"


def test_a_new_guardians_relation_is_asked_in_words():
    cast = small_school()
    page = signed_in(cast.operator).get(url("add_guardian", cast.students[0])).content.decode()
    assert '<option value="" selected>Pilih</option>' in page
    assert "---" not in page


def test_an_address_says_rt_and_rw():
    student = make.StudentFactory.build(**ADDRESS)
    assert student.address == "Dsn. Baru RT 1/RW 2, Muntung, C"


def test_a_strange_number_is_saved_with_a_warning():
    cast = small_school()
    guardian = cast.students[0].guardians.get()
    client = signed_in(cast.wali)
    post(client, url("correct_guardian", guardian), GUARDIAN | {"phone": "0293-12"})
    guardian.refresh_from_db()
    assert guardian.phone == "6229312"
    assert "sepertinya bukan nomor telepon" in client.get(STUDENTS).content.decode()


def test_a_guardian_is_added_once_however_often_the_form_is_sent():
    cast = small_school()
    client = signed_in(cast.wali)
    given = GUARDIAN | {"name": "Sutrisno", "relation": "FATHER", "submit_id": "5" * 32}
    for _ in range(2):
        assert client.post(url("add_guardian", cast.students[0]), given).status_code == 302
    assert Guardian.objects.filter(student=cast.students[0]).count() == 2


def test_of_two_editors_the_later_one_sees_both_texts():
    cast = small_school()
    guardian = cast.students[0].guardians.get()
    client = signed_in(cast.wali)
    post(client, url("correct_guardian", guardian), GUARDIAN | {"phone": "081111111111"})
    response = post(client, url("correct_guardian", guardian), GUARDIAN | {"phone": "082222222222"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "0811-1111-1111" in html
    assert "082222222222" in html
    assert 'name="read_at" value="2"' in html
    guardian.refresh_from_db()
    assert guardian.phone == "6281111111111"


BAD_STUDENT = [
    {"read_at": ""},
    {"read_at": "-1"},
    {"read_at": "99999999999999999999"},
    {"phone": "tidak punya"},
    {"phone": "0" + "8" * 25},
    {"phone": "0" * 31},
    {"street": "x" * 121},
    {"rt": "0001"},
    {"point": "di rumah"},
    {"point": "91, 110"},
    {"point": "-7.2, 181"},
    {"point": "NaN, NaN"},
    {"village": "\x00"},
]


@pytest.mark.parametrize("bad", BAD_STUDENT)
def test_a_bad_correction_says_why_and_loses_nothing(bad):
    cast = small_school()
    student = cast.students[0]
    given = {"read_at": 1, "phone": "081234567890", **ADDRESS, "street": "Dsn. Ketik"} | bad
    response = post(signed_in(cast.wali), url("correct_student", student), given)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in html or "Orang lain lebih dulu" in html
    assert "street" in bad or "Dsn. Ketik" in html
    student.refresh_from_db()
    assert (student.street, student.version) == ("Dsn. Krajan", 1)


BAD_GUARDIAN = [
    {"name": ""},
    {"name": "x" * 121},
    {"relation": "COUSIN"},
    {"relation": ""},
    {"phone": "???"},
    {"occupation": "x" * 61},
]


@pytest.mark.parametrize("bad", BAD_GUARDIAN)
@pytest.mark.parametrize("name", ["correct_guardian", "add_guardian"])
def test_a_bad_guardian_says_why_and_loses_nothing(bad, name):
    cast = small_school()
    of = cast.students[0] if name == "add_guardian" else cast.students[0].guardians.get()
    given = GUARDIAN | {"occupation": "Petani ketik"} | bad
    response = post(signed_in(cast.wali), url(name, of), given)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert "occupation" in bad or "Petani ketik" in response.content.decode()
    assert Guardian.objects.filter(student=cast.students[0]).count() == 1


def test_the_pages_speak_english_too():
    cast = small_school()
    cast.bk.language = "en"
    cast.bk.save()
    client = signed_in(cast.bk)
    assert "Name or NIS" in client.get(STUDENTS).content.decode()
    html = client.get(url("correct_student", cast.students[0])).content.decode()
    assert "Hamlet or street" in html
    assert "Dusun" not in html

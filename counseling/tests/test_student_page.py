"""A student's page shows each part only to people who may see it."""

import pytest
from django.urls import reverse

from cases.tests import factories as make
from cases.workflow import confirm
from homevisits.tests import factories as visits
from school.models import Enrolment, Student
from school.tests import factories as people
from school.tests.cast import small_school
from workflow.models import AccessEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page(user, student):
    return signed_in(user).get(reverse("student", args=[student.pk]))


def html_of(user, student):
    response = page(user, student)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "address", "contacts", "corrects"),
    [
        ("guru", False, False, False),
        ("wali", True, True, True),
        ("bk", True, True, True),
        ("bk2", False, False, False),
        ("coordinator", True, True, True),
        ("principal", True, True, False),
        ("student_affairs", False, False, False),
        ("operator", True, True, True),
    ],
)
def test_each_office_sees_the_parts_granted(who, address, contacts, corrects):
    cast = small_school()
    html = html_of(getattr(cast, who), cast.students[0])
    assert "X MIPA 3" in html
    assert cast.students[0].nis in html
    assert ("Dsn. Krajan" in html) == address
    assert ("Suminah" in html) == contacts
    assert ("0857-1234-5678" in html) == contacts
    assert ("https://wa.me/6281298765432?text=" in html) == contacts
    assert ("/perbaiki/" in html) == corrects


def test_who_may_not_know_of_a_student_finds_no_page():
    cast = small_school()
    assert page(cast.wali2, cast.students[0]).status_code == 404
    assert page(people.person(), cast.students[0]).status_code == 404
    assert signed_in(cast.bk).get("/siswa/99999/").status_code == 404


def test_a_look_at_the_page_is_logged_also_when_refused():
    cast = small_school()
    page(cast.bk, cast.students[0])
    page(cast.wali2, cast.students[0])
    seen = AccessEntry.objects.filter(kind="school.student", object_id=cast.students[0].pk)
    assert list(seen.values_list("status", flat=True)) == [200, 404]


def test_a_visitor_knows_the_guardians_from_scheduling_until_the_report_is_finished():
    cast = small_school()
    visitor, student = cast.wali2, cast.students[0]
    Student.objects.filter(pk=student.pk).update(nisn="0051234567")
    assert page(visitor, student).status_code == 404
    visit = visits.scheduled_visit(
        make.direct_case(cast), cast.bk, cast.principal, visitors=[visitor]
    )
    papers = ("homevisits:visit", "homevisits:assignment_letter", "homevisits:report_print")
    for html in (html_of(visitor, student), *_read(visitor, visit, papers[:1])):
        assert "Dsn. Krajan" in html
        assert "Bu Suminah" in html
        assert "0812-9876-5432" in html
        assert "0857-1234-5678" not in html
    values = {"outcome": "MET", "met": ["MOTHER"]}
    visits.save_report(visit, by=cast.bk, values=values, read_at=0)
    assert not any("0051234567" in text for text in _read(visitor, visit, papers))
    visits.record(visit, by=cast.bk)
    assert "Suminah" in _read(cast.bk, visit, papers[2:])[0]
    for html in (html_of(visitor, student), *_read(visitor, visit, papers)):
        assert "Siswa 001" in html
        assert "Suminah" not in html
        assert "0051234567" not in html


def _read(person, visit, names):
    """Return the pages and papers of a visit as `person` reads them."""
    return [
        signed_in(person).get(reverse(name, args=[visit.pk])).content.decode() for name in names
    ]


def test_the_text_to_a_family_names_nothing_of_a_case():
    cast = small_school()
    make.direct_case(cast)
    html = html_of(cast.bk, cast.students[0])
    links = [part.split('"')[0] for part in html.split("https://wa.me/")[1:]]
    assert links
    assert not any("kasus" in link.lower() or "alpa" in link.lower() for link in links)


def test_the_text_to_a_family_is_indonesian_whatever_language_its_writer_reads():
    cast = small_school()
    cast.wali.language = "en"
    cast.wali.save()
    assert "text=Selamat%20" in html_of(cast.wali, cast.students[0])


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("guru", True),
        ("guru2", False),
        ("wali", True),
        ("bk", True),
        ("bk2", False),
        ("coordinator", True),
        ("principal", False),
        ("student_affairs", False),
        ("operator", False),
    ],
)
def test_recaps_are_shown_to_whom_may_read_them(who, sees):
    cast = small_school()
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make.ABSENT})
    assert ("Alpa 4 dari 4" in html_of(getattr(cast, who), cast.students[0])) == sees


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("guru", True),
        ("guru2", False),
        ("wali", True),
        ("bk", True),
        ("bk2", False),
        ("coordinator", True),
        ("principal", True),
        ("student_affairs", False),
        ("operator", False),
    ],
)
def test_cases_are_shown_to_whom_may_know_that_they_exist(who, sees):
    cast = small_school()
    case = make.referred_case(cast)
    html = html_of(getattr(cast, who), cast.students[0])
    assert (case.get_absolute_url() in html) == sees


@pytest.mark.parametrize(
    ("who", "says"),
    [("guru", "Ditangani BK (Bu Retno)"), ("wali", "Panggilan"), ("principal", "Panggilan")],
)
def test_a_subject_teacher_reads_who_handles_a_case_and_not_how_far_it_went(who, says):
    cast = small_school()
    case = make.referred_case(cast)
    confirm(case, by=cast.bk)
    make.attempt(case, cast.bk)
    make.summons(case, cast.bk)
    student = reverse("student", args=[case.student_id])
    for url in (student, case.get_absolute_url(), reverse("cases:cases")):
        html = signed_in(getattr(cast, who)).get(url).content.decode()
        said = html.split('class="rung ', 1)[1].split("</span>", 1)[0]
        assert said.rsplit(">", 1)[1] == says


def test_map_links_carry_coordinates_with_points_in_both_languages():
    cast = small_school()
    student = cast.students[0]
    student.latitude, student.longitude = "-7.254100", "110.056200"
    student.save()
    for language in ("id", "en"):
        cast.bk.language = language
        cast.bk.save()
        html = html_of(cast.bk, student)
        assert "geo:-7.254100,110.056200?q=-7.254100,110.056200" in html
        assert "mlat=-7.254100&amp;mlon=110.056200#map=17/-7.254100/110.056200" in html
        assert "destination=-7.254100,110.056200" in html


def test_the_class_history_names_a_move():
    cast = small_school()
    student = cast.students[0]
    held = Enrolment.objects.get(student=student)
    held.ends_on, held.end_reason = people.days_ago(3), "MOVED_CLASS"
    held.save()
    people.EnrolmentFactory(
        student=student, school_class=cast.foreign, starts_on=people.days_ago(2)
    )
    html = html_of(cast.coordinator, student)
    assert "X MIPA 3" in html
    assert "X MIPA 4" in html
    assert page(cast.wali, student).status_code == 404


def test_a_correction_leads_back_to_the_page():
    cast = small_school()
    here = reverse("student", args=[cast.students[0].pk])
    html = html_of(cast.wali, cast.students[0])
    edit = reverse("school:correct_guardian", args=[cast.students[0].guardians.get().pk])
    assert f"{edit}?next={here}" in html
    form = signed_in(cast.wali).get(f"{edit}?next={here}").content.decode()
    assert f'name="next" value="{here}"' in form
    given = {"read_at": 1, "name": "Suminah", "relation": "MOTHER", "next": here}
    assert post(signed_in(cast.wali), edit, given).headers["Location"] == here


@pytest.mark.sqlite
def test_one_and_many_recaps_ask_the_same_number_of_queries():
    cast = small_school()
    student = cast.students[0]
    make.handed_over_recap(cast.maths, cast.period, {student: make.ABSENT})
    client = signed_in(cast.coordinator)
    here = reverse("student", args=[student.pk])
    few = queries_of(client, here)
    for assignment in (cast.physics, cast.english):
        make.handed_over_recap(assignment, cast.period, {student: make.ABSENT})
        make.handed_over_recap(assignment, cast.earlier_period, {student: make.ABSENT})
    for _ in range(10):
        people.GuardianFactory(student=student)
    assert queries_of(client, here) == few
    assert few <= 15

"""The class list as the homeroom teacher, the counselor and others see it."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import translation

from recaps.models import ClassList, Recap
from recaps.tests import factories as make
from recaps.tests.class_list_pages import handed_over_school, noted_school, page, url_of
from recaps.workflow import class_list_of, decide, hand_over_list, withdraw
from school import wording
from school.models import Enrolment, HomeroomAssignment, User
from school.tests import factories as people
from school.tests.cast import small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("wali", 200),
        ("coordinator", 200),
        ("bk", 404),
        ("bk2", 404),
        ("wali2", 404),
        ("guru", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_an_open_list_is_there_for_its_homeroom_teacher_and_the_coordinator(who, answer):
    cast = noted_school()
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(cast)).status_code == answer
    assert not ClassList.objects.filter(decisions__isnull=False).exists()
    class_list_of(cast.own, cast.period, by=cast.wali)
    assert client.get(url_of(cast)).status_code == answer
    student_page = url_of(cast, "class_list_student", cast.students[0])
    assert client.get(student_page).status_code == answer


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("wali", 200),
        ("coordinator", 200),
        ("bk", 200),
        ("bk2", 404),
        ("wali2", 404),
        ("guru", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_a_list_handed_over_is_there_for_the_counselor_of_the_class_too(who, answer):
    cast, _list = handed_over_school()
    assert signed_in(getattr(cast, who)).get(url_of(cast)).status_code == answer


def test_looking_at_a_list_is_logged_with_its_id_also_when_refused():
    cast, class_list = handed_over_school()
    signed_in(cast.bk).get(url_of(cast))
    signed_in(cast.principal).get(url_of(cast))
    seen = AccessEntry.objects.filter(kind="recaps.classlist").values_list("object_id", "status")
    assert list(seen) == [(class_list.pk, 200), (class_list.pk, 404)]


def test_the_page_says_what_is_in_what_is_missing_and_reminds_the_teacher():
    cast = noted_school()
    html = page(signed_in(cast.wali), url_of(cast))
    assert "1 dari 3 mapel masuk" in html
    assert "Ingatkan Pak Hadi · Fisika" in html
    assert "https://wa.me/6281234567890?text=" in html
    assert "Ingatkan Bu Sri · Bahasa Inggris" in html
    assert cast.students[0].name not in html.split("wa.me", 1)[1].split('"', 1)[0]


def test_a_reminder_says_a_name_with_an_apostrophe_as_it_is():
    cast = noted_school()
    User.objects.filter(name__startswith="Sri").update(name="Nur'aini Hasanah")
    html = page(signed_in(cast.wali), url_of(cast))
    text = unquote(html.split("https://wa.me/6281234567890?text=", 1)[1].split('"', 1)[0])
    assert "Bu Nur'aini. " in text
    assert "&" not in text


def test_a_recap_bears_the_name_of_who_handed_it_over_and_not_of_the_successor():
    cast = noted_school()
    cast.maths.ends_on = people.days_ago(1)
    cast.maths.save()
    later = people.person(name="Wawan Adi", honorific="BAPAK")
    people.TeachingAssignmentFactory(
        teacher=later, group=cast.maths.group, starts_on=people.days_ago(0)
    )
    html = page(signed_in(cast.wali), url_of(cast))
    [line] = re.findall(r"<b>Matematika</b><small[^>]*>([^<]*)<", html)
    assert line.split(" · ")[0] == "Pak Hadi"


def test_a_list_says_when_it_was_handed_over_and_not_when_that_was_typed_in():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    for days in (2, 1):
        choice = "REFER" if days > 1 else "WATCH"
        decide(class_list, [cast.students[0]], choice, by=cast.wali)
        then = clock.now() - timedelta(days=days)
        hand_over_list(class_list, by=cast.wali, happened_at=then)
        if days > 1:
            make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
            class_list.refresh_from_db()
    with translation.override("id"):
        before, last = (wording.full_day(clock.now() - timedelta(days=days)) for days in (2, 1))
    for user, url in (
        (cast.bk, url_of(cast)),
        (cast.bk, reverse("recaps:class_lists")),
        (cast.wali, reverse("recaps:class_lists")),
    ):
        html = page(signed_in(user), url)
        assert last in html, url
        assert before not in html, url
    html = page(signed_in(cast.bk), url_of(cast, "class_list_student", cast.students[0]))
    assert before in html
    assert last in html


def test_the_one_who_owes_a_recap_is_who_teaches_on_its_due_date():
    cast = noted_school()
    cast.physics.ends_on = cast.period.ends_on - timedelta(days=5)
    cast.physics.save()
    later = people.person(name="Wawan Adi", honorific="BAPAK", phone="6281111111111")
    people.TeachingAssignmentFactory(
        teacher=later,
        school_class=cast.own,
        subject=cast.physics.subject,
        starts_on=cast.period.ends_on - timedelta(days=4),
    )
    html = page(signed_in(cast.wali), url_of(cast))
    assert "Ingatkan Pak Wawan · Fisika" in html


def test_filters_stay_in_the_address_and_show_their_counts():
    cast = noted_school()
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert "Perlu keputusan 1" in html
    assert "Semua siswa 4" in html
    assert cast.students[1].name not in html
    html = page(client, url_of(cast) + "?show=all")
    assert all(student.name in html for student in cast.students)
    assert "?show=all" in html


def test_worst_come_first():
    cast = small_school()
    a, b, c, _d = cast.students
    make.handed_over_recap(cast.maths, cast.period, {c: make.ABSENT, b: {"missing_work": 2}})
    make.handed_over_recap(cast.english, cast.period, {c: make.ABSENT, a: make.ABSENT})
    html = page(signed_in(cast.wali), url_of(cast))
    places = [html.index(f'id="row-{student.pk}"') for student in (c, a, b)]
    assert places == sorted(places)


def test_each_number_says_on_a_phone_of_what_it_is():
    cast = noted_school()
    html = page(signed_in(cast.wali), url_of(cast))
    words = '<span class="word">Tidak ikut: </span>1<span class="word"> mapel</span>'
    assert words in html


def test_each_number_opens_to_its_subjects_with_what_it_rests_on():
    cast = noted_school()
    entry = {"missing_work": 2, "late_work": 0, "permitted": 1, "note": "HP rusak"}
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: entry})
    url = url_of(cast, "class_list_student", cast.students[0])
    client = signed_in(cast.wali)
    html = page(client, url + "?of=missing")
    assert "Bahasa Inggris" in html
    assert "HP rusak" in html
    assert "2 dari 2 tugas tidak dikumpulkan" in html
    assert "4 pertemuan: S 0, I 1, A 0" in html
    assert "Matematika" not in html
    fragment = client.get(url + "?of=never", headers={"HX-Request": "true"}).content.decode()
    assert "Matematika" in fragment
    assert "<html" not in fragment
    assert page(client, url + "?of=nonsense")


def test_a_list_of_another_year_or_of_a_period_to_come_is_not_there():
    cast = small_school()
    client = signed_in(cast.wali)
    year = people.AcademicYearFactory(label="2019/2020")
    old = people.RecapPeriodFactory(
        semester=people.SemesterFactory(year=year), starts_on=people.days_ago(60)
    )
    coming = people.RecapPeriodFactory(
        semester=cast.semester, starts_on=people.days_ago(-3), ends_on=people.days_ago(-30)
    )
    for period in (old.pk, coming.pk, 99999, 10**17):
        url = reverse("recaps:class_list", args=[cast.own.pk, period])
        assert client.get(url).status_code == 404


def test_nobody_of_another_class_is_on_the_list():
    cast = noted_school()
    client = signed_in(cast.wali)
    for name in ("class_list_student", "class_list_row", "class_list_knowledge"):
        assert client.get(url_of(cast, name, cast.foreign_students[0])).status_code == 404


def test_a_student_who_moved_stands_on_the_list_of_the_period_and_says_so():
    cast = noted_school()
    student = cast.students[0]
    held = Enrolment.objects.get(student=student)
    held.ends_on, held.end_reason = cast.period.ends_on - timedelta(days=3), "MOVED_CLASS"
    held.save()
    people.EnrolmentFactory(
        student=student,
        school_class=cast.foreign,
        starts_on=cast.period.ends_on - timedelta(days=2),
    )
    html = page(signed_in(cast.wali), url_of(cast))
    assert "sekarang di X MIPA 4" in html


def test_who_handed_a_list_over_reads_it_after_the_assignment_ended():
    cast, _list = handed_over_school()
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert cast.students[0].name in html
    assert f'href="{reverse("student", args=[cast.students[0].pk])}"' not in html
    assert "X MIPA 3" in page(client, reverse("recaps:class_lists"))
    assert client.get(url_of(cast, "class_list_hand_over")).status_code == 403


def test_a_recap_withdrawn_while_the_list_is_open_is_missing_again():
    cast = noted_school()
    withdraw(Recap.objects.get(), by=cast.guru)
    html = page(signed_in(cast.wali), url_of(cast))
    assert "0 dari 3 mapel masuk" in html
    assert "Ingatkan Pak Hadi · Matematika" in html


@pytest.mark.sqlite
def test_a_whole_class_asks_no_more_queries_than_one_student():
    cast = noted_school(1)
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, cast.students, "WATCH", by=cast.wali)
    few = asked(cast)
    for _ in range(29):
        student = people.StudentFactory()
        people.EnrolmentFactory(student=student, school_class=cast.own)
        cast.students.append(student)
    make.handed_over_recap(cast.english, cast.period, dict.fromkeys(cast.students, make.ABSENT))
    decide(class_list, cast.students, "REFER", by=cast.wali)
    assert asked(cast) == few
    assert max(few) <= 15, few


def asked(cast):
    """Return how many queries each page of the list needs."""
    client = signed_in(cast.wali)
    student = url_of(cast, "class_list_student", cast.students[0])
    urls = (
        url_of(cast),
        url_of(cast) + "?show=all",
        student,
        url_of(cast, "class_list_hand_over"),
        reverse("recaps:class_lists"),
    )
    return [queries_of(client, url) for url in urls]


def test_the_page_speaks_english_too():
    cast = noted_school()
    cast.wali.language = "en"
    cast.wali.save()
    html = signed_in(cast.wali).get(url_of(cast)).content.decode()
    for text in ("1 of 3 subjects in", "Needs a decision 1", "Remind Pak Hadi", "Hand over to BK"):
        assert text in html
